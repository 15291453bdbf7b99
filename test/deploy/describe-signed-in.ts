import { beforeAll, describe, expect, it } from "vitest";
import { type ApiAnswer, connectChat, send } from "../support/chat.ts";
import type { Deployment } from "./deployment.ts";
import { revokeAsOwner } from "./revoke-as-owner.ts";
import { keysAddress } from "./translate-addresses.ts";

const issuer = "https://login.example.com";

/** Few at once, and the next in ten minutes: what is admitted then says how many there may be. */
const few = { intervalMs: 600_000, burst: 3 };

/** Deploys a sign-in and limits that a test can meet; looks at both, and at the revocation of what a subject started. */
export function describeSignedIn(deployment: () => Deployment): void {
  describe("a stack for those who signed in, with limits", () => {
    let chats: readonly Chat[];

    beforeAll(async () => {
      await deployment().update("deploy a sign-in and limits", {
        startAuth: "jwt",
        jwtIssuer: issuer,
        jwtAudience: "chat-page",
        jwtJwksUri: keysAddress,
        startLimits: JSON.stringify({ subject: few }),
        chatsPerSubject: "10",
        limits: JSON.stringify({ message: few }),
      });
    });

    const start = async (sub: string) => {
      const token = await deployment().issuer.sign({ iss: issuer, sub });
      return send(deployment().endpoint, "/chat", {
        headers: { authorization: `Bearer ${token}` },
        body: { ContactFlowId: "support", Username: sub },
      });
    };
    const say = ({ connectionHandle }: Chat) =>
      send(deployment().endpoint, "/participant/message", {
        bearer: connectionHandle,
        body: { ContentType: "text/plain", Content: "hello" },
      });
    const read = ({ connectionHandle }: Chat) =>
      send(deployment().endpoint, "/participant/transcript", { bearer: connectionHandle });

    it("starts no chat for a stranger", async () => {
      const body = { ContactFlowId: "support", Username: "nobody" };
      const answer = await send(deployment().endpoint, "/chat", { body });

      expect([answer.status, answer.body["reason"]]).toEqual([401, "SignInRequired"]);
    });

    it("starts exactly as many chats as a subject may start at once", async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => start("jane")));
      const started = answers.filter(({ status }) => status === 200);
      const refused = answers.filter(({ status }) => status === 429);
      chats = await Promise.all(started.map((answer) => open(deployment(), answer)));

      expect(started).toHaveLength(3);
      expect(refused.map(({ body }) => body["reason"])).toEqual(Array(3).fill("TooManyStarts"));
      expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(500);
    });

    it("takes exactly as many messages of a chat as it may send at once", async () => {
      const [chat] = chats;
      if (!chat) throw new Error("no chat");
      const answers = await Promise.all(Array.from({ length: 8 }, () => say(chat)));
      const refused = answers.filter(({ status }) => status === 429);

      expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
      expect(refused.map(({ body }) => body["reason"])).toEqual(Array(5).fill("RateLimited"));
    });

    it("ends a subject's chats when the owner revokes it, and nobody else's", async () => {
      const other = await open(deployment(), await start("joe"));
      const { awsEndpoint } = deployment();
      const said = await revokeAsOwner(awsEndpoint, "--subject", "jane", "--issuer", issuer);
      // Not by a message: the first chat's are refused for a while, whatever else becomes of it.
      const after = await Promise.all([...chats, other].map(read));
      const contacts = new Map(
        (await deployment().simulator.contacts()).map(({ ContactId, Status }) => [ContactId, Status]),
      );

      expect(said).toBe("3 sessions revoked, 0 sockets closed, 3 contacts stopped, 0 remaining\n");
      expect(after.map(({ status }) => status)).toEqual([403, 403, 403, 200]);
      const statuses = [...chats, other].map(({ contactId }) => contacts.get(contactId));
      expect(statuses.slice(0, 3)).toEqual(Array(3).fill("ENDED"));
      expect(statuses[3]).not.toBe("ENDED");
    });
  });
}

interface Chat {
  readonly contactId: string;
  readonly connectionHandle: string;
}

async function open({ endpoint }: Deployment, answer: ApiAnswer): Promise<Chat> {
  const { data } = answer.body as {
    data: { startChatResult: Record<"ContactId" | "ParticipantToken", string> };
  };
  const { ContactId, ParticipantToken } = data.startChatResult;
  return { contactId: ContactId, connectionHandle: await connectChat(endpoint, ParticipantToken) };
}
