import * as z from "zod/mini";
import { openOperation } from "./operation.ts";

/**
 * GET /health: the function starts and its settings are sound. Asks neither the database nor Connect: it is open to
 * all.
 */
export const health = openOperation({
  input: z.unknown(),
  run: async () => ({ status: "ok" }),
});
