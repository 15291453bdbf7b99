import type { OperationName } from "../routes.ts";
import type { Operation } from "./operation.ts";

/**
 * Operations by the name the route table gives them. Each function has a file of its own with those it serves
 * (registries/), so that no bundle carries another's code: a bundler keeps whatever a file that is needed has made.
 */
export type Registry<Served> = Readonly<Partial<Record<OperationName, Operation<Served>>>>;
