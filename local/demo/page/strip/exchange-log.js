// @ts-check
import { byId, element } from "../dom.js";
import { showSeconds } from "../format.js";
import { traffic } from "./observe-traffic.js";

/** Rows kept. */
const mostRows = 60;
const keepAlive = new Set(["aws/ping", "aws/heartbeat"]);

/** Shows each exchange as a row, newest first; the frames that only keep a socket alive share one. */
export function createExchangeLog() {
  const table = byId("log", HTMLTableElement);
  const body = table.tBodies[0] ?? table.createTBody();
  let beats = 0;
  const beatRow = element("tr", { class: "socket" });

  traffic.on((exchange) => {
    const time = showSeconds(exchange.at);
    if (exchange.kind === "frame" && keepAlive.has(exchange.topic)) {
      beats += 1;
      beatRow.replaceChildren(...cells([time, "⇄ heartbeat and ping", `${beats} frames`, ""]));
      if (!beatRow.isConnected) body.prepend(beatRow);
    } else {
      body.prepend(toRow(exchange, time));
    }
    if (body.rows.length > mostRows) body.rows[body.rows.length - 1]?.remove();
    byId("log-empty", HTMLElement).hidden = true;
    table.hidden = false;
  });
}

/** @param {import("./observe-traffic.js").Exchange} exchange @param {string} time */
function toRow(exchange, time) {
  if (exchange.kind === "request") {
    const { name, status, ms, reason } = exchange;
    const bad = status === 0 || status >= 400;
    const answer = status === 0 ? "no answer" : [status, reason].filter(Boolean).join(" ");
    return element("tr", bad ? { class: "bad" } : {}, ...cells([time, name, answer, String(ms)]));
  }
  if (exchange.kind === "socket") {
    return element("tr", { class: "socket" }, ...cells([time, "socket", exchange.event, ""]));
  }
  const { direction, topic, about } = exchange;
  const arrow = direction === "sent" ? "→" : "←";
  return element("tr", { class: "socket" }, ...cells([time, `${arrow} ${topic}`, about.toLowerCase(), ""]));
}

/** @param {string[]} texts */
function cells(texts) {
  return texts.map((text, index) => element("td", index === 3 ? { class: "number" } : {}, text));
}
