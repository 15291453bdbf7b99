import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createDemo, type DemoOptions } from "../../local/demo/serve-demo.ts";
import { type LocalServer, startServer } from "../../local/start-server.ts";

/** Serves the page before the API at `apiUrl`, on one address, as `npm start` does. */
export function serveDemoSite(apiUrl: string, options: DemoOptions): Promise<LocalServer> {
  const demo = createDemo(options);
  return startServer((message, response) => {
    if (!demo(message, response)) passOn(apiUrl, message, response);
  }, 0);
}

function passOn(apiUrl: string, message: IncomingMessage, response: ServerResponse): void {
  const { hostname, port } = new URL(apiUrl);
  const { method, url: path, headers } = message;
  const sent = request({ host: hostname, port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on("error", () => response.destroy());
  message.pipe(sent);
}
