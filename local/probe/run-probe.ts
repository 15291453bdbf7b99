import { AmazonConnect, type AwsClients } from "./amazon-connect.ts";
import { ContactLedger, type ContactOrigin, type ContactSummary } from "./contact-ledger.ts";
import { Pacing } from "./pacing.ts";
import type { ProbeClock } from "./probe-clock.ts";
import type { Answer, Question } from "./question.ts";
import { type Probing, QuestionContext } from "./question-context.ts";
import { explainFailure } from "./refusal.ts";

/** What a run is about. */
export interface ProbeOptions extends ContactOrigin, Pick<Probing, "patienceMs" | "api" | "quotas"> {
  readonly questions: readonly Question[];
  readonly clients: AwsClients;
  readonly clock: ProbeClock;
  /** Ends the run: no further question is asked, and all contacts are stopped. */
  readonly signal: AbortSignal;
  /** Told each answer as it is found. */
  readonly onAnswer?: (question: Question, answer: Answer) => void;
}

/** A question with its answer. */
export type Answered = Pick<Question, "id" | "title"> & Answer;

/** What a run found, and what became of its contacts. */
export interface ProbeReport {
  readonly answers: readonly Answered[];
  readonly contacts: ContactSummary;
  /** Why the run ended before its end; undefined where every question was asked. */
  readonly stoppedBy: string | undefined;
}

/**
 * Asks all questions, one after the other, and stops every contact, whatever happens. A question that fails does not
 * stop the others; a first contact that cannot even be started does, because then nothing can be asked.
 */
export async function runProbe(options: ProbeOptions): Promise<ProbeReport> {
  const { questions, clients, clock, signal, onAnswer } = options;
  const pacing = new Pacing(clock);
  const never = new AbortController().signal;
  const ledger = new ContactLedger(new AmazonConnect(clients, pacing, never), options);
  const probing = { ...options, ledger, connect: new AmazonConnect(clients, pacing, signal) };
  const answers: Answered[] = [];
  let stoppedBy: string | undefined;
  for (const question of questions) {
    const answer = await askOne(question, probing);
    if (signal.aborted) stoppedBy = "Interrupted.";
    else if (ledger.firstStartFailure !== undefined) {
      stoppedBy = `No contact could be started: ${explainFailure(ledger.firstStartFailure)}`;
    }
    if (stoppedBy !== undefined) break;
    answers.push({ id: question.id, title: question.title, ...answer });
    onAnswer?.(question, answer);
  }
  await ledger.stopAll();
  return { answers, contacts: ledger.summary(), stoppedBy };
}

async function askOne(question: Question, probing: Probing): Promise<Answer> {
  const context = new QuestionContext(probing);
  try {
    return await question.ask(context);
  } catch (thrown) {
    return { outcome: "failed", value: "not answered", evidence: explainFailure(thrown) };
  } finally {
    await context.close();
  }
}
