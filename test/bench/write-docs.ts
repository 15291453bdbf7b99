import type { Section } from "./section.ts";

/** Writes docs/performance.md. */
export function writeDocs(_report: Readonly<Record<string, Section>>): void {}
