import { describe, expect, it, onTestFinished } from "vitest";
import { describeAnswer, describeEnd, toJson } from "../../../local/probe/describe-report.ts";
import { answered, type Question } from "../../../local/probe/question.ts";
import { questions } from "../../../local/probe/question-list.ts";
import { startServer } from "../../../local/start-server.ts";
import { controlSimulator } from "../../support/control-simulator.ts";
import { askOne, probe, run, startProbed } from "./probe-simulator.ts";

function question(id: string, ask: Question["ask"]): Question {
  return { id, title: `${id}?`, ask };
}

function known(id: string): Question {
  const found = questions.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no question ${id}.`);
  return found;
}

const fine = question("fine", async (context) => {
  await context.connectChat();
  return answered(true, "It works.");
});

describe("a run of all questions", () => {
  it("answers each, holds few contacts open at a time and stops them all", async () => {
    const probed = await startProbed();
    let mostOpen = 0;
    const watched = questions.map((original) => ({
      ...original,
      ask: async (context: Parameters<Question["ask"]>[0]) => {
        const answer = await original.ask(context);
        const contacts = await probed.control.contacts();
        mostOpen = Math.max(mostOpen, contacts.filter(({ Status }) => Status !== "ENDED").length);
        return answer;
      },
    }));

    const { answers, contacts } = await probe(probed, watched, { patienceMs: 12 * 60_000 });

    expect(answers.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(answers.filter(({ outcome }) => outcome !== "answered").map(({ id }) => id)).toEqual([
      "errorHeaderThroughApi",
      "streamedItems",
      "sendMessageQuota",
    ]);
    expect(mostOpen).toBeLessThanOrEqual(3);
    expect(contacts.started).toBeGreaterThan(20);
  });

  it("stays below Amazon Connect's quotas", async () => {
    const probed = await startProbed();
    await controlSimulator(probed.url, "PUT", "quotas", { enforce: true });

    await probe(probed, questions);

    const calls = await probed.control.calls();
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
  });
});

describe("every contact is stopped", () => {
  it("when a question fails midway, and the next ones are asked all the same", async () => {
    const failing = question("failing", async (context) => {
      await context.connectChat();
      throw new Error("It broke");
    });

    const { answers } = await probe(await startProbed(), [failing, fine]);

    expect(answers).toMatchObject([
      { id: "failing", outcome: "failed", value: "not answered", evidence: "It broke." },
      { id: "fine", outcome: "answered" },
    ]);
  });

  it("when Amazon Connect refuses what a question needs", async () => {
    const probed = await startProbed();
    await probed.control.faults([{ operation: "SendMessage", status: 403 }]);

    const { answers } = await probe(probed, [known("endOfTranscript")]);

    expect(answers[0]).toMatchObject({
      outcome: "failed",
      evidence: "Amazon Connect refused it with AccessDeniedException (403): Simulated fault.",
    });
  });

  it("when the run is interrupted while a contact is being started", async () => {
    const probed = await startProbed();
    const stopping = new AbortController();
    const interrupted = question("interrupted", async (context) => {
      const starting = context.startContact();
      stopping.abort(new Error("Interrupted"));
      await starting;
      await context.startContact();
      return answered(true, "It went on.");
    });

    const report = await probe(probed, [interrupted, fine], { signal: stopping.signal });

    expect(report).toMatchObject({ answers: [], stoppedBy: "Interrupted.", contacts: { started: 1 } });
  });

  it("when stopping one fails at first", async () => {
    const probed = await startProbed();
    await probed.control.faults([{ operation: "StopContact", status: 400, times: 1 }]);

    const { contacts } = await probe(probed, [fine]);

    expect(contacts).toEqual({ started: 1, stopped: 1, left: [] });
  });
});

describe("a run", () => {
  it("ends at once when no contact can be started", async () => {
    const probed = await startProbed({ knownFlows: [] });

    const report = await probe(probed, [fine, fine]);

    expect(report.answers).toEqual([]);
    expect(report.stoppedBy).toBe(
      "No contact could be started: Amazon Connect refused it with ResourceNotFoundException (404): Contact flow not found.",
    );
  });

  it("names the contacts that it could not stop", async () => {
    const probed = await startProbed();
    await probed.control.faults([{ operation: "StopContact", status: 403, type: "AccessDeniedException" }]);

    const report = describeEnd(await run(probed, [fine]));

    expect(report).toMatch(
      /Contacts: 1 started, 0 stopped\.\nContact [0-9a-f-]{36} may still go on: .*AccessDeniedException \(403\)/,
    );
  });

  it("describes its answers in text and in JSON", async () => {
    const report = await probe(await startProbed({ contentLimits: "per-type" }), [known("contentLimits")]);
    const [answer] = report.answers;
    if (!answer) throw new Error("There is no answer.");

    expect(describeAnswer(answer, answer, 50)).toBe(
      [
        "How many characters may a message have?             per-type",
        "    Longest accepted: text/plain 1024, text/markdown 1024, application/json 12000, response 12288.",
        "    set MESSAGE_MAX_LENGTH=12288",
      ].join("\n"),
    );
    expect(describeEnd(report)).toBe(
      [
        "Settings to change: MESSAGE_MAX_LENGTH=12288.",
        'Switches that make the simulator alike: {"contentLimits":"per-type"}',
        "Contacts: 1 started, 1 stopped.",
      ].join("\n"),
    );
    expect(JSON.parse(toJson(report))).toMatchObject({
      answers: [{ id: "contentLimits", value: "per-type", recommendation: "MESSAGE_MAX_LENGTH=12288" }],
      simulatorSwitches: { contentLimits: "per-type" },
      contacts: { started: 1, stopped: 1, left: [] },
    });
  });
});

describe("questions that are asked on demand", () => {
  it("sendMessageQuota counts the refusals of a burst", async () => {
    const probed = await startProbed();
    await controlSimulator(probed.url, "PUT", "quotas", { enforce: true });
    const { answers } = await probe(probed, [known("sendMessageQuota")], { quotas: true });

    expect(answers[0]).toMatchObject({ outcome: "answered", value: 5 });
    expect(answers[0]?.recommendation).toBeUndefined();
    expect(await askOne(known("sendMessageQuota"), {}, { quotas: true })).toMatchObject({ value: 0 });
  });

  it.each([
    ["x-amzn-ErrorType", true, "A 403 carries x-amzn-ErrorType: AccessDeniedException; the body has __type."],
    [
      "x-amzn-Remapped-x-amzn-ErrorType",
      false,
      "A 403 carries x-amzn-remapped-x-amzn-errortype: AccessDeniedException; the body has __type.",
    ],
    ["x-other", false, "A 403 carries no x-amzn-ErrorType; the body has __type."],
  ])("errorHeaderThroughApi sees %s", async (header, value, evidence) => {
    const api = await startServer((_request, response) => {
      response.writeHead(403, { [header]: "AccessDeniedException" });
      response.end('{"__type":"AccessDeniedException"}');
    }, 0);
    onTestFinished(() => api.close());

    const answer = await askOne(known("errorHeaderThroughApi"), {}, { api: api.url });

    expect(answer).toMatchObject({ outcome: "answered", value, evidence });
  });
});
