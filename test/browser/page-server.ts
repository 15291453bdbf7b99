import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const chatjs = new URL(
  "../../node_modules/amazon-connect-chatjs/dist/amazon-connect-chat.js",
  import.meta.url,
);

const files: Readonly<Record<string, readonly [file: URL, type: string]>> = {
  "/": [new URL("page.html", import.meta.url), "text/html"],
  "/page.js": [new URL("page.js", import.meta.url), "text/javascript"],
  "/amazon-connect-chat.js": [chatjs, "text/javascript"],
};

/** The web site of the page: a static server on a free port. */
export async function servePage(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const [file, type] = files[request.url ?? ""] ?? [];
    if (file === undefined || type === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": type }).end(await readFile(file));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
