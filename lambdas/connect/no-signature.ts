import type { ConnectParticipantClientConfig } from "@aws-sdk/client-connectparticipant";

/**
 * Settings of a client that signs nothing: "The Amazon Connect Participant Service APIs do not use Signature Version
 * 4 authentication" (API reference, each operation), yet the SDK signs unless it is told not to.
 */
export const noSignature: Pick<ConnectParticipantClientConfig, "httpAuthSchemeProvider" | "httpAuthSchemes"> =
  {
    httpAuthSchemeProvider: () => [{ schemeId: "smithy.api#noAuth" }],
    httpAuthSchemes: [
      {
        schemeId: "smithy.api#noAuth",
        identityProvider: () => async () => ({}),
        signer: { sign: async (request) => request },
      },
    ],
  };
