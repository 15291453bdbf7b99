import { runUntilStopped } from "../../../local/run-until-stopped.ts";

// `npm start` on the functions in TEST_LAMBDAS instead of ours.
const lambdas = process.env["TEST_LAMBDAS"];
await runUntilStopped(lambdas === undefined ? {} : { lambdas });
