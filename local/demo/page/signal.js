// @ts-check

/**
 * @template T
 * @typedef {{ emit(value: T): void, on(listener: (value: T) => void): () => void }} Signal
 */

/**
 * Tells its listeners, in the order they came.
 *
 * @template T
 * @returns {Signal<T>}
 */
export function createSignal() {
  /** @type {Set<(value: T) => void>} */
  const listeners = new Set();
  return {
    emit(value) {
      for (const listener of [...listeners]) listener(value);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
