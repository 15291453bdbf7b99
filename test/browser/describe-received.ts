import { expect, it } from "vitest";
import { hasCanary } from "../support/canary.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { liveThroughChat } from "./chatjs-life.ts";

/** Records all that a browser receives in a chat's whole life, and looks for anything that Connect issued. */
export function describeReceived(world: () => BrowserSystem): void {
  it("receives nothing in the browser that Amazon Connect issued: no token, no socket URL, no ARN", async () => {
    const { system, targets } = world();
    const { operations, exchanges, frames } = await liveThroughChat(world(), targets[1]);
    const answered = exchanges.filter(({ method, answer }) => method === "POST" && answer.body !== "");
    const received = exchanges.map(
      ({ answer }) => withoutDownloads(answer.body) + JSON.stringify(answer.headers),
    );

    expect(answered.map(({ path }) => path).sort()).toEqual([...operations].sort());
    expect(operations.length).toBeGreaterThan(10);
    expect(received.join()).toContain("/relay?ticket=");
    expect(frames.length).toBeGreaterThan(10);
    for (const text of [...received, ...frames]) {
      expect(hasCanary(text)).toBe(false);
      expect(text).not.toMatch(/arn:|AKIA|X-Amz-|7d3f4a52-8f0e-4a4c|0f2d7c1e-5b1a-4c59/);
      expect(text.match(/wss?:[^"]*/g)?.filter((url) => !url.startsWith(relayOf(system.url))) ?? []).toEqual(
        [],
      );
    }
  });
}

function relayOf(url: string): string {
  return `${url.replace("http", "ws")}/relay?ticket=`;
}

/**
 * A download hands out a pre-signed URL of Connect's bucket, for a minute, by design. Our own bucket's shows nothing
 * of Connect.
 */
function withoutDownloads(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      name === "Url" && String(value).includes("X-Amz-") ? undefined : value,
    );
  } catch {
    return text;
  }
}
