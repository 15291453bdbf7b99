// @ts-check
import { byId } from "./dom.js";

/** Says a sentence to those who hear the page, once they are free to listen. @param {string} words */
export function announce(words) {
  byId("announcer", HTMLElement).textContent = words;
}
