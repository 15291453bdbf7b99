import { beforeAll, describe, expect, test } from "vitest";
import { deployedFunctions } from "../../infra/config.ts";
import { routes } from "../../lambdas/routes.ts";
import { awsCallOf } from "./aws-call-of.ts";
import { bucketCallsIn } from "./bucket-calls.ts";
import { callsOnBehalf } from "./calls-on-behalf.ts";
import { denials } from "./denied-calls.ts";
import { type AwsCall, evaluate, rightsOf } from "./evaluate-policy.ts";
import { type Deployment, readDeployment } from "./read-deployment.ts";
import { reaperCallsIn } from "./reaper-calls.ts";
import { type RecordedStep, recordJourney } from "./record-journey.ts";
import { relayCallsIn } from "./relay-calls.ts";
import { revocationCallsIn } from "./revocation-calls.ts";
import { faultOf } from "./service-reference.ts";
import { deployedStack, deploymentsInModes } from "./synthesize.ts";

/** Rights that nothing uses. */
const unusedRights: readonly string[] = [];

const settings = { allowAppsWithoutOrigin: true, chatDurationMaxMinutes: 10_080 };
let steps: readonly RecordedStep[];
let recorded: readonly { readonly name: RecordedStep["function"]; readonly call: AwsCall }[];

beforeAll(async () => {
  const { environments } = readDeployment(deployedStack({ ...settings, realTime: "direct" }));
  steps = await recordJourney(environments["start-chat"]);
  recorded = steps.flatMap(({ function: name, requests }) =>
    requests.flatMap((request) => {
      const call = awsCallOf(request);
      return call === undefined ? [] : [{ name, call }];
    }),
  );
});

describe("the recorded journey", () => {
  test("takes every route, and each step goes as it should", () => {
    const unexpected = steps.filter(({ step, status }) => status !== (expectedStatus[step] ?? 200));

    expect(new Set(steps.map(({ route }) => route))).toEqual(new Set(routes.map(({ path }) => path)));
    expect(unexpected).toEqual([]);
  });

  test("makes these calls, and no other", () => {
    const seen = recorded.map(({ name, call }) => `${name}: ${call.action}`);

    expect([...new Set(seen)].sort()).toEqual([
      "attachments: dynamodb:UpdateItem",
      "chat: dynamodb:UpdateItem",
      "connection: dynamodb:UpdateItem",
      "start-chat: connect:StartChatContact",
      "start-chat: connect:StopContact",
      "start-chat: dynamodb:DeleteItem",
      "start-chat: dynamodb:PutItem",
      "start-chat: dynamodb:UpdateItem",
    ]);
  });

  test("is judged on the resources that AWS judges it on", async () => {
    for (const { call } of recorded)
      expect([call, await faultOf(call, "demanded")]).toEqual([call, undefined]);
  });
});

const expectedStatus: Readonly<Record<string, number>> = {
  "asks for what is not supported": 400,
  "sends a message into a chat that ended": 403,
  "starts a chat whose session cannot be stored": 503,
};

describe.each(deploymentsInModes)("the policies of %s", (_, deploy, realTime) => {
  const functionNames = deployedFunctions(realTime);
  let deployment: Deployment;
  beforeAll(() => {
    deployment = readDeployment(deploy(settings));
  });

  test("allow every call of the journey", () => {
    const refused = recorded.filter(
      ({ name, call }) => evaluate(deployment.statements[name], call) !== "allowed",
    );

    expect(recorded.length).toBeGreaterThan(30);
    expect(refused).toEqual([]);
  });

  test("allow every call that only the mode relay makes", async () => {
    const calls = relayCallsIn(deployment);

    expect(calls.length).toBe(realTime === "relay" ? 18 : 0);
    for (const [purpose, name, call] of calls) {
      expect([purpose, evaluate(deployment.statements[name], call)]).toEqual([purpose, "allowed"]);
    }
  });

  test("allow the function that revokes what it does", async () => {
    const calls = revocationCallsIn(deployment);

    expect(calls.length).toBe(realTime === "relay" ? 11 : 6);
    for (const [purpose, call] of calls) {
      expect([purpose, await faultOf(call)]).toEqual([purpose, undefined]);
      expect([purpose, evaluate(deployment.statements.revoke, call)]).toEqual([purpose, "allowed"]);
    }
  });

  test("allow the reaper what it does", async () => {
    for (const [purpose, call] of reaperCallsIn(deployment)) {
      expect([purpose, await faultOf(call)]).toEqual([purpose, undefined]);
      expect([purpose, evaluate(deployment.statements.reaper, call)]).toEqual([purpose, "allowed"]);
    }
  });

  test("allow the attachments function what it does with an upload", async () => {
    for (const [purpose, call] of bucketCallsIn(deployment)) {
      expect([purpose, await faultOf(call, "demanded")]).toEqual([purpose, undefined]);
      expect([purpose, evaluate(deployment.statements.attachments, call)]).toEqual([purpose, "allowed"]);
    }
  });

  describe.each(functionNames)("for %s", (name) => {
    test.each(
      callsOnBehalf.map(({ action, reason, on }) => [action, reason, on] as const),
    )("allow %s: %s", (action, _, on) => {
      expect(evaluate(deployment.statements[name], { action, ...on(deployment, name) })).toBe("allowed");
    });
  });

  test.each(
    denials[realTime].map(({ sentence, callsIn }) => [sentence, callsIn] as const),
  )("do not allow %s", (_, callsIn) => {
    for (const { name, call } of callsIn(deployment)) {
      expect([name, evaluate(deployment.statements[name], call)]).toEqual([name, "not allowed"]);
    }
  });

  test("leave no right unused but those listed", () => {
    const unused = functionNames.flatMap((name) => {
      const calls = [
        ...recorded.filter((each) => each.name === name).map(({ call }) => call),
        ...relayCallsIn(deployment).flatMap(([, caller, call]) => (caller === name ? [call] : [])),
        ...(name === "revoke" ? revocationCallsIn(deployment).map(([, call]) => call) : []),
        ...(name === "reaper" ? reaperCallsIn(deployment).map(([, call]) => call) : []),
        ...(name === "attachments" ? bucketCallsIn(deployment).map(([, call]) => call) : []),
        ...callsOnBehalf.map(({ action, on }) => ({ action, ...on(deployment, name) })),
      ];
      return rightsOf(deployment.statements[name])
        .filter((right) => !calls.some((call) => evaluate([right], call) === "allowed"))
        .map(({ Action }) => `${name}: ${Action}`);
    });

    expect(unused).toEqual(unusedRights);
  });

  test("are the whole truth about the key: its own policy leaves all to the roles of the account", () => {
    expect(deployment.keyPolicy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:*",
          Resource: "*",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
        },
      ],
    });
  });
});
