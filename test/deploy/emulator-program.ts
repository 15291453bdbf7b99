import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Where the emulator is installed, apart from all other Python; git ignores it. */
const folder = join(root, ".venv-ministack");

/** Every package with its version. */
const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** What was installed: the same requirements need no second installation. Written last, so half of one does not count. */
const stamp = join(folder, "installed.txt");

/** How long the package index may take, in milliseconds. */
const patience = 180_000;

/**
 * Installs the AWS emulator (MiniStack), unless it is there already.
 *
 * @returns the path of its program
 * @throws Error of one sentence where Python, or what comes with it, is missing
 */
export async function installEmulator(): Promise<string> {
  const program = join(folder, "bin", "ministack");
  const wanted = await readFile(requirements, "utf8");
  const installed = await readFile(stamp, "utf8").catch(() => undefined);
  if (installed === wanted) return program;
  await rm(folder, { recursive: true, force: true });
  await runPython("python3", "-m", "venv", folder);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
  await runPython(join(folder, "bin", "python"), ...pip, requirements);
  await writeFile(stamp, wanted);
  return program;
}

async function runPython(python: string, ...options: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(python, options, { timeout: patience });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const reason = (stderr || message).trim().split("\n").at(-1);
    throw new Error(
      `The deployment test needs Python 3.10 or newer with venv and pip, and the Python package index; ${python} ${options.slice(0, 3).join(" ")} failed: ${reason}`,
    );
  }
}
