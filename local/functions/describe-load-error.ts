import { fileURLToPath } from "node:url";

/**
 * One line that says why the functions did not load: an error of the code with its file and line, any other error (a
 * setting that was refused) in its own words.
 */
export function describeLoadError(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const isOfTheCode = [SyntaxError, TypeError, ReferenceError, RangeError].some(
    (type) => error instanceof type,
  );
  return isOfTheCode ? `${error.name}: ${firstLine(error.message)}${placeOf(error)}` : oneLine(error.message);
}

function placeOf(error: Error): string {
  const [, file, line] = /(file:\/\/\/[^\s():]+):(\d+)/.exec(error.stack ?? "") ?? [];
  return file ? ` (${fileURLToPath(file)}:${line})` : "";
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}
