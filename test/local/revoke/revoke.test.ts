import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { sendMessage } from "../../support/participant-operations.ts";
import { createRevokeFunction, type RevokeFunction } from "../../support/revoke-function.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";
import { type AwsFront, deployed, startAwsFront } from "./aws-front.ts";

const program = fileURLToPath(new URL("../../../local/revoke/revoke.ts", import.meta.url));
const contactId = "44444444-4444-4444-8444-444444444444";
const why = ["--reason", "stolen laptop"];
const inStack = ["--stack", deployed.stackName];

let system: TestSystem;
let front: AwsFront;
let fn: RevokeFunction;

beforeAll(async () => {
  system = await startTestSystem();
  front = await startAwsFront();
});

beforeEach(() => {
  fn = createRevokeFunction(system);
  front.invocations.length = 0;
  front.serve((_, event) => fn.invoke(event));
});

afterAll(async () => {
  await front.close();
  await system.close();
});

/** Runs the command as an owner does. */
async function run(args: readonly string[], { input = "", stsUrl = front.url } = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ENDPOINT_URL_LAMBDA: front.url,
      AWS_ENDPOINT_URL_CLOUDFORMATION: front.url,
      AWS_ENDPOINT_URL_STS: stsUrl,
      USER: "jo-at-home",
    },
  });
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

const says = async (bearer: string) =>
  (await send(system.url, sendMessage.path, { bearer, body: sendMessage.body })).status;

describe("npm run revoke", () => {
  it("revokes a session by the stack's function, says what was done, and records who asked and why", async () => {
    const chat = await openChat(system);
    const ended = await run(["--session", chat.contactId, ...why, ...inStack]);

    expect(ended).toEqual({
      code: 0,
      stdout: "1 sessions revoked, 0 sockets closed, 1 contacts stopped, 0 remaining\n",
      stderr: "",
    });
    expect(await says(chat.connectionHandle)).toBe(403);
    expect(front.invocations.map(({ functionName }) => functionName)).toEqual([deployed.functionName]);
    expect(fn.record[0]).toMatchObject({ by: "assumed-role/Support/jo", reason: "stolen laptop" });
  });

  it("names a subject with its issuer, and whoever is at the machine where STS does not answer", async () => {
    const subject = ["--subject", "jane", "--issuer", "https://login.example.com"];
    const { code } = await run([...subject, ...why, "--function", "own"], { stsUrl: "http://127.0.0.1:1" });

    expect(code).toBe(0);
    expect(front.invocations).toEqual([
      {
        functionName: "own",
        event: {
          revoke: { subject: "https://login.example.com|jane" },
          reason: "stolen laptop",
          by: "jo-at-home",
        },
      },
    ]);
  });

  it("repeats until nothing remains", async () => {
    const chats = [await openChat(system), await openChat(system), await openChat(system)];
    await system.simulator.faults([{ operation: "StopContact", status: 400, times: 1 }]);
    const { code, stdout } = await run(["--all", "--yes", ...why, ...inStack]);

    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "3 sessions revoked, 0 sockets closed, 2 contacts stopped, 1 remaining\n",
        "0 sessions revoked, 0 sockets closed, 1 contacts stopped, 0 remaining\n",
      ].join(""),
    );
    expect(await Promise.all(chats.map(({ connectionHandle }) => says(connectionHandle)))).toEqual([
      403, 403, 403,
    ]);
  });

  it("goes on where the function failed", async () => {
    const answers = [undefined, { revoked: 1, socketsClosed: 0, contactsStopped: 1, remaining: 0 }];
    front.serve(async () => {
      const answer = answers.shift();
      if (!answer) throw new Error("The service is unavailable for a moment. Try again.");
      return answer;
    });
    const { code, stdout, stderr } = await run(["--all", "--yes", ...why, ...inStack]);

    expect([code, stderr, front.invocations.length]).toEqual([0, "", 2]);
    expect(stdout).toBe("1 sessions revoked, 0 sockets closed, 1 contacts stopped, 0 remaining\n");
  });

  it("gives up where nothing goes on, and says so", async () => {
    const left = { revoked: 0, socketsClosed: 0, contactsStopped: 0, remaining: 2 };
    front.serve(async () => left);
    const { code, stderr } = await run(["--all", "--yes", ...why, ...inStack]);

    expect([code, front.invocations.length]).toEqual([1, 3]);
    expect(stderr).toBe(
      `Sessions remain, and 3 invocations came to nothing: the log of ${deployed.functionName} says why; repeat this later.\n`,
    );
  });

  it.each([
    ["no", 1, 0],
    ["", 1, 0],
    ["yes", 0, 1],
  ])("asks whether all is meant; answered '%s' it ends with %i", async (input, code, invocations) => {
    const ended = await run(["--all", ...why, ...inStack], { input: input && `${input}\n` });

    expect([ended.code, front.invocations.length]).toEqual([code, invocations]);
    expect(ended.stderr).toContain("will end every chat that goes on");
    expect(ended.stderr.includes("Nothing was revoked")).toBe(code === 1);
  });
});

describe("npm run revoke, when it cannot revoke,", () => {
  it.each([
    ["no target", [...why], "One of --session, --subject and --all is needed"],
    ["two targets", ["--all", "--session", contactId, ...why], "One of --session, --subject and --all"],
    ["no reason", ["--session", contactId], "--reason is missing"],
    ["a blank reason", ["--session", contactId, "--reason", " "], "--reason is missing"],
    ["a subject of nobody", ["--subject", "jane", ...why], "--subject and --issuer go together"],
    ["an issuer alone", ["--all", "--issuer", "x", ...why], "--subject and --issuer go together"],
    ["what is no contact id", ["--session", "a b", ...why], '--session is "a b", but must be a contact id.'],
    ["an unknown option", ["--everybody", ...why], "Unknown option '--everybody'"],
    ["a word too many", ["--all", "please", ...why], "please"],
    [
      "an unknown stack",
      ["--session", contactId, ...why, "--stack", "Other"],
      "The stack Other was not found",
    ],
  ])("says why in one sentence, with exit code 1: %s", async (_, args, sentence) => {
    const { code, stdout, stderr } = await run(args);

    expect([code, stdout, front.invocations.length]).toEqual([1, "", 0]);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("says what the function said", async () => {
    front.serve(async () => {
      throw new Error("The service is unavailable for a moment. Try again.");
    });
    const { code, stderr } = await run(["--session", contactId, ...why, ...inStack]);

    expect([code, front.invocations.length]).toEqual([1, 3]);
    expect(stderr).toBe(
      `The function ${deployed.functionName} failed: The service is unavailable for a moment. Try again.\n`,
    );
  });

  it("does not take another function for the one that revokes", async () => {
    front.serve(async () => ({ statusCode: 200 }));
    const { code, stderr } = await run(["--session", contactId, ...why, "--function", "relay"]);

    expect([code, stderr]).toEqual([1, "The function relay does not answer as one that revokes.\n"]);
  });

  it("explains itself when asked", async () => {
    expect((await run(["--help"])).stdout).toMatch(/^npm run revoke -- --session/);
  });
});
