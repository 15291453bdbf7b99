import { randomBytes } from "node:crypto";

/** An id in the shape of API Gateway's connection, message and extended request ids: `L0SM9cOFvHcCIhw=`. */
export function newOpaqueId(): string {
  return randomBytes(11).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}
