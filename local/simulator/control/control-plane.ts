import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { Contact } from "../chat/contact.ts";
import { type Answer, jsonAnswer, writeAnswer } from "../http/answer.ts";
import { parseJson, readBody } from "../http/read-body.ts";
import { defaultQuotas } from "../quotas.ts";
import type { Services } from "../services.ts";
import { changeSwitches } from "../switches.ts";
import { actAsAgent } from "./act-as-agent.ts";
import { ControlError } from "./control-error.ts";
import { describeContact } from "./describe-contact.ts";
import { agentActionSchema, clockSchema, faultsSchema, quotasSchema } from "./schemas.ts";

type Control = (services: Services, body: unknown, contactId: string) => unknown;

/** Longest body of a control call, in bytes: room for an attachment in base64. */
const longestBody = 160 * 1024 * 1024;

/** Method and path of every control; `*` stands for a ContactId. What a control returns is the answer, in JSON. */
const controls: Readonly<Record<string, Control>> = {
  "GET /_sim/requests": ({ requests }) => requests.list(),
  "DELETE /_sim/requests": ({ requests }) => requests.clear(),
  "GET /_sim/contacts": ({ contacts, sockets }) =>
    contacts.list().map((contact) => describeContact(contact, sockets)),
  "GET /_sim/contacts/*": (services, _body, contactId) =>
    describeContact(requireContact(services, contactId), services.sockets),
  "POST /_sim/contacts/*/agent": (services, body, contactId) =>
    actAsAgent(requireContact(services, contactId), agentActionSchema.parse(body), services),
  "DELETE /_sim/contacts/*/sockets": (services, _body, contactId) => ({
    dropped: services.sockets.drop(requireContact(services, contactId)),
  }),
  "GET /_sim/faults": ({ faults }) => faults.list(),
  "PUT /_sim/faults": ({ faults }, body) => {
    const plan = faultsSchema.parse(body);
    faults.set(plan.faults, plan.seed);
  },
  "GET /_sim/clock": ({ clock }) => ({ offsetSeconds: clock.offsetSeconds }),
  "PUT /_sim/clock": ({ clock, timeline }, body) => {
    clock.moveTo(clockSchema.parse(body).offsetSeconds);
    timeline.settle();
  },
  "GET /_sim/quotas": ({ quotas }) => quotas.settings,
  "PUT /_sim/quotas": ({ quotas }, body) => {
    const { enforce, calls, concurrentChats } = quotasSchema.parse(body);
    const defaults = defaultQuotas();
    quotas.set({
      enforce,
      calls: { ...defaults.calls, ...calls },
      concurrentChats: concurrentChats ?? defaults.concurrentChats,
    });
  },
  "GET /_sim/switches": ({ switches }) => switches,
  "PUT /_sim/switches": ({ switches, streamChances }, body) => {
    const changes = z.record(z.string(), z.unknown()).parse(body);
    changeSwitches(switches, changes);
    if ("streamSeed" in changes) streamChances.restart(switches.streamSeed);
    return switches;
  },
};

/** Answers the control plane, which exists for tests and demos and has no counterpart in AWS. */
export async function answerControlCall(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  services: Services,
): Promise<void> {
  const text = (await readBody(request, longestBody))?.toString() ?? "";
  const [, contactId = ""] = /^\/_sim\/contacts\/([^/]+)/.exec(path) ?? [];
  const shape = path.replace(/^(\/_sim\/contacts)\/[^/]+/, "$1/*");
  const control = controls[`${request.method} ${shape}`];
  writeAnswer(response, runControl(control, services, text, contactId));
}

function runControl(
  control: Control | undefined,
  services: Services,
  text: string,
  contactId: string,
): Answer {
  services.timeline.settle();
  try {
    if (!control) throw new ControlError(404, "There is no such control.");
    return jsonAnswer(200, control(services, text === "" ? {} : parseJson(text), contactId) ?? {});
  } catch (thrown) {
    return jsonAnswer(statusOf(thrown), {
      error: thrown instanceof z.ZodError ? z.prettifyError(thrown) : String(thrown),
    });
  }
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof ControlError) return thrown.status;
  return thrown instanceof z.ZodError || thrown instanceof RangeError ? 400 : 500;
}

function requireContact({ contacts }: Services, contactId: string): Contact {
  const contact = contacts.find(contactId);
  if (!contact) throw new ControlError(404, `There is no contact "${contactId}".`);
  return contact;
}
