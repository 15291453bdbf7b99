import type { BrowserContext } from "playwright-core";
import { hasCanary, withoutDocumentedCredentials } from "../support/canary.ts";
import type { Exchange } from "../support/recording-proxy.ts";

/**
 * Watches what the pages of a context exchange with the API at `endpoint`, but for its answers: Chromium forgets what
 * most of them held.
 */
export function watchTraffic(context: BrowserContext, endpoint: string) {
  const operations: string[] = [];
  const frames: string[] = [];
  const leaks: string[] = [];

  context.on("request", (request) => {
    if (!request.url().startsWith(endpoint)) return;
    if (request.method() === "POST") operations.push(new URL(request.url()).pathname);
    const sent = JSON.stringify(request.headers()) + (request.postData() ?? "");
    if (hasCanary(sent)) leaks.push(`a request to ${request.url()}`);
  });
  context.on("page", (page) =>
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        frames.push(String(payload));
        if (hasCanary(String(payload))) leaks.push("a frame of the socket");
      }),
    ),
  );

  return {
    /** Paths of the calls so far. */
    operations,
    /** What came over sockets so far. */
    frames,
    /** Where a token of Connect's was seen, other than where `direct` mode and uploads hand one out by design. */
    leaks,
  };
}

/** The same of the answers, as they were recorded on their way to the browser. */
export function leaksOf(exchanges: readonly Exchange[]): readonly string[] {
  return exchanges.flatMap(({ path, answer: { headers, body } }) => {
    const received = withoutDocumentedCredentials(body) + JSON.stringify(headers);
    return hasCanary(received) ? [`the answer of ${path}`] : [];
  });
}
