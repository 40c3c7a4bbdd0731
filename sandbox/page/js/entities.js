// Turns a message's text and entities into nodes; offsets are UTF-16 units, as in JavaScript's strings.

import { el, icon } from "./dom.js";
import { entityTime, inFull } from "./times.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * The text as nodes. `chat` says what a reader can do with it:
 * { locale, now(), send(text), copy(text), open(url) -> handled here? }.
 */
export function formatted(text, entities, chat) {
  const spans = (entities ?? [])
    .map((entity) => ({
      entity,
      from: entity.offset,
      to: Math.min(entity.offset + entity.length, text.length),
    }))
    .filter(({ from, to }) => from >= 0 && from < to);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, spans, chat);
  return fragment;
}

const outerFirst = (a, b) => a.from - b.from || b.to - a.to;

function fill(parent, text, from, to, spans, chat) {
  let at = from;
  let rest = [...spans].sort(outerFirst);
  while (rest.length) {
    const span = rest.shift();
    parent.append(text.slice(at, span.from));
    const inside = rest.filter((other) => other.from < span.to);
    // Entities that overlap without nesting are cut in two where the outer one ends.
    const cut = inside
      .filter((other) => other.to > span.to)
      .map((other) => ({ ...other, from: span.to }));
    rest = [...cut, ...rest.filter((other) => other.from >= span.to)].sort(outerFirst);
    const { node, inner } = dress(span.entity, text.slice(span.from, span.to), chat);
    parent.append(node);
    if (inner) {
      fill(
        inner,
        text,
        span.from,
        span.to,
        inside.map((other) => ({ ...other, to: Math.min(other.to, span.to) })),
        chat,
      );
    }
    at = span.to;
    // A block ends its line by itself.
    if (BLOCKS.has(span.entity.type) && text[at] === "\n") at += 1;
  }
  parent.append(text.slice(at, Math.max(at, to)));
}

/** The node of one entity, and the node its text goes into (none where it is there already). */
function dress(entity, words, chat) {
  const same = (node) => ({ node, inner: node });
  const { type } = entity;
  if (TAGS[type]) return same(el(TAGS[type]));
  if (type === "spoiler") return same(spoiler());
  if (type === "blockquote") return same(el("blockquote"));
  if (type === "expandable_blockquote") return expandable();
  if (type === "code") return same(copied(el("code", { title: "Copy" }), words, chat));
  if (type === "pre") return pre(entity, words, chat);
  if (type === "date_time") return moment(entity, chat);
  if (type === "bot_command")
    return same(
      el("button", { type: "button", class: "command", onclick: () => chat.send(words) }),
    );
  const address = addressOf(entity, words);
  if (address) return same(link(address, chat));
  if (["mention", "text_mention", "hashtag", "cashtag"].includes(type))
    return same(el("span", { class: "mention" }));
  return same(el("span"));
}

function spoiler() {
  const node = el("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": "Hidden text, press to show",
  });
  const show = (event) => {
    if (!node.classList.contains("spoiler")) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    node.className = "revealed";
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, true);
  node.addEventListener("keydown", show, true);
  return node;
}

function expandable() {
  const inner = el("div", { class: "quoted" });
  const toggle = el(
    "button",
    {
      type: "button",
      class: "expand",
      "aria-expanded": "false",
      "aria-label": "Show the whole quotation",
    },
    icon("chevron"),
  );
  const node = el("blockquote", { class: "expandable" }, inner, toggle);
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(node.classList.toggle("open")));
  });
  requestAnimationFrame(() => {
    if (node.isConnected && inner.clientHeight && inner.scrollHeight <= inner.clientHeight + 2)
      toggle.remove();
  });
  return { node, inner };
}

function pre(entity, words, chat) {
  const inner = el("code");
  const node = el(
    "pre",
    { title: "Copy" },
    entity.language ? el("span", { class: "language" }, entity.language) : null,
    inner,
  );
  return { node: copied(node, words, chat), inner };
}

function copied(node, words, chat) {
  node.addEventListener("click", () => {
    if (!String(getSelection())) chat.copy(words);
  });
  return node;
}

function moment(entity, chat) {
  const date = new Date(entity.unix_time * 1000);
  const format = entity.date_time_format ?? "";
  const shown = entityTime(date, format, chat.locale, chat.now());
  const node = el(
    "time",
    {
      class: "moment",
      datetime: date.toISOString(),
      title: inFull(date),
      "data-relative": format === "r",
    },
    shown,
  );
  return { node, inner: shown === null ? node : null };
}

function addressOf(entity, words) {
  if (entity.type === "text_link") return entity.url;
  if (entity.type === "url") return /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`;
  if (entity.type === "email") return `mailto:${words}`;
  if (entity.type === "phone_number") return `tel:${words.replace(/[^\d+]/g, "")}`;
  return null;
}

const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

function link(address, chat) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    // What is no address is shown as words.
  }
  if (!url || !SAFE.has(url.protocol)) return el("span");
  const node = el("a", {
    href: url.href,
    target: "_blank",
    rel: "noopener noreferrer",
    title: url.href,
  });
  node.addEventListener("click", (event) => {
    if (chat.open(url)) event.preventDefault();
  });
  return node;
}
