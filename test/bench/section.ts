/** A table of figures: rows by name, each a value by column. */
export interface Table {
  readonly title: string;
  readonly rows: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
}

/** Something that must be shown, and whether this run shows it. */
export interface Bound {
  readonly claim: string;
  readonly measured: number;
  /** The most that {@link measured} may be. */
  readonly most: number;
}

/** A ratio or a count that a committed baseline keeps: no time, which would be the machine's. */
export interface Kept {
  readonly value: number;
  /** Factor on the baseline's value that noise does not reach; 1 for what is counted. */
  readonly margin: number;
}

/** What one topic's measurements came to. */
export interface Section {
  readonly title: string;
  /** What the figures mean to a user, in a sentence or two. */
  readonly meaning: string;
  readonly tables: readonly Table[];
  readonly bounds: readonly Bound[];
  readonly kept: Readonly<Record<string, Kept>>;
  /** Every single measurement, by name; the unit is in the name. */
  readonly raw: Readonly<Record<string, readonly number[]>>;
}

/** How a section is to measure. */
export interface Measuring {
  /** Interleaved runs of baseline and subject, of which medians are taken. */
  readonly runs: number;
  /** Whether only what the committed baseline keeps is wanted, in seconds rather than minutes. */
  readonly short: boolean;
}

/** A section's program. */
export type Measure = (measuring: Measuring) => Promise<Section>;
