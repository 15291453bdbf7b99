import { revokeUntilDone } from "./revoke-until-done.ts";

// `npm run revoke`
await revokeUntilDone();
