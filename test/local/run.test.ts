import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { makeLambdasFolder } from "./support/lambdas-folder.ts";
import { type RunProcess, startProcess } from "./support/run-process.ts";

const connectSettings = {
  AWS_REGION: "eu-central-1",
  CONNECT_INSTANCE_ID: "7b6a0a0e-1111-4c1d-9a0e-0123456789ab",
  CONTACT_FLOWS: "billing=0f0e0d0c-2222-4c1d-9a0e-0123456789ab",
};

/** Runs the functions of a test's own folder. It is told to use the real Amazon Connect, which they never call. */
async function startRun(
  body: string,
  { environment = {}, top = "" }: { environment?: Record<string, string>; top?: string } = {},
) {
  const lambdas = await makeLambdasFolder(body, top);
  const run = startProcess("test/local/support/run-with-lambdas.ts", ["--connect"], {
    PORT: "0",
    TEST_LAMBDAS: lambdas.path,
    ...connectSettings,
    ...environment,
  });
  const ready = async () => (await run.matching(/^ready (\S+) /m))[1] ?? "";
  return { ...run, lambdas, ready };
}

async function post(url: string, path: string): Promise<string> {
  const response = await fetch(url + path, { method: "POST", body: "{}" });
  return `${response.status} ${await response.text()}`;
}

/** Runs the functions of a test's own folder, the relay function too, with the simulated Amazon Connect. */
async function startSimulatedRun(body: string, environment: Record<string, string> = {}) {
  const lambdas = await makeLambdasFolder(body);
  const entry = 'export { handler } from "../behaviour.ts";';
  await writeFile(`${lambdas.path}/functions/relay.ts`, entry);
  const run = startProcess("test/local/support/run-with-lambdas.ts", [], {
    PORT: "0",
    SIMULATOR_PORT: "0",
    TEST_LAMBDAS: lambdas.path,
    ...environment,
  });
  const [, url = "", simulator] = await run.matching(
    /^ready (http:\/\/127\.0\.0\.1:\d+) \(simulated Amazon Connect (http:\/\/127\.0\.0\.1:\d+)\)$/m,
  );
  return { ...run, lambdas, url, simulator };
}

const answer = (expression: string) => `return { statusCode: 200, body: String(${expression}) };`;

describe("npm start", () => {
  test("says in one line where it is, and serves the functions there", async () => {
    const run = await startRun(answer("event.requestContext.resourcePath"));
    const url = await run.ready();
    expect(await post(url, "/chat")).toBe("200 /chat");
    expect(await post(url, "/nowhere")).toMatch(/^404 .*UnknownOperationException/);
    expect(run.output()).toEqual({
      stdout: `ready ${url} (Amazon Connect instance ${connectSettings.CONNECT_INSTANCE_ID} in eu-central-1)\n`,
      stderr: "",
    });
  });

  test("gives the functions local settings, the caller's in their stead (the empty one turns a default off), and the database's endpoint", async () => {
    const run = await startRun(answer("JSON.stringify(process.env)"), {
      environment: { ALLOWED_ATTRIBUTES: "topic", MESSAGE_MAX_LENGTH: "10", DEFAULT_CONTACT_FLOW: "" },
    });
    const environment = JSON.parse((await post(await run.ready(), "/chat")).slice(4));
    expect(environment).toMatchObject({
      ...connectSettings,
      SESSIONS_TABLE: "sessions",
      REAL_TIME: "direct",
      ALLOWED_ORIGINS:
        "http://localhost:*,https://localhost:*,http://127.0.0.1:*,https://127.0.0.1:*,http://[::1]:*,https://[::1]:*",
      ALLOW_APPS_WITHOUT_ORIGIN: "true",
      DEFAULT_CONTACT_FLOW: "",
      CHAT_DURATION_MAX_MINUTES: "10080",
      ALLOWED_ATTRIBUTES: "topic",
      MESSAGE_MAX_LENGTH: "10",
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(environment).not.toHaveProperty("RATE_LIMITS");
    expect(environment).not.toHaveProperty("AWS_ENDPOINT_URL_CONNECT");
  });

  test("passes the functions' own output on as it is", async () => {
    const run = await startRun(
      `process.stdout.write('{"log":1}\\n'); process.stderr.write("warned\\n"); ${answer("1")}`,
    );
    await post(await run.ready(), "/chat");
    await run.matching(/warned/);
    await run.matching(/\{"log":1\}/);
    expect(run.output().stdout).toMatch(/^ready .*\n\{"log":1\}\n$/);
    expect(run.output().stderr).toBe("warned\n");
  });

  test("answers 503 to a function that fails, says why, and goes on", async () => {
    const run = await startRun(
      `if (event.resource === "/chat") throw new Error("no such thing"); ${answer("1")}`,
    );
    const url = await run.ready();
    expect(await post(url, "/chat")).toMatch(/^503 .*InternalServerException/);
    await run.matching(/^start-chat: Error: no such thing$/m);
    expect(await post(url, "/participant/message")).toBe("200 1");
  });

  test("replaces functions that crashed, as Lambda does", async () => {
    const run = await startRun(
      `if (event.resource === "/chat") setImmediate(() => { throw new Error("crash"); });
       else ${answer("1")}
       return new Promise(() => {});`,
    );
    const url = await run.ready();
    expect(await post(url, "/chat")).toMatch(/^503 /);
    expect(await post(url, "/participant/message")).toBe("200 1");
  });
});

describe("npm start with the simulated Amazon Connect", () => {
  const simulated = {
    AWS_ACCESS_KEY_ID: "real",
    AWS_PROFILE: "real",
    AWS_ENDPOINT_URL: "http://real",
    HOME: "/real",
  };

  test("names both addresses, and gives the functions nothing of the machine's own AWS configuration", async () => {
    const { url, simulator, ...run } = await startSimulatedRun(
      answer("JSON.stringify(process.env)"),
      simulated,
    );
    const environment = JSON.parse((await post(url, "/chat")).slice(4));
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL_CONNECT: simulator,
      AWS_ENDPOINT_URL_CONNECTPARTICIPANT: simulator,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "local",
      REAL_TIME: "relay",
      RELAY_URL: `${url.replace("http", "ws")}/relay`,
      RELAY_MANAGEMENT_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      RELAY_TABLE: "relay",
      STREAMING_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:chat-stream",
      DEFAULT_CONTACT_FLOW: "support",
    });
    expect(JSON.stringify(environment)).not.toContain("real");
    run.child.kill("SIGINT");
    expect(await run.ended()).toBe(0);
  });

  test("serves our own functions as soon as it says it is ready", async () => {
    const began = performance.now();
    const run = startProcess("local/run.ts", [], { PORT: "0", SIMULATOR_PORT: "0" });
    const [, url = ""] = await run.matching(/^ready (\S+) /m);
    process.stdout.write(`local run: ready after ${Math.round(performance.now() - began)} ms\n`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test("names a setting our own functions refuse, in one sentence, and ends with 1", async () => {
    const run = startProcess("local/run.ts", [], { PORT: "0", SIMULATOR_PORT: "0", CONTACT_FLOWS: "oops" });
    expect(await run.ended()).toBe(1);
    expect(run.output()).toEqual({
      stdout: "",
      stderr: expect.stringMatching(/^CONTACT_FLOWS must be [^\n]+\.\n$/),
    });
  });

  test("does not start on a simulator port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const run = startProcess("local/run.ts", [], { PORT: "0", SIMULATOR_PORT: String(port) });
    expect(await run.ended()).toBe(1);
    expect(run.output().stderr).toBe(
      `Port ${port} is taken; set SIMULATOR_PORT to another one, or to 0 for any free one.\n`,
    );
  });
});

describe("npm start with REAL_TIME=relay, the default", () => {
  /** Answers each message through the management API with what `expression` makes of the event. */
  const echo = (expression: string) => `
    const { routeKey, connectionId } = event.requestContext;
    if (routeKey === "$default") {
      const url = process.env.RELAY_MANAGEMENT_URL + "/@connections/" + encodeURIComponent(connectionId);
      await fetch(url, { method: "POST", body: String(${expression}) });
    }
    return { statusCode: routeKey === "$connect" && event.queryStringParameters?.ticket !== "t" ? 403 : 200 };`;

  async function exchange(socket: WebSocket, text: string): Promise<string> {
    const answered = once(socket, "message");
    socket.send(text);
    return String((await answered)[0]);
  }

  test("opens sockets at /relay, which the functions write to, and goes on after a reload", async () => {
    const run = await startSimulatedRun(echo('"old " + event.body'));
    const socket = new WebSocket(`${run.url.replace("http", "ws")}/relay?ticket=t`);
    await once(socket, "open");
    expect(await exchange(socket, "a")).toBe("old a");
    await run.lambdas.write(echo('"new " + event.body + " " + context.functionName'));
    await run.matching(/^reloaded in \d+ ms$/m);
    expect(await exchange(socket, "b")).toBe("new b relay");

    run.child.kill("SIGINT");
    await once(socket, "close");
    expect(await run.ended()).toBe(0);
    expect(run.output().stderr).toBe("");
  });

  test("brings our own pages what the simulated agent says", async () => {
    const run = startProcess("local/run.ts", [], { PORT: "0", SIMULATOR_PORT: "0" });
    const [, url = ""] = await run.matching(/^ready (\S+) /m);
    const call = async (path: string, body: unknown, handle?: string) => {
      const headers = { "Content-Type": "application/json", ...(handle && { "X-Amz-Bearer": handle }) };
      const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as Record<string, unknown>;
    };
    const { data } = await call("/chat", { ParticipantDetails: { DisplayName: "Ada" } });
    const { startChatResult } = data as { startChatResult: { ParticipantToken: string } };
    const connection = { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"], ConnectParticipant: true };
    const { Websocket } = await call("/participant/connection", connection, startChatResult.ParticipantToken);
    const { Url } = Websocket as { Url: string };
    expect(Url.startsWith(`${url.replace("http", "ws")}/relay?`)).toBe(true);
    const socket = new WebSocket(Url);
    await once(socket, "open");
    socket.send(JSON.stringify({ topic: "aws/subscribe", content: { topics: ["aws/chat"] } }));
    await new Promise<void>((resolve) => {
      socket.on("message", (data) => {
        if (String(data).includes("I am a simulated agent")) resolve();
      });
    });
    socket.terminate();
  });
});

describe("npm start with REAL_TIME=direct", () => {
  test("needs no relay function, and opens no sockets", async () => {
    const lambdas = await makeLambdasFolder(answer("JSON.stringify(process.env)"));
    const run = startProcess("test/local/support/run-with-lambdas.ts", [], {
      PORT: "0",
      SIMULATOR_PORT: "0",
      TEST_LAMBDAS: lambdas.path,
      REAL_TIME: "direct",
    });
    const [, url = ""] = await run.matching(/^ready (\S+) /m);
    const environment = JSON.parse((await post(url, "/chat")).slice(4));
    expect(environment).toMatchObject({ REAL_TIME: "direct" });
    expect(environment).not.toHaveProperty("RELAY_URL");
    expect(environment).not.toHaveProperty("STREAMING_TOPIC_ARN");
    const socket = new WebSocket(`${url.replace("http", "ws")}/relay`);
    const [, response] = await once(socket, "unexpected-response");
    expect(response.statusCode).toBe(404);
    socket.on("error", () => {}).terminate();
  });
});

describe("npm start does not start", () => {
  async function refusal(run: RunProcess): Promise<string> {
    expect(await run.ended()).toBe(1);
    const { stdout, stderr } = run.output();
    expect(stdout).toBe("");
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    return stderr.trimEnd();
  }

  test("on a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const run = await startRun(answer("1"), { environment: { PORT: String(port) } });
    expect(await refusal(run)).toBe(
      `Port ${port} is taken; set PORT to another one, or to 0 for any free one.`,
    );
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["SIMULATOR_PORT", "3.5"],
  ])("with %s=%s", async (name, value) => {
    const run = startProcess("local/run.ts", [], { [name]: value });
    expect(await refusal(run)).toBe(`${name} is "${value}", but must be a whole number from 0 to 65535.`);
  });

  test("with an option it does not know", async () => {
    const run = startProcess("local/run.ts", ["--conect"], { PORT: "0" });
    expect(await refusal(run)).toBe("--conect is no option of npm start, which takes --connect and --help.");
  });

  test.each(Object.keys(connectSettings))("with --connect and no %s", async (name) => {
    const run = startProcess("local/run.ts", ["--connect"], { PORT: "0", ...connectSettings, [name]: "" });
    expect(await refusal(run)).toBe(
      "--connect needs AWS_REGION, CONNECT_INSTANCE_ID and CONTACT_FLOWS=support=<flow id>.",
    );
  });

  test("with --connect and REAL_TIME=relay", async () => {
    const run = await startRun(answer("1"), { environment: { REAL_TIME: "relay" } });
    expect(await refusal(run)).toBe(
      "REAL_TIME=relay cannot go with --connect: the real Amazon Connect cannot publish to this machine.",
    );
  });

  test("with a REAL_TIME there is not", async () => {
    const run = startProcess("local/run.ts", [], { PORT: "0", SIMULATOR_PORT: "0", REAL_TIME: "polling" });
    expect(await refusal(run)).toBe('REAL_TIME is "polling", but must be relay or direct.');
  });

  test("with a setting the functions refuse", async () => {
    const top = 'throw new Error("MESSAGE_MAX_LENGTH must be a number from 1 to 16384.");';
    const run = await startRun(answer("1"), { top });
    expect(await refusal(run)).toBe("MESSAGE_MAX_LENGTH must be a number from 1 to 16384.");
  });

  test("with code that cannot be loaded, and names the place", async () => {
    const run = await startRun("return {;");
    expect(await refusal(run)).toMatch(/^SyntaxError: .*behaviour\.ts:3\)$/);
  });
});

describe("npm start -- --help", () => {
  test("prints how to use it and ends with 0", async () => {
    const run = startProcess("local/run.ts", ["--help"], {});
    expect(await run.ended()).toBe(0);
    expect(run.output().stdout).toContain("SIMULATOR_PORT");
  });
});

describe("a change of the code", () => {
  test("is served without a restart, and the sessions are still there", async () => {
    const database = (operation: string, members: string) => `
      const table = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB!, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "DynamoDB_20120810.${operation}",
          "x-amz-date": "20260101T000000Z",
          authorization: "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c",
        },
        body: JSON.stringify({ TableName: process.env.SESSIONS_TABLE, ${members} }),
      });
      ${answer("await table.text()")}`;
    const run = await startRun(database("PutItem", 'Item: { pk: { S: "chat-1" }, v: { N: "7" } }'));
    const url = await run.ready();
    expect(await post(url, "/chat")).toBe("200 {}");

    await run.lambdas.write(database("GetItem", 'Key: { pk: { S: "chat-1" } }'));
    await run.matching(/^reloaded in \d+ ms$/m);

    expect(await post(url, "/chat")).toBe('200 {"Item":{"pk":{"S":"chat-1"},"v":{"N":"7"}}}');
  });

  test("lets a request that is under way finish in the old code", async () => {
    const gate = createServer().listen(0, "127.0.0.1");
    await once(gate, "listening");
    onTestFinished(() => void gate.close());
    const { port } = gate.address() as AddressInfo;
    const run = await startRun(`await fetch("http://127.0.0.1:${port}"); ${answer('"old"')}`);
    const url = await run.ready();

    const underWay = post(url, "/chat");
    const [, held] = (await once(gate, "request")) as [unknown, ServerResponse];
    await run.lambdas.write(answer('"new"'));
    await run.matching(/^reloaded/m);

    expect(await post(url, "/chat")).toBe("200 new");
    held.end();
    expect(await underWay).toBe("200 old");
  });

  test("that does not load is reported in one line and the old code goes on, until it is mended", async () => {
    const run = await startRun(answer('"old"'));
    const url = await run.ready();
    await run.lambdas.write("return {;");
    const [line] = await run.matching(/^not reloaded.*$/m);
    expect(line).toMatch(
      /^not reloaded, the code from before the change goes on: SyntaxError: .*behaviour\.ts:3\)$/,
    );
    expect(await post(url, "/chat")).toBe("200 old");
    await run.lambdas.write(answer('"mended"'));
    await run.matching(/^reloaded/m);
    expect(await post(url, "/chat")).toBe("200 mended");
  });
});

describe("stopping", () => {
  test.each([
    "SIGINT",
    "SIGTERM",
  ] as const)("by %s ends with 0 and waits for nothing that is open or under way", async (signal) => {
    const run = await startRun('process.stdout.write("begun\\n"); return new Promise(() => {});');
    const url = await run.ready();
    const idle = connect(Number(new URL(url).port), "127.0.0.1");
    idle.on("error", () => {});
    await once(idle, "connect");
    const underWay = post(url, "/chat").catch(() => "hung up");
    await run.matching(/begun/);

    // Where it was waited for, the request would be answered that it took too long.
    run.child.kill(signal);
    expect(await run.ended()).toBe(0);
    expect(await underWay).toBe("hung up");
    expect(run.output().stderr).toBe("");
    idle.destroy();
  });

  test("ends with 0 when the signal comes twice, as it does under npm", async () => {
    const run = await startRun(answer("1"));
    await run.ready();
    run.child.kill("SIGINT");
    run.child.kill("SIGINT");
    expect(await run.ended()).toBe(0);
  });
});
