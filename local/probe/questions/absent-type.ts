import { CreateParticipantConnectionCommand } from "@aws-sdk/client-connectparticipant";
import { answered, type Question } from "../question.ts";
import { named, readRefusal } from "../refusal.ts";

/** Whether `Type` may be left out when the customer connects. */
export const absentType: Question = {
  id: "absentType",
  title: "What does CreateParticipantConnection answer without Type?",
  async ask(context) {
    const { participantToken } = await context.startContact();
    try {
      const { Websocket, ConnectionCredentials } = await context.probing.connect.call(
        new CreateParticipantConnectionCommand({ ParticipantToken: participantToken }),
      );
      const members = [Websocket && "Websocket", ConnectionCredentials && "ConnectionCredentials"];
      const present = members.filter((member) => member !== undefined);
      const evidence = `It answered ${present.join(" and ") || "neither member"}.`;
      return present.length === 2
        ? answered("both", evidence, { switches: { absentType: "both" } })
        : answered(present.join() || "neither", evidence);
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (refusal?.status !== 400) throw thrown;
      return answered("refuse", `It was refused with ${named(refusal)}.`, {
        switches: { absentType: "refuse" },
      });
    }
  },
};
