import { createReaperHandler } from "../reaper/reaper-handler.ts";
import { createReaperServices } from "../reaper/reaper-services.ts";

/** Finishes what starts left: a function of its own, because it alone comes without a request, every minute. */
export const handler = createReaperHandler(createReaperServices(process.env));
