import { ConnectParticipantClient, DisconnectParticipantCommand } from "@aws-sdk/client-connectparticipant";
import { createHandler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { connectionOperations } from "../../../lambdas/registries/connection.ts";
import { startOperations } from "../../../lambdas/registries/start-chat.ts";
import { createConnectionServices, createServices } from "../../../lambdas/services.ts";
import { createStartServices } from "../../../lambdas/start/start-services.ts";
import { openChat, startChat } from "../../support/chat.ts";
import { connectAtConnect, connectionBody, startAtConnect } from "./at-connect.ts";
import { callUrl, invoke, toEvent } from "./call.ts";
import type { Operation, Way } from "./measure-in-turn.ts";

const startBody = { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } };

/** The ways of operations that begin and end a chat: each time another chat, made ready before. */
export function chatWays(url: string): Readonly<Record<string, Readonly<Record<string, Operation | Way>>>> {
  const participant = new ConnectParticipantClient({});
  const start = createHandler("start-chat", createStartServices(process.env), startOperations);
  const connection = createHandler("connection", createConnectionServices(process.env), connectionOperations);
  const chat = createHandler("chat", createServices(process.env), chatOperations);
  const started = async () => (await startChat(url)).participantHandle;
  const connected = async () => (await openChat({ url })).connectionHandle;
  const startPost = { path: "/chat", body: startBody };
  const connectionPost = (bearer: string) => ({
    path: "/participant/connection",
    body: connectionBody,
    bearer,
  });
  const disconnectPost = (bearer: string) => ({ path: "/participant/disconnect", body: {}, bearer });
  return {
    StartChatContact: {
      connect: async () => void (await startAtConnect()),
      handler: () => invoke(start, toEvent(startPost)),
      gateway: async () => void (await callUrl(url, startPost)),
    },
    CreateParticipantConnection: {
      connect: way(startAtConnect, async (token) => void (await connectAtConnect(token))),
      handler: way(
        async () => toEvent(connectionPost(await started())),
        (event) => invoke(connection, event),
      ),
      gateway: way(started, async (handle) => void (await callUrl(url, connectionPost(handle)))),
    },
    DisconnectParticipant: {
      connect: way(
        async () => connectAtConnect(await startAtConnect()),
        async (ConnectionToken) =>
          void (await participant.send(new DisconnectParticipantCommand({ ConnectionToken }))),
      ),
      handler: way(
        async () => toEvent(disconnectPost(await connected())),
        (event) => invoke(chat, event),
      ),
      gateway: way(connected, async (handle) => void (await callUrl(url, disconnectPost(handle)))),
    },
  };
}

/** Each operation with something of its own, such as a chat, made ready before. */
function way<Prepared>(make: () => Promise<Prepared>, operation: (prepared: Prepared) => Promise<void>): Way {
  const ready: Prepared[] = [];
  return {
    prepare: async (operations) => {
      while (ready.length < operations) ready.push(await make());
    },
    operation: () => operation(ready.pop() as Prepared),
  };
}
