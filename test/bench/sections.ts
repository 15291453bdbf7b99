import { attachments } from "./attachments.ts";
import { coldStart } from "./cold-start.ts";
import { counts } from "./counts.ts";
import { growth } from "./growth.ts";
import { latency } from "./latency.ts";
import { money } from "./money.ts";
import type { Measure } from "./section.ts";
import { steps } from "./steps.ts";
import { throughput } from "./throughput.ts";

/** Every section, in the order of the report. */
export const sections = {
  "cold-start": coldStart,
  counts,
  latency,
  steps,
  growth,
  throughput,
  attachments,
  money,
} as const satisfies Readonly<Record<string, Measure>>;

/** A section's name, as `--only` takes it. */
export type SectionName = keyof typeof sections;

/** Sections that the short form measures: those that keep ratios and counts, and take seconds. */
export const shortSections: readonly SectionName[] = ["cold-start", "counts", "latency", "growth"];
