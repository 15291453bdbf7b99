import type { IncomingMessage } from "node:http";

/** How a browser named this machine. */
export interface LoopbackHost {
  readonly hostname: string;
  /** With its colon; empty where the address has none. */
  readonly port: string;
}

/**
 * The request's Host, if it is a name of this machine; undefined for any other, which is how a page elsewhere looks after
 * it has let its own name point here (DNS rebinding).
 */
export function loopbackHost({ headers }: IncomingMessage): LoopbackHost | undefined {
  const [, hostname, port = ""] = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/.exec(headers.host ?? "") ?? [];
  return hostname === undefined ? undefined : { hostname, port };
}

/**
 * Whether a page of this very address sent the request. Every current browser says so in `Sec-Fetch-Site`; where that is
 * missing, the Origin must be ours. A request with neither is no page's.
 */
export function isFromPage({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  return headers.origin !== undefined && headers.origin === `http://${headers.host}`;
}
