import { expect, it } from "vitest";
import { type LoggedRequest, RequestLog } from "../../../local/simulator/request-log.ts";

it("forgets the oldest calls before it grows beyond 100,000", () => {
  const log = new RequestLog();
  const call: LoggedRequest = {
    time: "",
    service: "s3",
    operation: "GetObject",
    status: 200,
    tokenKind: "none",
  };
  for (let number = 0; number <= 100_000; number++) log.add({ ...call, status: number });
  expect(log.list().length).toBeLessThanOrEqual(100_000);
  expect(log.list().at(-1)?.status).toBe(100_000);
  expect(log.list()[0]?.status).toBe(10_000);
});
