import { expect, it } from "vitest";
import { simulateStreaming, streamChat } from "../streamed-chat.ts";

const numbers = Array.from({ length: 30 }, (_, index) => String(index));

/** The order in which thirty messages were published under some faults, with all the time they may take. */
async function order(faults: object, waitSeconds = 0) {
  const simulated = await simulateStreaming();
  const { agent } = await streamChat(simulated);
  await agent("join");
  await simulated.control("PUT", "switches", faults);
  for (const content of numbers) await agent("message", { content });
  const atOnce = simulated.texts();
  await simulated.control("PUT", "clock", { offsetSeconds: waitSeconds });
  return { atOnce, inTheEnd: simulated.texts() };
}

const faults = [
  { streamDelayMs: 5000 },
  { streamDuplicates: 0.5 },
  { streamReorder: 0.5 },
  { streamDrop: 0.5 },
  { streamDelayMs: 5000, streamDuplicates: 0.3, streamReorder: 0.3, streamDrop: 0.3 },
];

it.each(faults)("befalls the same notifications for the same seed: %o", async (fault) => {
  const first = await order({ ...fault, streamSeed: 7 }, 10);
  expect(await order({ ...fault, streamSeed: 7 }, 10)).toEqual(first);
  expect(await order({ ...fault, streamSeed: 8 }, 10)).not.toEqual(first);
  expect(first.inTheEnd).not.toEqual(numbers);
});

it("begins the random numbers again whenever the seed is set", async () => {
  const simulated = await simulateStreaming();
  const { agent } = await streamChat(simulated);
  await agent("join");
  async function run() {
    await simulated.control("PUT", "switches", { streamDrop: 0.5, streamSeed: 3 });
    const before = simulated.texts().length;
    for (const content of numbers) await agent("message", { content });
    return simulated.texts().slice(before);
  }
  expect(await run()).toEqual(await run());
});

it("publishes at once, once and in order without faults", async () => {
  expect((await order({})).atOnce).toEqual(numbers);
});

it("publishes in order even where a call to SNS takes its time", async () => {
  const open: (() => void)[] = [];
  const texts: string[] = [];
  const simulated = await simulateStreaming({
    publish: (_topicArn, message) => {
      texts.push(JSON.parse(message).Content ?? "joined");
      return new Promise((resolve) => open.push(resolve));
    },
  });
  const { say } = await streamChat(simulated);
  await say("one");
  await say("two");
  expect(texts).toEqual(["joined"]);
  open.shift()?.();
  await simulated.control("GET", "clock");
  expect(texts).toEqual(["joined", "one"]);
});

it("delays each notification by its own time, by the simulator's clock", async () => {
  const { atOnce, inTheEnd } = await order({ streamDelayMs: 5000 }, 5);
  expect(atOnce).toEqual([]);
  expect(inTheEnd).not.toEqual(numbers);
  expect(inTheEnd.toSorted()).toEqual(numbers.toSorted());
});

it("publishes a duplicate with the same words and attributes", async () => {
  const simulated = await simulateStreaming({ switches: { streamDuplicates: 1 } });
  const { say } = await streamChat(simulated);
  await say("hi");
  const [joined, joinedAgain, hi, hiAgain] = simulated.published;
  expect(simulated.published).toHaveLength(4);
  expect([joinedAgain, hiAgain]).toEqual([joined, hi]);
});

it("lets a notification change places with the next one of its stream", async () => {
  const { inTheEnd } = await order({ streamReorder: 1 });
  const swapped = numbers.flatMap((_, index) =>
    index % 2 === 0 ? [numbers[index + 1], numbers[index]] : [],
  );
  expect(inTheEnd).toEqual(swapped);
});

it("keeps a notification that no other follows for a second at most", async () => {
  const simulated = await simulateStreaming();
  const { say } = await streamChat(simulated);
  await simulated.control("PUT", "switches", { streamReorder: 1 });
  await say("alone");
  expect(simulated.texts()).toEqual([]);
  await simulated.control("PUT", "clock", { offsetSeconds: 1 });
  expect(simulated.texts()).toEqual(["alone"]);
});

it("publishes what waits or is late after the chat has ended, and lets chat.ended overtake", async () => {
  const simulated = await simulateStreaming({ switches: { streamReorder: 1 } });
  const { agent } = await streamChat(simulated);
  await agent("end");
  expect(simulated.kinds()).toEqual(["chat.ended", "participant.joined"]);

  await simulated.control("PUT", "switches", { streamReorder: 0, streamDelayMs: 3000 });
  const late = await streamChat(simulated);
  await simulated.post("disconnect", late.ConnectionToken, {});
  await simulated.control("PUT", "clock", { offsetSeconds: 3 });
  expect(simulated.kinds().slice(2).toSorted()).toEqual([
    "chat.ended",
    "participant.joined",
    "participant.left",
  ]);
});

it("publishes nothing of what is dropped", async () => {
  expect((await order({ streamDrop: 1 }, 10)).inTheEnd).toEqual([]);
});
