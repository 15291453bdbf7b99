import { answered, notAsked, type Question } from "../question.ts";

/** API Gateway renames response headers that it owns. */
const remapped = "x-amzn-remapped-x-amzn-errortype";

/** Whether SDKs behind the owner's own API still find an error's type in its header. */
export const errorHeaderThroughApi: Question = {
  id: "errorHeaderThroughApi",
  title: "Does x-amzn-ErrorType pass the deployed API unmapped?",
  async ask({ probing }) {
    if (probing.api === undefined) {
      return notAsked("--api", "The URL of a deployed connect-chat-bff was not given.");
    }
    const response = await fetch(`${probing.api}/participant/message`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-amz-bearer": "a-handle-of-nobody" },
      body: JSON.stringify({ ContentType: "text/plain", Content: "Hello" }),
      signal: probing.signal,
    });
    const body = await response.text();
    if (response.ok) throw new Error(`${probing.api} accepted a message without a session.`);
    const inBody = `the body ${body.includes('"__type"') ? "has" : "lacks"} __type`;
    const header = response.headers.get("x-amzn-errortype");
    if (header !== null)
      return answered(true, `A ${response.status} carries x-amzn-ErrorType: ${header}; ${inBody}.`);
    const renamed = response.headers.get(remapped);
    return answered(
      false,
      `A ${response.status} carries ${renamed === null ? "no x-amzn-ErrorType" : `${remapped}: ${renamed}`}; ${inBody}.`,
    );
  },
};
