import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openChat, startChat } from "../support/chat.ts";
import type { TestSystem } from "../support/test-system.ts";
import { postEvent } from "./post-event.ts";

/** A module that a fresh process loads, and the event its first request is; none where only the loading counts. */
export interface Subject {
  readonly path: string;
  readonly event?: string;
}

/** What a process measured of itself, its own boot excluded, in milliseconds since just before the first import. */
export interface Start {
  readonly init: number;
  readonly answered?: number;
}

/** Functions whose bundles are started. */
export const startedFunctions = ["chat", "connection", "start-chat", "attachments", "relay"] as const;

/** The way of AWS's sample, which others are compared with. */
export const sample = "AWS sample's way";

/** A module that imports node:http, node:https and node:crypto alone. */
export const floor = "floor";

/** The same as a CommonJS module: the least that a function can be which speaks HTTPS. */
export const requiredFloor = "floor, required";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is started, by name; a first request needs a chat of its own in the system. */
export async function subjectsOf(
  system: TestSystem,
  folder: string,
): Promise<Readonly<Record<string, Subject>>> {
  const { connectionHandle } = await openChat(system);
  const { participantHandle } = await startChat(system.url);
  const bundle = (name: (typeof startedFunctions)[number], event?: string): Subject => ({
    path: join(folder, name, "index.js"),
    ...(event !== undefined && { event }),
  });
  const start = postEvent("/chat", { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } });
  const upload = {
    AttachmentName: "a.txt",
    ContentType: "text/plain",
    AttachmentSizeInBytes: 4,
    ClientToken: "one",
  };
  return {
    [floor]: { path: here("./subjects/floor.mjs") },
    [requiredFloor]: { path: here("./subjects/required-floor.cjs") },
    [sample]: { path: here("./subjects/sample-v2.cjs"), event: start },
    "v3, unbundled": { path: here("./subjects/unbundled-v3.mjs"), event: start },
    chat: bundle(
      "chat",
      postEvent("/participant/message", { ContentType: "text/plain", Content: "hi" }, connectionHandle),
    ),
    connection: bundle(
      "connection",
      postEvent("/participant/connection", { Type: ["CONNECTION_CREDENTIALS"] }, participantHandle),
    ),
    "start-chat": bundle("start-chat", start),
    attachments: bundle(
      "attachments",
      postEvent("/participant/start-attachment-upload", upload, connectionHandle),
    ),
    relay: bundle("relay"),
  };
}

/** Starts a subject in a fresh process. Asynchronously, because this one has to answer it. */
export async function startOnce({ path, event }: Subject): Promise<Start> {
  return inFreshProcess<Start>("once.mjs", path, ...(event === undefined ? [] : [event]));
}

/** What a bundle's init is made of, in milliseconds. */
export interface InitParts {
  /** Loading the modules of Node.js that it requires. */
  readonly modules: number;
  /** Reading and compiling the bundle. */
  readonly compiling: number;
  /** Running it, until there is a handler. */
  readonly running: number;
}

/** Measures the parts of a bundle's init, in a fresh process. `modules` are Node.js's own that it requires. */
export function measureParts({ path }: Subject, modules: readonly string[]): Promise<InitParts> {
  return inFreshProcess<InitParts>("init-parts.cjs", path, JSON.stringify(modules));
}

async function inFreshProcess<Measured>(program: string, ...args: readonly string[]): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [here(`./subjects/${program}`), ...args], {
    env: { ...process.env, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
  });
  return JSON.parse(stdout) as Measured;
}
