import type { BrowserContext } from "playwright-core";
import { hasCanary, withoutDocumentedCredentials } from "../support/canary.ts";

/** Watches what the pages of a context exchange with the API at `endpoint`. */
export function watchTraffic(context: BrowserContext, endpoint: string) {
  const operations: string[] = [];
  const leaks: string[] = [];
  const reading: Promise<void>[] = [];

  context.on("request", (request) => {
    if (!request.url().startsWith(endpoint)) return;
    if (request.method() === "POST") operations.push(new URL(request.url()).pathname);
    const sent = JSON.stringify(request.headers()) + (request.postData() ?? "");
    if (hasCanary(sent)) leaks.push(`a request to ${request.url()}`);
  });
  context.on("response", (response) => {
    if (!response.url().startsWith(endpoint) || response.request().method() !== "POST") return;
    reading.push(
      response.text().then(
        (text) => {
          const received = withoutDocumentedCredentials(text) + JSON.stringify(response.headers());
          if (hasCanary(received)) leaks.push(`the answer of ${response.url()}`);
        },
        () => undefined,
      ),
    );
  });
  context.on("page", (page) =>
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (hasCanary(String(payload))) leaks.push("a frame of the socket");
      }),
    ),
  );

  return {
    /** Paths of the calls so far. */
    operations,
    /** Where a token of Connect's was seen, other than where `direct` mode and uploads hand one out by design. */
    leaks: async () => {
      await Promise.all(reading);
      return leaks;
    },
  };
}
