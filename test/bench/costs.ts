import { median, rounded } from "./statistics.ts";
import type { Cost, Costs } from "./subjects/measure-in-turn.ts";

/** A figure of a way: the median of the runs'. */
export function costOf(costs: Costs, name: string, figure: keyof Cost): number {
  return rounded(median(figuresOf(costs, name, figure)));
}

/** The cells of a way's row: what it costs, and how many times the base's cost that is. */
export function costCells(costs: Costs, name: string, base: string): Record<string, number> {
  return {
    "CPU, us": costOf(costs, name, "cpu"),
    [`CPU x ${base}`]: costOf(costs, name, "cpuRatio"),
    "p50, ms": costOf(costs, name, "p50"),
    [`p50 x ${base}`]: costOf(costs, name, "p50Ratio"),
  };
}

/** Every run's figures, for a section's `raw`; `what` is counted by the ways' names. */
export function rawCosts(costs: Costs, what: string): Record<string, readonly number[]> {
  return Object.fromEntries(
    Object.keys(costs).flatMap((name) => [
      [`CPU with ${counted(name)} ${what}, us`, figuresOf(costs, name, "cpu")],
      [`p50 with ${counted(name)} ${what}, ms`, figuresOf(costs, name, "p50")],
    ]),
  );
}

/** A count as a table shows it: `10,000`. */
export function counted(count: string): string {
  return Number(count).toLocaleString("en");
}

function figuresOf(costs: Costs, name: string, figure: keyof Cost): readonly number[] {
  return (costs[name] ?? []).map((cost) => cost[figure]);
}
