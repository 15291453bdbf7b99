import type { Measuring, Section } from "./section.ts";

/** What the section on growth says of one thing that grows. */
export type GrowthPart = Omit<Section, "title">;

/** Its program. */
export type MeasureGrowth = (measuring: Measuring) => Promise<GrowthPart>;
