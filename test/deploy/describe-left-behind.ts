import { beforeAll, describe, expect, it, vi } from "vitest";
import { metricTable } from "../../lambdas/metric-names.ts";
import { hasCanary, withoutDocumentedCredentials } from "../support/canary.ts";
import type { Deployment } from "./deployment.ts";
import { describeRemoval } from "./describe-removal.ts";
import { asText, logLines, reap, resourcesOf, storedItems, tablesOf } from "./left-behind.ts";

/** Names of a session's attributes. */
const sessionAttribute =
  /^(pk|st|ca|ax|ttl|hp|hc|g|ix|il|wc|pt|ct|cv|cx|rl|rn|dl|sm|aw|tk|so|sb|sf|ox|ce|su|rv|a[rfb]|t-[a-z-]+)$/;

/** Names of fields of a log line, and those that the record of revocations has besides. */
const logFields = [
  ..."level requestId operation status milliseconds contactId reason detail cause".split(" "),
  ..."gatewayRequestId extendedRequestId invocationId connectRequestIds".split(" "),
  ..."at event by target subject revoked socketsClosed contactsStopped remaining".split(" "),
];

/** Names of fields of a metric line. */
const metricFields = ["_aws", "Deployment", "Operation", "Reason", ...Object.keys(metricTable)];

/** How long deliveries may take to come to their end, in milliseconds. */
const patience = { timeout: 40_000, interval: 200 };

/**
 * Looks at what was stored, logged and answered, and at what stays of it when the stack goes. Comes last: it removes
 * it.
 */
export function describeLeftBehind(deployment: () => Deployment): void {
  describe("what the chats leave behind", () => {
    let sessions: Record<string, unknown>[];
    let prevented: Record<string, unknown>[];
    let uploads: Record<string, unknown>[];
    let starts: Record<string, unknown>[];
    let deliveries: Record<string, unknown>[];
    let records: Record<string, unknown>[];
    let reaped: unknown;
    let logs: ReadonlyMap<string, readonly string[]>;

    beforeAll(async () => {
      const { account, functionOutput } = deployment();
      const tables = await tablesOf(account);
      const items = await storedItems(account, tables.sessions);
      const kind = (name: string) => items.filter(({ pk }) => String(pk).startsWith(`${name}#`));
      uploads = kind("upload");
      starts = kind("start");
      const chats = items.filter((item) => !uploads.includes(item) && !starts.includes(item));
      sessions = chats.filter(({ hp }) => hp !== undefined);
      prevented = chats.filter((item) => !sessions.includes(item));
      // The end of a chat is noted as done once its sockets are closed, and a closed socket is forgotten a little later.
      await vi
        .waitUntil(async () => {
          deliveries = await storedItems(account, tables.relay ?? "");
          return deliveries.every(({ done }) => done);
        }, patience)
        .catch(() => undefined);
      reaped = await reap(account);
      records = await storedItems(account, tables.starts);
      const groups = await resourcesOf(account, "AWS::Logs::LogGroup");
      const read = groups.map(async (group) => [group, await logLines(account, group)] as const);
      logs = new Map([...(await Promise.all(read)), ["all functions", await functionOutput()]]);
    });

    it("is one item for each, with the attributes of a session and an end in the future", () => {
      expect(sessions.length).toBeGreaterThan(3);
      for (const item of sessions) {
        expect(Object.keys(item).filter((name) => !sessionAttribute.test(name))).toEqual([]);
        const end = item["st"] === "a" ? Number(item["ax"]) : Date.now();
        expect(Number(item["ttl"]) * 1_000).toBeGreaterThan(end);
        expect(Number(item["ax"])).toBeGreaterThan(Date.now());
      }
    });

    it("is one in the place of each session that could not be stored, which opens to nobody", () => {
      // The relay notes when it was told of the end.
      const names = prevented.map((item) => Object.keys(item).filter((name) => name !== "ce"));
      expect(names.map((each) => each.toSorted())).toEqual(Array(2).fill(["pk", "st", "ttl"]));
    });

    it("is a count of the starts of each address, without the address", () => {
      expect(starts.length).toBeGreaterThan(0);
      for (const item of starts) {
        const names = Object.keys(item).filter((name) => name !== "oc");
        expect(names.toSorted()).toEqual(["pk", "tat", "ttl"]);
      }
    });

    it("is no start that nobody finished", () => {
      expect(reaped).toMatchObject({ stopped: 0, closed: 0, left: 0 });
      expect(records).toEqual([]);
    });

    it("is a note of each upload, which is done", () => {
      expect(uploads.length).toBeGreaterThan(2);
      expect(uploads.filter(({ state }) => state !== "done")).toEqual([]);
    });

    it("is a note of each delivery, which is done, and no socket", () => {
      expect(deliveries.length).toBeGreaterThan(30);
      for (const { pk, ttl, done, ...rest } of deliveries) {
        expect(pk).toMatch(/^item#/);
        expect(done, String(pk)).toBe(true);
        expect(Number(ttl) * 1_000).toBeGreaterThan(Date.now());
        expect(Object.keys(rest).filter((name) => !/^(lease|served)$/.test(name))).toEqual([]);
      }
    });

    it("is no token of Connect's: not in an item, a log line, an answer of the API or a frame of a socket", () => {
      const { lines } = deployment();
      const items = [...sessions, ...uploads, ...deliveries].map(asText);
      const logged = [...logs.values()].flat();
      const answers = lines.api.exchanges.map(
        ({ answer }) => withoutDocumentedCredentials(answer.body, "relay") + JSON.stringify(answer.headers),
      );
      const frames = lines.sockets.sockets.flatMap(({ received }) => received);
      const upstream = lines.functions.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer.body));

      expect(upstream.some(hasCanary), "the functions hold tokens").toBe(true);
      for (const { length } of [items, logged, answers, frames]) expect(length).toBeGreaterThan(30);
      expect([...items, ...logged, ...answers, ...frames].filter(hasCanary)).toEqual([]);
      expect([...answers, ...frames].filter((text) => /arn:|wss:|0f2d7c1e-5b1a/.test(text))).toEqual([]);
    });

    it("is no ticket: not in an item, a log line or a frame", () => {
      const { sockets } = deployment().lines.sockets;
      const secrets = sockets.map(({ address }) => address.split(".").at(-1) ?? "");
      const frames = sockets.flatMap(({ received }) => received);
      const texts = [...sessions, ...deliveries].map(asText).concat([...logs.values()].flat(), frames);

      expect(secrets.length).toBeGreaterThan(5);
      for (const secret of secrets) expect(secret).toHaveLength(43);
      expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
    });

    it("is a log of named fields, without handles or words of the visitor", () => {
      const ofFunctions = [...logs].filter(([name]) => /Functions|functions/.test(name));
      expect(ofFunctions).toHaveLength(8);
      for (const [name, lines] of ofFunctions) {
        const ours = lines.filter((line) => line.startsWith("{"));

        expect(ours.length, name).toBeGreaterThan(0);
        expect(
          ours.flatMap((line) => {
            const fields = Object.keys(JSON.parse(line));
            const listed = fields.includes("_aws") ? metricFields : logFields;
            return fields.filter((field) => !listed.includes(field));
          }),
        ).toEqual([]);
        const metrics = ours.filter((line) => line.includes('"_aws"'));
        expect(metrics.length > 0, name).toBe(!/revoke/.test(name));
        expect(
          lines.filter((line) => /ccbff_[a-z]+_[\w-]+\.|hello|Jane|(message|agent) \d/.test(line)),
        ).toEqual([]);
      }
    });
  });

  describeRemoval(deployment);
}
