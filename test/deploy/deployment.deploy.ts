import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../lambdas/routes.ts";
import { send } from "../support/chat.ts";
import { pageOrigin } from "../support/test-system.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { describeChats } from "./describe-chats.ts";
import { describeDirect } from "./describe-direct.ts";
import { describeLeftBehind } from "./describe-left-behind.ts";
import { describeReaper } from "./describe-reaper.ts";
import { describeRights } from "./describe-rights.ts";
import { describeSignedIn } from "./describe-signed-in.ts";
import { describeSockets } from "./describe-sockets.ts";
import { describeTableRights } from "./describe-table-rights.ts";
import { describeUpdate } from "./describe-update.ts";
import { printPhases } from "./phases.ts";

// One stack, whose life is told in order: deployed in the mode `direct`, changed to `relay`, used, updated, closed to
// strangers, looked at, removed.
let started: Deployment;
const deployment = () => started;

beforeAll(async () => {
  started = await deploy();
});

afterAll(async () => {
  await started?.close();
  printPhases();
});

describeDirect(deployment);

describe("the deployed API", () => {
  it.each(routes)("answers $method $path with its function, which knows the route", async ({
    method,
    path,
  }) => {
    const { endpoint } = deployment();
    const asked = path.replace(/\{.*\}/, "view");
    const answer = await send(endpoint, asked, { method, bearer: "none", body: "{}" });
    const preflight = await send(endpoint, asked, {
      method: "OPTIONS",
      headers: { origin: pageOrigin, "access-control-request-method": method },
    });

    if (path === "/health") expect(answer.body).toEqual({ status: "ok" });
    else expect(answer.body).toMatchObject({ __type: expect.any(String), reason: expect.any(String) });
    expect(answer.body["reason"]).not.toBe("UnknownRoute");
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(pageOrigin);
    expect(preflight.headers.get("access-control-allow-methods")).toBe(method);
  });
});

describeChats(deployment);
describeSockets(deployment);
describeRights(deployment);
describeTableRights(deployment);
describeUpdate(deployment);
describeSignedIn(deployment);
describeReaper(deployment);
describeLeftBehind(deployment);
