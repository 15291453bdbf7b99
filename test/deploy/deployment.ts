import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../local/simulator/simulator.ts";
import { SimulatorControl } from "../support/simulator-control.ts";
import { TokenIssuer } from "../support/token-issuer.ts";
import { type Account, openAccount } from "./account.ts";
import { allowPlainHttp } from "./allow-plain-http.ts";
import { freePort, startEmulator } from "./emulator.ts";
import { installEmulator } from "./emulator-program.ts";
import { type Lines, startLines } from "./lines.ts";
import { createOwner, type Settings } from "./owner.ts";
import { phase } from "./phases.ts";
import { publishToTopic } from "./publish-to-topic.ts";

/** The stack in an emulated AWS account, next to a simulated Amazon Connect. */
export interface Deployment {
  /** Endpoint of every AWS service. */
  readonly awsEndpoint: string;
  /** The deployed API, for clients. */
  readonly endpoint: string;
  readonly simulator: SimulatorControl;
  /** Signs visitors in, as soon as the stack wants that. */
  readonly issuer: TokenIssuer;
  readonly account: Account;
  readonly lines: Lines;
  /** Every line that functions have logged so far, also those that reach no log group. */
  functionOutput(): Promise<string[]>;
  /** Deploys again with other settings; `name` is what the phase is called. @returns the stack's outputs */
  update(name: string, changes: Settings): Promise<Settings>;
  destroy(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the account and deploys into it, at first in the mode `direct`. What was started is ended when a later step
 * fails.
 */
export async function deploy(): Promise<Deployment> {
  const started: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    started.push(() => part.close());
    return part;
  };
  try {
    const program = await phase("install the emulator", installEmulator);
    const folder = await mkdtemp(join(tmpdir(), "deployment-"));
    started.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const port = await freePort();
    const simulator = keep(await startSimulator({ publish: publishToTopic(`http://127.0.0.1:${port}`) }));
    const issuer = keep(await TokenIssuer.start(Date.now));
    const lines = keep(await startLines(port, simulator.port, issuer.url));
    const emulator = await phase("start it", () =>
      startEmulator(program, port, folder, lines.environment, lines.preparation),
    );
    keep(emulator);
    const account = openAccount(emulator.url);
    const owner = createOwner(emulator.url, folder, account);
    const update = (name: string, changes: Settings) =>
      phase(name, async () => {
        const outputs = await owner.deploy(changes);
        await allowPlainHttp(account);
        return outputs;
      });
    await phase("bootstrap", () => owner.bootstrap());
    const outputs = await update("deploy direct", { realTime: "direct" });
    return {
      awsEndpoint: emulator.url,
      endpoint: `${lines.api.url}${pathOf(outputs["ApiEndpoint"])}`,
      simulator: new SimulatorControl(simulator.url),
      issuer,
      account,
      lines,
      functionOutput: () => emulator.functionOutput(),
      update,
      destroy: () => phase("destroy", () => owner.destroy()),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where the emulator serves the API that is at `https://<id>.execute-api.…/<stage>` on AWS. */
function pathOf(address = ""): string {
  const { hostname, pathname } = new URL(address);
  return `/_aws/execute-api/${hostname.split(".")[0]}${pathname}`;
}
