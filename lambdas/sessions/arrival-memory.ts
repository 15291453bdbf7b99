import { conformance, timeToConform } from "../rate-limits/gcra.ts";
import type { AdmissionTerms } from "./session-admission.ts";
import { type SessionItem, tatAttribute } from "./session-item.ts";

/** Entries kept: at about 150 bytes each, a couple of megabytes at most however many sessions there are. */
const maximumEntries = 10_000;

/**
 * What this container last saw of each cell's theoretical arrival time. That time only grows, so a remembered one that
 * forbids a request forbids it without a database call, and one that lies ahead tells which of the two conditions to
 * try first. Forgetting is always safe.
 */
export class ArrivalMemory {
  /** By hash of the presented secret and cell: a wrong secret learns and changes nothing about the right one. */
  readonly #tats = new Map<string, number>();

  /** The remembered time, in milliseconds since the epoch; 0 when nothing is remembered. */
  recall({ hash, cell }: AdmissionTerms): number {
    return this.#tats.get(keyOf(hash, cell.name)) ?? 0;
  }

  /** Milliseconds for which the cell is known to be exhausted; undefined when it is not known to be. */
  exhaustedFor(terms: AdmissionTerms): number | undefined {
    const tat = this.recall(terms);
    if (conformance(terms.cell.limit, tat, terms.now)) return undefined;
    return timeToConform(terms.cell.limit, tat, terms.now);
  }

  /** Remembers what `item` says of the cell; where the memory is full, the entry unused for longest makes room. */
  learn({ hash, cell }: AdmissionTerms, item: SessionItem | undefined): void {
    const tat = item?.[tatAttribute(cell.name)];
    if (tat === undefined) return;
    const key = keyOf(hash, cell.name);
    this.#tats.delete(key);
    this.#tats.set(key, tat);
    const oldest = this.#tats.size > maximumEntries ? this.#tats.keys().next().value : undefined;
    if (oldest !== undefined) this.#tats.delete(oldest);
  }
}

function keyOf(hash: Buffer, cell: string): string {
  return `${hash.toString("base64")}|${cell}`;
}
