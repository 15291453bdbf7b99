import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasCanary } from "../support/canary.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { liveThroughChat } from "./chatjs-life.ts";

/** What the browser exchanged, as far as the test looks into it (HAR 1.2, with Playwright's frames of sockets). */
interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly url: string };
      readonly response: { readonly content: { readonly text?: string; readonly encoding?: string } };
    }[];
  };
}

/** Records a chat's whole life as a HAR, and looks for anything that Connect issued. */
export function describeHar(world: () => BrowserSystem): void {
  it("receives nothing in the browser that Amazon Connect issued: no token, no socket URL, no ARN", async () => {
    const { system, targets, recordedVisitor } = world();
    const folder = await mkdtemp(join(tmpdir(), "har-"));
    try {
      const path = join(folder, "chat.har");
      const frames: string[] = [];
      const recording = { ...world(), newVisitor: () => recordedVisitor(path, frames) };
      await liveThroughChat(recording, targets[1]);
      const har = JSON.parse(await readFile(path, "utf8")) as Har;
      const received = har.log.entries
        .filter(({ request }) => request.url.startsWith(system.url))
        .map(({ response }) => withoutDownloads(contentOf(response.content)));

      expect(received.join()).toContain("/relay?ticket=");
      expect(frames.length).toBeGreaterThan(10);
      for (const text of [...received, ...frames]) {
        expect(hasCanary(text)).toBe(false);
        expect(text).not.toMatch(/arn:|AKIA|X-Amz-|7d3f4a52-8f0e-4a4c|0f2d7c1e-5b1a-4c59/);
        expect(
          text.match(/wss?:[^"]*/g)?.filter((url) => !url.startsWith(relayOf(system.url))) ?? [],
        ).toEqual([]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
}

function relayOf(url: string): string {
  return `${url.replace("http", "ws")}/relay?ticket=`;
}

function contentOf({ text = "", encoding }: Har["log"]["entries"][number]["response"]["content"]): string {
  return encoding === "base64" ? Buffer.from(text, "base64").toString() : text;
}

/** A download hands out a pre-signed URL of Connect's bucket, for a minute, by design. Our own bucket's shows nothing of Connect. */
function withoutDownloads(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      name === "Url" && String(value).includes("X-Amz-") ? undefined : value,
    );
  } catch {
    return text;
  }
}
