// @ts-check

/** How long it stands after the last sign of typing, in milliseconds: chatjs sends one every 10 s. */
const typingMs = 12_000;

/** Who is typing, for as long as that can be believed. */
export class TypingSign {
  /** @type {string | undefined} */
  name;
  #timer = 0;
  /** @type {() => void} */
  #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} name */
  show(name) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.hide(), typingMs);
    this.name = name;
    this.#changed();
  }

  hide() {
    clearTimeout(this.#timer);
    if (this.name === undefined) return;
    this.name = undefined;
    this.#changed();
  }
}
