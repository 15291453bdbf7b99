import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  createParticipantService,
  type ParticipantService,
} from "../../../lambdas/connect/participant-service.ts";
import { type Simulated, simulate, startChat } from "../../local/simulator/simulated-chat.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { type RecordingLine, startRecordingLine } from "../../support/recording-line.ts";

const { signal } = new AbortController();
let line: RecordingLine;
let simulated: Simulated;
let token: string;
let service: ParticipantService;

beforeEach(async () => {
  line = await startRecordingLine();
  simulated = await simulate();
  line.connectTo(simulated.url);
  token = (await startChat(simulated)).ConnectionToken;
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDTEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_SESSION_TOKEN", "session");
  vi.stubEnv("AWS_ENDPOINT_URL_CONNECTPARTICIPANT", line.url);
  service = createParticipantService(new FakeClock());
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await line.close();
});

function prepare(Content: string, abortSignal = signal) {
  const input = { ContentType: "text/plain", Content, ClientToken: `token of ${Content}` };
  return service.prepare(() => new SendMessageCommand({ ...input, ConnectionToken: undefined }), abortSignal);
}

/** What went to Connect so far: contents and tokens. */
const said = () =>
  line.requests.map(({ body, headers }) => [JSON.parse(body).Content, headers["x-amz-bearer"]]);

it("sends nothing of a call that is given no token", async () => {
  prepare("never");
  await prepare("now").send(token);

  expect(said()).toEqual([["now", token]]);
});

it("sends a call with the token it is given", async () => {
  const call = prepare("hello");

  expect(await call.send(token)).toMatchObject({ Id: expect.any(String) });
  expect(said()).toEqual([["hello", token]]);
});

it("sends each of many calls at once with its own token", async () => {
  const tokens = [token, (await startChat(simulated)).ConnectionToken];
  const calls = Array.from({ length: 20 }, (_, at) => ({
    content: `${at}`,
    own: tokens[at % 2] ?? "",
    call: prepare(`${at}`),
  }));
  await Promise.all(calls.toReversed().map(({ call, own }) => call.send(own)));

  expect(said().toSorted()).toEqual(calls.map(({ content, own }) => [content, own]).toSorted());
});

it("signs nothing, so that nothing of the function's credentials leaves it", async () => {
  await prepare("hello").send(token);
  const headers = JSON.stringify(line.requests[0]?.headers);

  expect(headers).not.toMatch(/authorization|x-amz-security-token|AKIDTEST/);
});

it("sends the same once more where Connect fails", async () => {
  await simulated.control("PUT", "faults", [{ operation: "SendMessage", status: 500, times: 1 }]);
  await prepare("hello").send(token);

  expect(said()).toEqual([
    ["hello", token],
    ["hello", token],
  ]);
  expect(line.requests[1]?.body).toBe(line.requests[0]?.body);
});

it("sends the same again with another token, after one that Connect refused", async () => {
  const call = prepare("hello");

  await expect(call.send("over")).rejects.toMatchObject({ status: 403 });
  expect(await call.send(token)).toMatchObject({ Id: expect.any(String) });
  expect(said()).toEqual([
    ["hello", "over"],
    ["hello", token],
  ]);
});

it("sends nothing once the time is up", async () => {
  const controller = new AbortController();
  const call = prepare("hello", controller.signal);
  controller.abort();

  await expect(call.send(token)).rejects.toMatchObject({ status: 503 });
  expect(said()).toEqual([]);
});

it("throws what went wrong beforehand to whoever sends it, and to nobody else", async () => {
  vi.stubEnv("AWS_REGION", undefined);
  service = createParticipantService(new FakeClock());
  prepare("never");
  const call = prepare("hello");

  await expect(call.send(token)).rejects.toMatchObject({ status: 503 });
  expect(said()).toEqual([]);
});
