import { type SectionName, sections } from "./sections.ts";

/**
 * `node run-section.ts NAME RUNS short|long`: one section in a process of its own, so that none disturbs the next;
 * its report on the IPC channel.
 */
const [name = "", runs = "5", form] = process.argv.slice(2);
const section = await sections[name as SectionName]({ runs: Number(runs), short: form === "short" });
process.send?.(section);
process.disconnect();
