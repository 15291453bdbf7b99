import { createHandler } from "../chain.ts";
import { attachmentOperations } from "../operations/registry.ts";
import { createServices } from "../services.ts";

/** Uploads and downloads. */
export const handler = createHandler("attachments", createServices(process.env), attachmentOperations);
