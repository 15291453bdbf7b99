import { UsageError } from "../usage-error.ts";
import { createAwsClients } from "./amazon-connect.ts";
import { describeAnswer, describeEnd, toJson } from "./describe-report.ts";
import { machineClock } from "./probe-clock.ts";
import { type ProbeSettings, readProbeSettings, usage } from "./probe-settings.ts";
import { questions } from "./question-list.ts";
import { type ProbeReport, runProbe } from "./run-probe.ts";
import { inMinutes } from "./time-window.ts";

/** Exit code of a command that SIGINT ended. */
const interrupted = 130;

/**
 * The whole of `npm run probe`: reads the command line of this process, asks, prints, and sets the exit code: 0, 1 with
 * one sentence where nothing could be asked or a contact is left, 130 after SIGINT. SIGINT stops the contacts first.
 */
export async function probeUntilDone(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return;
  }
  try {
    const settings = readProbeSettings(args, process.env);
    const stopping = new AbortController();
    // Stopping the contacts takes a moment: a second Ctrl-C, which npm sends too, must not cut it short.
    const stop = () => stopping.abort(new Error("Interrupted"));
    process.on("SIGINT", stop).on("SIGTERM", stop);
    const report = await ask(settings, stopping.signal);
    process.exitCode = exitCodeOf(report, stopping.signal.aborted);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function ask(settings: ProbeSettings, signal: AbortSignal): Promise<ProbeReport> {
  const width = Math.max(...questions.map(({ title }) => title.length));
  process.stderr.write(
    `Asking ${questions.length} questions; four of them may wait ${inMinutes(settings.patienceMs)} each.\n`,
  );
  const report = await runProbe({
    ...settings,
    questions,
    clients: createAwsClients(settings.region),
    clock: machineClock,
    signal,
    onAnswer: (question, answer) => {
      const line = settings.json ? question.title : describeAnswer(question, answer, width);
      process[settings.json ? "stderr" : "stdout"].write(`${line}\n`);
    },
  });
  const isNothing = report.answers.length === 0 && report.contacts.started === 0;
  if (settings.json && !isNothing) process.stdout.write(`${toJson(report)}\n`);
  else if (isNothing) process.stderr.write(`${report.stoppedBy}\n`);
  else process.stdout.write(`\n${describeEnd(report)}\n`);
  return report;
}

function exitCodeOf({ contacts, stoppedBy }: ProbeReport, isInterrupted: boolean): number {
  if (isInterrupted) return interrupted;
  return stoppedBy !== undefined || contacts.left.length > 0 ? 1 : 0;
}
