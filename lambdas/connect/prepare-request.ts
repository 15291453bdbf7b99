import type {
  $Command,
  ConnectParticipantClient,
  ConnectParticipantClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from "@aws-sdk/client-connectparticipant";

/** A command of the Participant Service. */
export type ParticipantCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  ConnectParticipantClientResolvedConfig
>;

/**
 * Has the SDK make a command's request ready, all but the token in its `X-Amz-Bearer` (service model), and hold it
 * back: nothing is sent before there is a token, and one that is never given any is forgotten, with all that waits
 * for it. Possible because nothing of a request is signed. Always passes options: without them the SDK caches the
 * prepared handler and would use it for the next command.
 *
 * @param command made without a token; for this one request
 * @param abortSignal ends the request once it is sent
 * @returns what sends it, once, with a token; it throws what the SDK throws
 */
export function prepareRequest<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  client: ConnectParticipantClient,
  command: ParticipantCommand<Input, Output>,
  abortSignal: AbortSignal,
): (token: string) => Promise<Output> {
  const { promise: given, resolve: give } = Promise.withResolvers<string>();
  command.middlewareStack.add(
    (next) => async (args) => {
      const { headers } = args.request as { readonly headers: Record<string, string> };
      headers["x-amz-bearer"] = await given;
      return next(args);
    },
    { step: "finalizeRequest", priority: "low", name: "bearToken" },
  );
  const answer = client.send(command, { abortSignal });
  // What fails beforehand is thrown to whoever sends it, and to nobody where none does.
  answer.catch(() => undefined);
  return (token) => {
    give(token);
    return answer;
  };
}
