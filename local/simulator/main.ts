import { startSimulator } from "./simulator.ts";

const defaultPort = "3100";

/** Starts the simulator as a program of its own: `npm run simulator`. */
async function main(): Promise<void> {
  const simulator = await startSimulator({ port: readPort(), agent: { enabled: true } });
  process.stdout.write(`ready ${simulator.url}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => simulator.close().then(() => process.exit(0)));
  }
}

function readPort(): number {
  const text = process.env["SIMULATOR_PORT"] ?? defaultPort;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new RangeError(`SIMULATOR_PORT must be a number from 0 to 65535, not "${text}".`);
  }
  return Number(text);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("code" in error && error.code === "EADDRINUSE" && "port" in error)) return error.message;
  return `Port ${error.port} is taken: set SIMULATOR_PORT to another one (0 takes any).`;
}

await main().catch((error) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
