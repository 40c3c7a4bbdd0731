// Turns moments into the words the page shows, in the browser's zone.

const PAGE = "en-GB";
const forms = new Map();

function form(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!forms.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat(locale || undefined, options);
    } catch {
      made = new Intl.DateTimeFormat(undefined, options);
    }
    forms.set(key, made);
  }
  return forms.get(key);
}

const MINUTE = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** "07:29" */
export const minuteOf = (date) => form(PAGE, MINUTE).format(date);

/** "Mon 07:29" */
export const weekdayMinute = (date) =>
  `${form(PAGE, { weekday: "short" }).format(date)} ${minuteOf(date)}`;

/** "24 Nov" */
export const shortDay = (date) => form(PAGE, { day: "numeric", month: "short" }).format(date);

/** "Monday 24 November 2025 at 07:29" */
export const inFull = (date) =>
  `${form(PAGE, { dateStyle: "full" }).format(date)} at ${minuteOf(date)}`;

/** A key that two moments share when they fall on one local day. */
export const dayKey = (date) => `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;

/** "Today", "Yesterday" or "Mon 24 November", with the year where it is another. */
export function dayLabel(date, now) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) return "Today";
  if (dayKey(date) === dayKey(yesterday)) return "Yesterday";
  const options = { weekday: "short", day: "numeric", month: "long" };
  if (date.getFullYear() !== now.getFullYear()) options.year = "numeric";
  return form(PAGE, options).format(date);
}

/** "1 day 2 h 5 min"; `seconds` is not negative. */
export function span(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ];
  const words = parts
    .filter(([n]) => n)
    .map(([n, unit]) => `${n} ${unit === "day" && n > 1 ? "days" : unit}`);
  return words.join(" ") || "less than a minute";
}

/** A `date_time` entity in a person's own form; null where its format asks for the text itself. */
export function entityTime(date, format, locale, now) {
  if (!format) return null;
  if (format === "r") return relative(date, now, locale);
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d"))
    Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D"))
    Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) options.second = "2-digit";
  return Object.keys(options).length ? form(locale, options).format(date) : null;
}

/** "in 5 minutes", "3 days ago". */
function relative(date, now, locale) {
  const seconds = Math.round((date - now) / 1000);
  const size = Math.abs(seconds);
  const [unit, length] = [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ].find(([, n]) => size >= n) ?? ["second", 1];
  let words;
  try {
    words = new Intl.RelativeTimeFormat(locale || undefined, { numeric: "auto" });
  } catch {
    words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  }
  return words.format(Math.round(seconds / length), unit);
}
