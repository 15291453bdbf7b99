import * as z from "zod/mini";
import { invalid } from "../errors.ts";
import { openOperation } from "./operation.ts";

/** An operation of the Participant Service that this API knows but does not serve: a clear 400 instead of a riddle. */
export function notSupported(command: string) {
  return openOperation({
    input: z.unknown(),
    run: async () => {
      throw invalid("NotSupported", `${command} is not supported by this API.`);
    },
  });
}
