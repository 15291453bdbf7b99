import type { IncomingMessage, ServerResponse } from "node:http";
import { type CutNetwork, forwardToAgent } from "./forward-to-agent.ts";
import { isFromPage, loopbackHost } from "./loopback-request.ts";
import { pageHeaders } from "./page-headers.ts";
import { answerText } from "./plain-answers.ts";
import { serveFile } from "./serve-file.ts";

/** What the page is told of the service it is served by. */
export interface DemoOptions {
  /**
   * The simulated Amazon Connect, whose agent the page plays; a function where it starts later than the page is
   * served, which answers undefined until then. Default: there is none, and the page says so.
   */
  readonly simulatorUrl?: string | (() => string | undefined) | undefined;
  /** Whose socket the browser is given: `relay` ours, `direct` Amazon Connect's. Default `direct`. */
  readonly mode?: "relay" | "direct";
  /** Aliases of the flows that a chat can be started with. Default: support, sales. */
  readonly flows?: readonly string[];
  /** Drops a chat's sockets and says how many there were. Default: the simulator drops its own. */
  readonly cutNetwork?: CutNetwork;
}

/** Answers a request of the page's paths; false means it has not touched it. */
export type Demo = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The page at `/`: a customer's chat, the agent's console and what each side holds. Besides its files it forwards the
 * console's calls to the simulator, for the page alone: no other site's page may steer it, whatever name it gives
 * this host.
 */
export function createDemo(options: DemoOptions = {}): Demo {
  const { simulatorUrl, mode = "direct", flows = ["support", "sales"], cutNetwork } = options;
  const headers = pageHeaders({ simulated: simulatorUrl !== undefined });
  const config = JSON.stringify({ mode, flows, simulated: simulatorUrl !== undefined });

  return function answerPage(request, response) {
    const [path = ""] = (request.url ?? "").split("?");
    if (path !== "/" && !path.startsWith("/demo/")) return false;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const host = loopbackHost(request);
    if (host === undefined) {
      answerText(response, 421, "This page is served to 127.0.0.1 alone.");
    } else if (path === "/" && host.hostname === "localhost") {
      // amazon-connect-chatjs takes unencrypted sockets from 127.0.0.1 alone.
      response.writeHead(307, { Location: `http://127.0.0.1${host.port}/` }).end();
    } else {
      answerPath(request, response, path);
    }
    return true;
  };

  function answerPath(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (path.startsWith("/demo/agent/")) {
      answerAgentCall(request, response, path.slice("/demo/agent/".length));
    } else if (path === "/demo/config.json") {
      response
        .writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" })
        .end(config);
    } else {
      serveFile(request, response, path);
    }
  }

  function answerAgentCall(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (!isFromPage(request)) {
      answerText(response, 403, "These calls are for this page alone.");
    } else if (simulatorUrl === undefined) {
      answerText(response, 404, "There is no simulated agent: the service runs on the real Amazon Connect.");
    } else {
      const target = typeof simulatorUrl === "string" ? simulatorUrl : (simulatorUrl() ?? "");
      forwardToAgent({ request, response, path, simulatorUrl: target, cutNetwork }).catch(() => {
        if (response.headersSent) response.destroy();
        else answerText(response, 502, "The simulator does not answer.");
      });
    }
  }
}
