import { createRevocationHandler } from "../revocation/revocation-handler.ts";
import { createRevocationServices } from "../revocation/revocation-services.ts";

/** Ends sessions that go on: a function of its own, because who may invoke it may revoke. */
export const handler = createRevocationHandler(createRevocationServices(process.env));
