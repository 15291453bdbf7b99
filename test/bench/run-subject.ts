import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Settings of a function whose services answer from memory. */
const settings = {
  REAL_TIME: "direct",
  SESSIONS_TABLE: "sessions",
  ALLOWED_ORIGINS: "https://www.example.com",
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  RATE_LIMITS: '{"message":{"intervalMs":1,"burst":100000},"transcript":{"intervalMs":1,"burst":100000}}',
};

/** Runs a program of subjects/ in a process of its own. @returns what it measured of itself */
export async function runSubject<Measured>(name: string, ...args: readonly string[]): Promise<Measured> {
  const program = fileURLToPath(new URL(`./subjects/${name}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, ...args], {
    env: { ...process.env, ...settings },
  });
  return JSON.parse(stdout) as Measured;
}
