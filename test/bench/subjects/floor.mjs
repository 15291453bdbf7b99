// The least a function that speaks HTTPS can load.
import "node:crypto";
import "node:http";
import "node:https";

export const handler = undefined;
