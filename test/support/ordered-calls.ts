import type { RelayServices } from "../../lambdas/relay/relay-services.ts";

/** Two pieces of work whose database calls come in a given order, and otherwise as they are. */
export interface OrderedCalls {
  /** Does `work` with services whose calls wait for the turns of `name`. */
  run<Result>(
    name: string,
    services: RelayServices,
    work: (services: RelayServices) => Promise<Result>,
  ): Promise<Result>;
}

/** Every order in which `first` calls of one and `second` calls of the other can come. */
export function mergedOrders(one: string, first: number, other: string, second: number): string[][] {
  if (first === 0 && second === 0) return [[]];
  const beginWith = (name: string, rest: string[][]) => rest.map((order) => [name, ...order]);
  return [
    ...(first > 0 ? beginWith(one, mergedOrders(one, first - 1, other, second)) : []),
    ...(second > 0 ? beginWith(other, mergedOrders(one, first, other, second - 1)) : []),
  ];
}

/** Lets calls through in the order of `turns`. Work that needs fewer calls than it has turns gives the rest away. */
export function inOrder(turns: readonly string[]): OrderedCalls {
  const left = [...turns];
  const finished = new Set<string>();
  let wake: (() => void)[] = [];

  function next(): void {
    while (left.length > 0 && finished.has(left[0] ?? "")) left.shift();
    const waiting = wake;
    wake = [];
    for (const resolve of waiting) resolve();
  }

  async function inTurn<T>(name: string, call: () => Promise<T>): Promise<T> {
    while (left.length > 0 && left[0] !== name) await new Promise<void>((resolve) => wake.push(resolve));
    try {
      return await call();
    } finally {
      left.shift();
      next();
    }
  }

  return {
    run: async (name, services, work) => {
      const { chats, store } = services;
      const ordered: RelayServices = {
        ...services,
        chats: {
          read: (chat) => inTurn(name, () => chats.read(chat)),
          update: (chat, update) => inTurn(name, () => chats.update(chat, update)),
        },
        store: {
          ...store,
          putSocket: (id, record) => inTurn(name, () => store.putSocket(id, record)),
          takeSocket: (id) => inTurn(name, () => store.takeSocket(id)),
        },
      };
      try {
        return await work(ordered);
      } finally {
        finished.add(name);
        next();
      }
    },
  };
}
