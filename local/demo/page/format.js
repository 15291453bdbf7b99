// @ts-check

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hour12: false });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dayMs = 86_400_000;

/** @param {string | undefined} iso @returns {Date | undefined} nothing where it is no time at all */
export function readTime(iso) {
  const date = new Date(iso ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Hours and minutes, in the reader's own way. @param {Date} date */
export function showClock(date) {
  return clock.format(date);
}

/** To the second. @param {Date} date */
export function showSeconds(date) {
  return seconds.format(date);
}

/** Date and time. @param {Date} date */
export function showDate(date) {
  return dayAndClock.format(date);
}

/** "Today", "Yesterday", or the day. @param {Date} date @param {Date} now */
export function showDay(date, now = new Date()) {
  const day = date.toDateString();
  if (day === now.toDateString()) return "Today";
  if (day === new Date(now.getTime() - dayMs).toDateString()) return "Yesterday";
  return longDay.format(date);
}

/** @param {number} bytes */
export function showSize(bytes) {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A file's kind in a word. @param {string} name @param {string} contentType */
export function showKind(name, contentType) {
  const [, ending] = /\.([A-Za-z0-9]{1,5})$/.exec(name) ?? [];
  return (ending ?? contentType.split("/").at(-1) ?? "file").toUpperCase();
}
