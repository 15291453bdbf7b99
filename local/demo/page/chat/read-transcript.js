// @ts-check

/** Items of one page, the most there can be, and pages at most: 2,000 items are more than anybody reads. */
const pageItems = 100;
const mostPages = 20;
const tries = 4;
const pauseMs = 2_000;

/**
 * Reads everything that was said so far: the socket tells only what happens while it is open.
 *
 * @param {any} session chatjs' own
 * @param {import("./transcript.js").Transcript} transcript gets the items
 */
export async function readTranscript(session, transcript) {
  let nextToken = "";
  for (let page = 0; page < mostPages; page += 1) {
    const { data } = await patiently(() =>
      session.getTranscript({
        maxResults: pageItems,
        scanDirection: "BACKWARD",
        sortOrder: "ASCENDING",
        ...(nextToken && { nextToken }),
      }),
    );
    for (const item of data?.Transcript ?? []) transcript.add(item);
    nextToken = data?.NextToken ?? "";
    if (!nextToken) return;
  }
}

/** @template Answer @param {() => Promise<Answer>} ask @returns {Promise<Answer>} */
async function patiently(ask) {
  for (let left = tries; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      const status = /** @type {{ statusCode?: number } | undefined} */ (error)?.statusCode ?? 0;
      if (left <= 1 || (status > 0 && status < 429)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
