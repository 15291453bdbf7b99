import type { FunctionName } from "../../lambdas/routes.ts";

/** What the thread of the functions is given as it starts. */
export interface ThreadData {
  /** Absolute path of the folder with one `<function>.ts` each. */
  readonly folder: string;
  /** Absolute path of the route table; it says which functions the API has. */
  readonly routesFile: string;
  /** Functions to load beside those of the API: what serves no route is needed in some runs only. */
  readonly besides: readonly FunctionName[];
}

/** To the thread: run a function. Events and results travel as JSON text, as they do to and from Lambda. */
export interface InvokeMessage {
  /** Chosen by the sender, returned with the result. */
  readonly id: number;
  readonly functionName: FunctionName;
  readonly event: string;
  /** The context's `awsRequestId`. */
  readonly requestId: string;
  /** When Lambda would stop the function, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** From the thread: it is loaded, it cannot load, or a function ended. */
export type ThreadMessage =
  | { readonly kind: "loaded" }
  | { readonly kind: "cannot-load"; readonly why: string }
  | { readonly kind: "answered"; readonly id: number; readonly result: string }
  | { readonly kind: "failed"; readonly id: number; readonly error: string };
