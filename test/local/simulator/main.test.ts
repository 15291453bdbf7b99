import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { simulate } from "./simulated-chat.ts";

function run(port: string) {
  const program = spawn("node_modules/.bin/node", ["local/simulator/main.ts"], {
    env: { ...process.env, SIMULATOR_PORT: port },
  });
  onTestFinished(() => {
    program.kill("SIGKILL");
  });
  return { program, line: once(program.stdout, "data").then(String), ended: once(program, "exit") };
}

async function complaint(port: string) {
  const { program, ended } = run(port);
  const [text] = await once(program.stderr, "data");
  return [String(text), (await ended)[0]];
}

it("prints one line when it is ready, and ends with 0 when told to", async () => {
  const { program, line, ended } = run("0");
  const [, url] = /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(await line) ?? [];
  const switches = await (await fetch(`${url}/_sim/switches`)).json();
  expect(switches.agent.enabled).toBe(true);
  program.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
});

it("says in one sentence that the port is taken, or that it is none", async () => {
  const { port } = await simulate();
  expect(await complaint(String(port))).toEqual([expect.stringContaining(`Port ${port} is taken`), 1]);
  expect(await complaint("http")).toEqual([
    'SIMULATOR_PORT must be a number from 0 to 65535, not "http".\n',
    1,
  ]);
});
