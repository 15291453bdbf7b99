import { randomUUID } from "node:crypto";
import { StopContactCommand } from "@aws-sdk/client-connect";
import { refusalQuestion } from "../refusal-question.ts";

/** What is told to who stops a contact that never was. */
export const stopUnknownContact = refusalQuestion(
  "stopUnknownContact",
  "Is StopContact accepted for a contact that does not exist?",
  ({ probing }) =>
    probing.connect.manage(
      new StopContactCommand({ InstanceId: probing.instanceId, ContactId: randomUUID() }),
    ),
);
