import { expect, it } from "vitest";
import { FrameMeter } from "../../../lambdas/relay/frame-meter.ts";

const now = 1_767_600_000_000;

it("never meets a chat client: three frames at once and two every ten seconds, for two hours", () => {
  const meter = new FrameMeter();
  const frames = [now, now, now, ...Array.from({ length: 1_440 }, (_, index) => now + (index >> 1) * 10_000)];

  expect(frames.every((time) => meter.takes("socket", time))).toBe(true);
});

it("takes twenty frames at once and two a second, and not one more", () => {
  const meter = new FrameMeter();
  const burst = Array.from({ length: 30 }, () => meter.takes("socket", now)).filter(Boolean).length;
  const later = Array.from({ length: 30 }, () => meter.takes("socket", now + 1_000)).filter(Boolean).length;

  expect([burst, later]).toEqual([20, 2]);
});

it("counts each socket for itself", () => {
  const meter = new FrameMeter();
  for (let frame = 0; frame < 30; frame++) meter.takes("flooding", now);

  expect(meter.takes("other", now)).toBe(true);
});

it("stays bounded, and forgets the socket that was quiet for longest", () => {
  const meter = new FrameMeter();
  for (let frame = 0; frame < 20; frame++) meter.takes("first", now);
  for (let socket = 0; socket < 10_000; socket++) meter.takes(`socket ${socket}`, now);

  expect(meter.takes("first", now)).toBe(true);
});
