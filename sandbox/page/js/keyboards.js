// Draws inline keyboards under a message and answers what their buttons do.

import { el, icon } from "./dom.js";

/** Rows of inline buttons, or null; `chat` carries out what a pressed one asks for. */
export function inlineKeyboard(message, chat) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const node = el("div", {
    class: "keyboard",
    role: "group",
    "aria-label": "Buttons",
    "data-rows": JSON.stringify(rows),
  });
  for (const row of rows)
    node.append(rowOf(row.map((button) => inlineButton(message, button, chat))));
  return node;
}

const rowOf = (buttons) => el("div", { class: "row", "data-many": buttons.length > 4 }, ...buttons);

function inlineButton(message, button, chat) {
  const node = el(
    "button",
    { type: "button", class: "inline", "data-style": button.style, title: button.text },
    el("span", { class: "label" }, button.text),
  );
  if (button.url) node.append(el("span", { class: "corner" }, icon("out")));
  node.addEventListener("click", () => press(message, button, node, chat));
  return node;
}

function press(message, button, node, chat) {
  if (button.callback_data !== undefined)
    return chat.tap(message.message_id, button.callback_data, node);
  if (button.url) return openUrl(button.url, chat);
  if (button.copy_text) return chat.copy(button.copy_text.text);
  const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (query !== undefined) return chat.draft(`@${chat.username} ${query}`);
  return chat.notice("The sandbox has no such button.");
}

function openUrl(address, chat) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return chat.notice("This button's address is not valid.");
  }
  if (chat.open(url)) return null;
  if (!["http:", "https:"].includes(url.protocol))
    return chat.notice(`The sandbox does not open ${url.protocol} addresses.`);
  return open(url.href, "_blank", "noopener,noreferrer");
}

/** Keeps the keyboard that stayed the same (and the progress shown on it), else the place of the focus. */
export function carryKeyboard(before, after) {
  const old = before.querySelector(".keyboard");
  const next = after.querySelector(".keyboard");
  if (old && next && old.dataset.rows === next.dataset.rows) {
    next.replaceWith(old);
    return null;
  }
  const focused = old?.contains(document.activeElement) ? document.activeElement : null;
  if (!focused || !next) return null;
  const buttons = [...next.querySelectorAll("button")];
  return buttons.find((button) => button.title === focused.title) ?? buttons[0];
}

/** The reply keyboard; `press` gets the button as { text, request_location, … }. */
export function replyKeyboard(markup, press) {
  const node = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Quick replies" });
  for (const row of markup.keyboard) {
    const keys = row.map((key) => (typeof key === "string" ? { text: key } : key));
    node.append(rowOf(keys.map((key) => replyKey(key, press))));
  }
  return node;
}

function replyKey(key, press) {
  return el(
    "button",
    { type: "button", class: "reply-key", "data-style": key.style, onclick: () => press(key) },
    key.request_location ? icon("pin") : null,
    el("span", { class: "label" }, key.text),
  );
}
