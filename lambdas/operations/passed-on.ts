import type { ServiceInputTypes, ServiceOutputTypes } from "@aws-sdk/client-connectparticipant";
import type { PreparedCall } from "../connect/participant-service.ts";
import type { ParticipantCommand } from "../connect/prepare-request.ts";
import type { InputSchema } from "../input/schemas.ts";
import type { Services } from "../services.ts";
import type { Besides } from "../sessions/admit.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import type { Handle } from "../sessions/handle.ts";
import { type Admitted, type Answer, type Operation, sessionOperation } from "./operation.ts";

/**
 * An operation that is passed on to Connect: one call of the database and one of Connect, whose request is made ready
 * while the database works. It is sent once a session is open, because only that has the token.
 */
export function passedOnOperation<
  Input,
  Asked extends ServiceInputTypes,
  Answered extends ServiceOutputTypes,
>(definition: {
  readonly input: InputSchema<Input>;
  /** `besides` goes to the admission that asks the database. */
  readonly admit: (services: Services, handle: Handle, input: Input, besides: Besides) => Promise<Admitted>;
  /** What makes the command of one call, without a token: for every try the same. */
  readonly command: (input: Input) => () => ParticipantCommand<Asked, Answered>;
  /** What of Connect's answer the client gets. */
  readonly answer: (answered: Answered) => Answer;
}): Operation<Services> {
  return {
    read: (body) => {
      // Made ready by the admission, which ends after that.
      let call: PreparedCall<Answered> | undefined;
      const prepare = ({ participant }: Services, input: Input, signal: AbortSignal) => {
        call ??= participant.prepare(definition.command(input), signal);
        return call;
      };
      return sessionOperation<Input>({
        input: definition.input,
        admit: (services, handle, signal, input) =>
          definition.admit(services, handle, input, {
            meanwhile: () => void prepare(services, input, signal),
          }),
        run: async (services, input, session, signal) => {
          const { send } = prepare(services, input, signal);
          return definition.answer(await withConnectionToken(services, session, signal, send));
        },
      }).read(body);
    },
  };
}
