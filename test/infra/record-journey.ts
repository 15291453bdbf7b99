import { type FunctionName, routes } from "../../lambdas/routes.ts";
import { settingNames } from "../../lambdas/setting-names.ts";
import { send } from "../support/chat.ts";
import { startFaultyDatabase } from "../support/faulty-database.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { type AwsRecorder, type RecordedRequest, startAwsRecorder } from "./aws-recorder.ts";
import { place } from "./resolve-template.ts";
import { type Take, takeJourney } from "./take-journey.ts";

/** What a function asked of AWS while it answered one request. */
export interface RecordedStep {
  /** What the visitor's page did. */
  readonly step: string;
  /** Path template of the route. */
  readonly route: string;
  readonly function: FunctionName;
  readonly status: number;
  readonly requests: readonly RecordedRequest[];
}

/** Has the journey made, served by functions that have the variables of a deployment. */
export async function recordJourney(
  environment: Readonly<Record<string, string>>,
): Promise<readonly RecordedStep[]> {
  const recorder = await startAwsRecorder();
  const database = await startFaultyDatabase();
  const system = await startTestSystem(settings(environment, recorder.url));
  recorder.connectTo({ database: database.url, connect: system.simulator.url });
  const steps: RecordedStep[] = [];
  const take = recordInto(steps, system, recorder);
  try {
    await takeJourney(take, system, database);
  } finally {
    await system.close();
    await database.close();
    await recorder.close();
  }
  return steps;
}

function settings(environment: Readonly<Record<string, string>>, url: string) {
  const names: readonly string[] = Object.values(settingNames);
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => names.includes(name))),
    AWS_REGION: place.region,
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_CONNECT: url,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: url,
  };
}

/** One request at a time, so that all that is asked meanwhile is asked by the function of its route. */
function recordInto(steps: RecordedStep[], { url }: TestSystem, { requests }: AwsRecorder): Take {
  return async (step, path, bearer, body) => {
    const route = routes.find((each) => each.path === path);
    if (route === undefined) throw new Error(`no route ${path}`);
    const before = requests.length;
    const answer = await send(url, path, { method: route.method, bearer, body });
    steps.push({
      step,
      route: path,
      function: route.function,
      status: answer.status,
      requests: requests.slice(before),
    });
    return answer.body;
  };
}
