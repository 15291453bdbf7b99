// @ts-check

import { createChatPart } from "./chat/chat-part.js";
import { createAgentPart } from "./console/agent-part.js";
import { byId } from "./dom.js";
import { createExchangeLog } from "./strip/exchange-log.js";
import { createHoldings } from "./strip/holdings.js";

const modeWords = {
  relay: "Relay mode: the socket is the service’s own",
  direct: "Direct mode: the socket is Amazon Connect’s",
};

/** @type {{ mode: "relay" | "direct", flows: string[], simulated: boolean }} */
const { mode, flows, simulated } = await (await fetch("/demo/config.json")).json();

byId("mode-words", HTMLElement).textContent = modeWords[mode];
createExchangeLog();
const chat = createChatPart(flows);
createHoldings(chat, mode);
createAgentPart(chat, simulated);
