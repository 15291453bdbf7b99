import { expect, it } from "vitest";
import { SocketMemory } from "../../../lambdas/relay/socket-memory.ts";

const record = (entry: string) => ({ chat: "chat", entry });

it("remembers sockets until it is told to forget them", () => {
  const memory = new SocketMemory();
  memory.learn("a", record("1-a"));

  expect(memory.recall("a")).toEqual(record("1-a"));
  memory.forget("a");
  expect(memory.recall("a")).toBeUndefined();
});

it("stays bounded: the oldest of more than 5,000 makes room", () => {
  const memory = new SocketMemory();
  for (let index = 0; index <= 5_000; index++) memory.learn(`socket ${index}`, record(`${index}`));

  expect(memory.recall("socket 0")).toBeUndefined();
  expect(memory.recall("socket 1")).toEqual(record("1"));
  expect(memory.recall("socket 5000")).toEqual(record("5000"));
});
