import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { answerText } from "./plain-answers.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const folder = fileURLToPath(new URL("page", import.meta.url));
const chatjs = new URL(import.meta.resolve("amazon-connect-chatjs/dist/amazon-connect-chat.js"));

/**
 * Every file there is, by its path in a URL. Listed once, so that a request can only choose from the list: no path that
 * a request invents is ever opened.
 */
const files: ReadonlyMap<string, string> = new Map([
  ["/", `${folder}/page.html`],
  ["/demo/amazon-connect-chat.js", fileURLToPath(chatjs)],
  ...readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => extname(path) in contentTypes && extname(path) !== ".html")
    .map((path) => [`/demo/${path}`, `${folder}/${path}`] as const),
]);

/** Serves one of the page's files, read anew each time, so that a reload shows what was edited. */
export function serveFile({ method }: IncomingMessage, response: ServerResponse, path: string): void {
  const file = files.get(path);
  if (file === undefined) {
    answerText(response, 404, "There is no such file.");
    return;
  }
  if (method !== "GET" && method !== "HEAD") {
    answerText(response, 405, "This can only be read.");
    return;
  }
  readFile(file).then(
    (content) => {
      response.writeHead(200, {
        "Content-Type": contentTypes[extname(file)],
        "Content-Length": content.length,
        "Cache-Control": "no-store",
      });
      response.end(method === "HEAD" ? undefined : content);
    },
    () => answerText(response, 404, "The file is gone."),
  );
}
