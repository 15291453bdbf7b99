import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { settingNames } from "../../../lambdas/setting-names.ts";
import { answered, notAsked, type Question } from "../question.ts";
import { readRefusal } from "../refusal.ts";

/** Messages sent at once. */
const burst = 20;

/** Messages that Amazon Connect's default quota lets through at once. */
const defaultBurst = 15;

/** How much of a burst the instance takes. Asked only on demand: for a second it takes the whole instance's quota. */
export const sendMessageQuota: Question = {
  id: "sendMessageQuota",
  title: `How many of ${burst} messages sent at once are refused?`,
  async ask(context) {
    if (!context.probing.quotas) {
      return notAsked("--quotas", "For a second it takes the SendMessage quota of the whole instance.");
    }
    const { chat } = await context.connectChat();
    const startedAt = context.now();
    const calls = Array.from({ length: burst }, (_, number) =>
      context.probing.connect.callAtOnce(
        new SendMessageCommand({
          ConnectionToken: chat.token,
          ContentType: "text/plain",
          Content: `${number}`,
        }),
      ),
    );
    const outcomes = await Promise.allSettled(calls);
    const refused = outcomes.filter(
      (outcome) => outcome.status === "rejected" && readRefusal(outcome.reason)?.status === 429,
    ).length;
    const evidence = `${burst} calls in ${context.now() - startedAt} ms: ${refused} were refused with 429.`;
    return answered(refused, evidence, {
      ...(burst - refused < defaultBurst && {
        recommendation: `${settingNames.limits} with a smaller message limit, or a larger quota from AWS`,
      }),
    });
  },
};
