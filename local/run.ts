import { runUntilStopped } from "./run-until-stopped.ts";

// `npm start`
await runUntilStopped();
