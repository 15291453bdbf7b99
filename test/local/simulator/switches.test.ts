import { expect, it } from "vitest";
import { changeSwitches, defaultSwitches } from "../../../local/simulator/switches.ts";

it("takes a probability from 0 to 1", () => {
  const switches = defaultSwitches();
  changeSwitches(switches, { streamDrop: 0.5, streamDuplicates: 1, streamReorder: 0 });
  expect(switches).toMatchObject({ streamDrop: 0.5, streamDuplicates: 1, streamReorder: 0 });
  for (const name of ["streamDrop", "streamDuplicates", "streamReorder"]) {
    expect(() => changeSwitches(switches, { [name]: 1.5 })).toThrow(
      `1.5 is no value for the switch "${name}".`,
    );
  }
});

it("takes no number that is none, and no choice that is not offered", () => {
  for (const changes of [{ streamDelayMs: -1 }, { streamDelayMs: Number.NaN }, { streamSeed: Infinity }]) {
    expect(() => changeSwitches(defaultSwitches(), changes)).toThrow(RangeError);
  }
  const changes: object = { streamInitialMessage: "perhaps" };
  expect(() => changeSwitches(defaultSwitches(), changes)).toThrow(RangeError);
});
