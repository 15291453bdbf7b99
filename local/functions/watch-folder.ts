import { type FSWatcher, watch } from "node:fs";

/** Editors write a file in several steps; one change is over when nothing has happened for this long. */
const quietMs = 50;

/**
 * Calls `onChange` once after each burst of changes anywhere in a folder. Where the system cannot watch, nothing is
 * ever reported: the run goes on without reloading.
 *
 * @returns stops watching
 */
export function watchFolder(folder: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, quietMs);
    });
    watcher.on("error", () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}
