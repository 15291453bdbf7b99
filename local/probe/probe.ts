import { probeUntilDone } from "./probe-until-done.ts";

// `npm run probe`
await probeUntilDone();
