import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemo, type DemoOptions } from "../../../local/demo/serve-demo.ts";
import { type LocalServer, startServer } from "../../../local/start-server.ts";

/** A request that the simulator was sent. */
interface Forwarded {
  readonly call: string;
  readonly body: string;
}

const servers: LocalServer[] = [];
const forwarded: Forwarded[] = [];
let simulator: LocalServer;
let site: LocalServer;

async function serveDemo(options: DemoOptions): Promise<LocalServer> {
  const demo = createDemo(options);
  const server = await startServer((message, response) => {
    if (!demo(message, response)) response.writeHead(418).end("the API");
  }, 0);
  servers.push(server);
  return server;
}

beforeAll(async () => {
  simulator = await startServer(async (message, response) => {
    let body = "";
    for await (const chunk of message) body += String(chunk);
    forwarded.push({ call: `${message.method} ${message.url}`, body });
    const contact = {
      ContactId: "c1",
      InstanceId: "an instance",
      ContactFlowId: "a flow",
      Status: "CONNECTED",
    };
    response.end(JSON.stringify(message.url === "/_sim/contacts" ? [contact] : { Id: "i1" }));
  }, 0);
  servers.push(simulator);
  site = await serveDemo({ simulatorUrl: simulator.url });
});

afterAll(async () => {
  for (const server of servers) await server.close();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends the path as it is, which fetch would tidy up, and any Host, which fetch would not. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; port?: number } = {},
) {
  const { method = "GET", headers = {}, body, port = site.port } = options;
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const fromPage = { "Sec-Fetch-Site": "same-origin" };

describe("the page", () => {
  it.each([
    ["/", "text/html"],
    ["/?from=somewhere", "text/html"],
    ["/demo/main.js", "text/javascript"],
    ["/demo/base.css", "text/css"],
    ["/demo/icon.svg", "image/svg+xml"],
    ["/demo/chat/chat.js", "text/javascript"],
    ["/demo/amazon-connect-chat.js", "text/javascript"],
  ])("serves %s as %s, with nothing to guess and nothing to keep", async (path, type) => {
    const { status, headers, text } = await ask(path);

    expect(status).toBe(200);
    expect(headers["content-type"]).toContain(type);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(text.length).toBeGreaterThan(100);
  });

  it("refers to nothing that is not served, and to nothing elsewhere", async () => {
    const { text } = await ask("/");
    const addresses = [...text.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, address = ""]) => address);

    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) expect(await ask(address)).toMatchObject({ status: 200 });
  });

  it("forbids everything inline and everything from elsewhere", async () => {
    const policy = String((await ask("/")).headers["content-security-policy"]);

    expect(policy).not.toContain("unsafe");
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "form-action 'none'",
    ]) {
      expect(policy.split("; ")).toContain(rule);
    }
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:* http://127.0.0.1:*;");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it.each([
    "/demo/../serve-demo.ts",
    "/demo/../../package.json",
    "/demo/%2e%2e/serve-demo.ts",
    "/demo/..%2fserve-demo.ts",
    "/demo//etc/passwd",
    "/demo/page.html",
    "/demo/constructor",
    "/demo/",
  ])("has no file at %s", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404 });
  });

  it.each([
    "/chat",
    "/participant/connection",
    "/health",
    "/demonstration",
  ])("leaves %s alone", async (path) => {
    expect(await ask(path)).toMatchObject({ status: 418, text: "the API" });
  });

  it("can only be read", async () => {
    expect(await ask("/", { method: "POST" })).toMatchObject({ status: 405 });
  });

  it.each([
    "evil.example",
    "evil.example:3000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "0.0.0.0",
  ])("is not served under the name %j", async (host) => {
    for (const path of ["/", "/demo/main.js", "/demo/agent/contacts"]) {
      expect(await ask(path, { headers: { ...fromPage, Host: host } })).toMatchObject({ status: 421 });
    }
  });

  it("moves from localhost to the address whose sockets chatjs takes", async () => {
    const answer = await ask("/", { headers: { Host: "localhost:3000" } });

    expect(answer).toMatchObject({ status: 307, headers: { location: "http://127.0.0.1:3000/" } });
  });

  it("is told what it is served by", async () => {
    expect(JSON.parse((await ask("/demo/config.json")).text)).toEqual({
      mode: "direct",
      flows: ["support", "sales"],
      simulated: true,
    });
  });
});

describe("the agent's console", () => {
  it("shows contacts without what only the server may know", async () => {
    const { status, text } = await ask("/demo/agent/contacts", { headers: fromPage });

    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject([{ ContactId: "c1", Status: "CONNECTED" }]);
    expect(text).not.toMatch(/an instance|a flow/);
  });

  it("passes the agent's acts on", async () => {
    const body = '{"action":"typing"}';

    const answer = await ask("/demo/agent/contacts/c1/agent", { method: "POST", headers: fromPage, body });

    expect(answer).toMatchObject({ status: 200, text: '{"Id":"i1"}' });
    expect(forwarded.at(-1)).toEqual({ call: "POST /_sim/contacts/c1/agent", body });
  });

  it("cuts the network at the simulator, or where it is told to", async () => {
    const cut: string[] = [];
    const relayed = await serveDemo({
      simulatorUrl: () => simulator.url,
      mode: "relay",
      cutNetwork: (contactId) => cut.push(contactId),
    });
    const call = { method: "DELETE", headers: fromPage };

    await ask("/demo/agent/contacts/c1/sockets", call);
    const answer = await ask("/demo/agent/contacts/c2/sockets", { ...call, port: relayed.port });

    expect(forwarded.at(-1)).toEqual({ call: "DELETE /_sim/contacts/c1/sockets", body: "" });
    expect([cut, answer.text]).toEqual([["c2"], '{"dropped":1}']);
  });

  it.each([
    ["GET", "requests"],
    ["PUT", "faults"],
    ["PUT", "clock"],
    ["GET", "switches"],
    ["DELETE", "contacts"],
    ["GET", "contacts/../requests"],
    ["GET", "contacts/%2e%2e/requests"],
    ["POST", "contacts/c1/agent/more"],
  ])("cannot %s %s", async (method, path) => {
    const before = forwarded.length;

    expect(await ask(`/demo/agent/${path}`, { method, headers: fromPage })).toMatchObject({ status: 404 });
    expect(forwarded).toHaveLength(before);
  });

  it.each([
    ["no sign of a page", {}],
    ["another site", { "Sec-Fetch-Site": "cross-site" }],
    ["another port of this machine", { "Sec-Fetch-Site": "same-site" }],
    ["an address that was typed", { "Sec-Fetch-Site": "none" }],
    ["another origin", { Origin: "https://www.example.com" }],
    ["no origin at all", { Origin: "null" }],
  ])("is closed to a request with %s", async (_who, headers) => {
    const answer = await ask("/demo/agent/contacts", { headers: headers as Record<string, string> });

    expect(answer).toMatchObject({ status: 403 });
  });

  it("is open to the page in a browser that tells its origin alone", async () => {
    const answer = await ask("/demo/agent/contacts", { headers: { Origin: site.url } });

    expect(answer).toMatchObject({ status: 200 });
  });

  it("takes no body that is too large", async () => {
    const call = { method: "POST", headers: fromPage, body: "a".repeat(2 * 1024 * 1024 + 1) };

    expect(await ask("/demo/agent/contacts/c1/agent", call)).toMatchObject({ status: 413 });
  });

  it("is not there without a simulator, and the page is told", async () => {
    const { port } = await serveDemo({});

    expect(await ask("/demo/agent/contacts", { headers: fromPage, port })).toMatchObject({ status: 404 });
    expect(JSON.parse((await ask("/demo/config.json", { port })).text)).toMatchObject({ simulated: false });
  });

  it("says so when the simulator does not answer", async () => {
    const { port } = await serveDemo({ simulatorUrl: () => undefined });

    expect(await ask("/demo/agent/contacts", { headers: fromPage, port })).toMatchObject({ status: 502 });
  });
});
