import {
  CancelParticipantAuthenticationCommand,
  DescribeViewCommand,
  GetAuthenticationUrlCommand,
} from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { errorOf, simulate, startChat } from "../simulated-chat.ts";

const SessionId = "00000000-0000-4000-8000-000000000000";

it("answers AWS-shaped errors for what is not simulated, once the token is good", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const { participant } = simulated;
  const view = participant.send(new DescribeViewCommand({ ConnectionToken, ViewToken: "v" }));
  expect(await errorOf(view)).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
  const url = participant.send(
    new GetAuthenticationUrlCommand({ ConnectionToken, SessionId, RedirectUri: "https://a" }),
  );
  expect(await errorOf(url)).toMatchObject({ name: "ValidationException", status: 400 });
  const cancel = participant.send(new CancelParticipantAuthenticationCommand({ ConnectionToken, SessionId }));
  expect(await errorOf(cancel)).toMatchObject({ name: "ValidationException", status: 400 });
  const denied = participant.send(new DescribeViewCommand({ ConnectionToken: "none", ViewToken: "v" }));
  expect(await errorOf(denied)).toMatchObject({ name: "AccessDeniedException", status: 403 });
});
