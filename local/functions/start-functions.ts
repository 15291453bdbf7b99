import type { Invoke } from "../gateway/invoke-in-time.ts";
import {
  type FunctionThread,
  type FunctionThreadOptions,
  LoadError,
  startFunctionThread,
} from "./function-thread.ts";
import { watchFolder } from "./watch-folder.ts";

/** What {@link startFunctions} is told. */
export interface FunctionsOptions extends FunctionThreadOptions {
  /** Folder whose files the functions are made of: a change in it reloads them. */
  readonly watched: string;
  /** Told in one line, without its end, that the functions were reloaded or why they were not. */
  readonly onReload: (line: string) => void;
}

/** The functions, whichever copy of them is the current one. */
export interface Functions {
  readonly invoke: Invoke;
  /** Stops watching and ends all threads. */
  close(): Promise<void>;
}

/**
 * Runs the functions and reloads them when their code changes. New code takes over only once it has loaded; until then,
 * and if it never does, the old goes on, and each finishes what it has begun. Nothing else is restarted, so ports,
 * tables and chats stay. A thread that crashed is replaced at the next invocation, as a Lambda container is.
 *
 * @throws LoadError if the functions cannot be loaded at the start
 */
export async function startFunctions(options: FunctionsOptions): Promise<Functions> {
  const threads = new Set<FunctionThread>();
  let lastStep: Promise<unknown> = Promise.resolve();

  /** Loads and replacements happen one after the other, however fast the changes come. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = lastStep.then(step);
    lastStep = result.catch(() => {});
    return result;
  }

  async function start(): Promise<FunctionThread> {
    const thread = await startFunctionThread(options);
    threads.add(thread);
    return thread;
  }

  async function replace(): Promise<void> {
    const old = current;
    current = await start();
    void old.retire().then(() => threads.delete(old));
  }

  async function reload(): Promise<void> {
    const began = performance.now();
    try {
      await replace();
      options.onReload(`reloaded in ${Math.round(performance.now() - began)} ms`);
    } catch (error) {
      const why = error instanceof LoadError ? error.message : String(error);
      options.onReload(`not reloaded, the code from before the change goes on: ${why}`);
    }
  }

  const first = inTurn(start);
  const stopWatching = watchFolder(options.watched, () => void inTurn(reload));
  first.catch(stopWatching);
  let current = await first;

  return {
    invoke: async (...call) => {
      if (current.ended) {
        await inTurn(async () => (current.ended ? replace() : undefined));
      }
      return current.invoke(...call);
    },
    close: async () => {
      stopWatching();
      await lastStep;
      await Promise.all([...threads].map((thread) => thread.stop()));
    },
  };
}
