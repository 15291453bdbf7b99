/**
 * The runtime reads Unicode's tables to make these, which takes it a tenth of the function's whole start: so only for
 * a name that needs them.
 */
interface Patterns {
  /**
   * Emoji as people type them, joiners and selectors included: families, flags, skin tones, ❤️. Unicode UTS #51's list of
   * sequences for general interchange, as the runtime knows it.
   */
  readonly emoji: RegExp;
  /**
   * Joiners where a script needs them to be spelled right, and nowhere else: a non-joiner between two letters (Persian
   * می‌خواهم), a joiner after a letter or virama (Sinhala ක්‍ෂ, Arabic ه‍); Unicode UAX #31 §2.3. Selectors that choose the
   * shape of a Han ideograph or a Mongolian letter.
   */
  readonly spelling: RegExp;
  /**
   * What a reader cannot see or what changes the order of what is seen: controls, formats (bidi, zero-width, tags),
   * private use, line separators, characters that are ignorable by default, blanks that are not spaces (U+2800,
   * U+FFFC, U+1D159), lone surrogates and unassigned code points, save those reserved for emoji to come.
   */
  readonly hidden: RegExp;
  /** More marks than any spelling puts on one letter: they pile up over the text around them. */
  readonly piledMarks: RegExp;
}

let made: Patterns | undefined;

function patterns(): Patterns {
  made ??= makePatterns();
  return made;
}

function makePatterns(): Patterns {
  const scripts = "Arab Syrc Mong Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr"
    .split(" ")
    .map((script) => `\\p{scx=${script}}`)
    .join("");
  return {
    // No literals: those are read as soon as the file is.
    emoji: /\p{RGI_Emoji}/gv,
    spelling: new RegExp(
      `(?<=[${scripts}])\\u200C(?=[${scripts}])|(?<=[${scripts}])\\u200D|` +
        "(?<=\\p{Unified_Ideograph})[\\u{E0100}-\\u{E01EF}]|(?<=\\p{sc=Mong})[\\u180B-\\u180D\\u180F]",
      "gv",
    ),
    hidden:
      /[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}]--[\p{Extended_Pictographic}]]/gv,
    piledMarks: /\p{M}{9,}/gv,
  };
}

/** ASCII without its controls: most names, and nothing hides in them. */
const plain = /^[ -~]*$/;

/** Whether a name hides something from whoever reads it. */
export function hidesCharacters(name: string): boolean {
  if (plain.test(name)) return false;
  const { emoji, spelling, hidden, piledMarks } = patterns();
  const rest = name.replace(emoji, "").replace(spelling, "");
  return rest.search(hidden) >= 0 || rest.search(piledMarks) >= 0;
}

/** The name without what {@link hidesCharacters} objects to. */
export function revealCharacters(name: string): string {
  if (plain.test(name)) return name;
  const { emoji, spelling, hidden, piledMarks } = patterns();
  const kept = [...name.matchAll(emoji), ...name.matchAll(spelling)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  let revealed = "";
  let position = 0;
  for (const { start, end } of kept.toSorted((a, b) => a.start - b.start)) {
    if (start < position) continue;
    revealed += name.slice(position, start).replace(hidden, "") + name.slice(start, end);
    position = end;
  }
  return (revealed + name.slice(position).replace(hidden, "")).replace(piledMarks, "");
}
