import type { Switches } from "../simulator/switches.ts";
import type { Answer, Question } from "./question.ts";
import type { Answered, ProbeReport } from "./run-probe.ts";

/** One answer as a row of the table, its evidence below it. `width` is that of the column of titles, in characters. */
export function describeAnswer({ title }: Pick<Question, "title">, answer: Answer, width: number): string {
  const { value, evidence, recommendation } = answer;
  const rows = [`${title.padEnd(width)}  ${value}`, `    ${evidence}`];
  return [...rows, ...(recommendation ? [`    set ${recommendation}`] : [])].join("\n");
}

/** What is left to say when everything was asked: settings, switches, contacts. */
export function describeEnd(report: ProbeReport): string {
  const { answers, stoppedBy } = report;
  const settings = answers.flatMap(({ recommendation }) => recommendation ?? []);
  const lines = [
    ...(stoppedBy ? [stoppedBy] : []),
    ...(answers.length > 0
      ? [
          `Settings to change: ${settings.join(", ") || "none"}.`,
          `Switches that make the simulator alike: ${JSON.stringify(switchesOf(answers))}`,
        ]
      : []),
    describeContacts(report),
  ];
  return lines.join("\n");
}

/** The report for programs. */
export function toJson(report: ProbeReport): string {
  return JSON.stringify(
    {
      answers: report.answers.map(({ switches: _, recommendation = "nothing to change", ...answer }) => ({
        ...answer,
        recommendation,
      })),
      simulatorSwitches: switchesOf(report.answers),
      contacts: report.contacts,
      ...(report.stoppedBy !== undefined && { stoppedBy: report.stoppedBy }),
    },
    undefined,
    2,
  );
}

/** The switches of the simulator as this instance would have them, as far as they were found. */
export function switchesOf(answers: readonly Answered[]): Partial<Switches> {
  return Object.assign({}, ...answers.map(({ switches }) => switches ?? {}));
}

function describeContacts({ contacts: { started, stopped, left } }: ProbeReport): string {
  const summary = `Contacts: ${started} started, ${stopped} stopped.`;
  const rest = left.map(({ contactId, reason }) => `Contact ${contactId} may still go on: ${reason}`);
  return [summary, ...rest].join("\n");
}
