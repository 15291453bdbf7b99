import { forkProgram } from "./fork-program.ts";

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

/**
 * Forks a program of subjects/ with the settings of a function whose services answer from memory, and the right to
 * collect its heap.
 */
export function runSubject<Measured>(name: string, ...args: readonly string[]): Promise<Measured> {
  return forkProgram<Measured>(`./subjects/${name}.ts`, { args, execArgv: ["--expose-gc"], env: settings });
}
