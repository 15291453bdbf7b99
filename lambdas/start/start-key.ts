import { createHash } from "node:crypto";
import type { Principal } from "./principal.ts";
import { principalName } from "./principal-name.ts";

/**
 * Key of what is counted of a principal: nobody's name or address stands in the table as it is. Whoever reads the
 * table can still try names out.
 */
export function startKey(
  principal: Partial<Pick<Principal, "network">> & Pick<Principal, "subject">,
): string {
  const name = principalName({ network: "", ...principal });
  return `start#${createHash("sha256").update(`connect-chat-bff|start|${name}`).digest("base64url")}`;
}
