// dynalite 4 ships no types. Declared here: the parts the local run uses, and no more.

declare module "dynalite" {
  interface DynaliteOptions {
    /** Milliseconds a table stays in CREATING. */
    createTableMs?: number;
  }
  /** An HTTP server whose `close` also closes the store behind it. */
  const dynalite: (options?: DynaliteOptions) => import("node:http").Server;
  export = dynalite;
}

declare module "dynalite/db/index.js" {
  const db: {
    /** The error to answer if `existingItem` does not meet the request's condition; null or undefined if it does. */
    checkConditional(
      data: { ReturnValuesOnConditionCheckFailure?: string },
      existingItem: object | undefined,
    ): { body: { Item?: object } } | null | undefined;
  };
  export = db;
}

declare module "dynalite/validations/*" {
  /** Members an operation takes. dynalite drops every other member of a request. */
  const validations: { types: Record<string, { type: string; enum: string[] }> };
  export = validations;
}
