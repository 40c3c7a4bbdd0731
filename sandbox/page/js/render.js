// Draws one message: its bubble, what it carries, its time, and the keyboard under it.

import { el, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { carryKeyboard, inlineKeyboard } from "./keyboards.js";
import { carryOver, media } from "./media.js";
import { inFull, minuteOf } from "./times.js";

const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|\u200D\p{Extended_Pictographic})*){1,3}$/u;
const SERVICE = {
  pinned_message: () => "pinned a message",
  group_chat_created: () => "created the group",
  new_chat_members: (users) => `added ${users.map((user) => user.first_name).join(", ")}`,
  left_chat_member: (user) => `removed ${user.first_name}`,
};

/** The node of a message, with `data-message-id`. */
export function messageNode(message, chat) {
  const side = message.out ? "out" : "in";
  const node = el("article", { class: `message ${side}`, "data-message-id": message.message_id });
  const service = Object.keys(SERVICE).find((name) => message[name] !== undefined);
  if (service) {
    node.className = "message service";
    node.append(
      el(
        "span",
        { class: "text" },
        `${message.from?.first_name ?? "Someone"} ${SERVICE[service](message[service])}`,
      ),
    );
    return node;
  }
  if (message.effect_id) node.classList.add("effect");
  node.append(bubble(message, chat));
  const keyboard = inlineKeyboard(message, chat);
  if (keyboard) node.append(keyboard);
  return node;
}

function bubble(message, chat) {
  const carried = media(message);
  const words = message.text ?? message.caption ?? "";
  const node = el("div", { class: "bubble" });
  node.append(
    el("span", { class: "sr" }, `${message.out ? chat.person.first_name : chat.botName()}: `),
  );
  if (message.via_bot) node.append(via(message.via_bot, chat));
  if (message.reply_to_message) node.append(quoted(message.reply_to_message, chat));
  if (carried) node.append(carried.node);
  if (carried?.wide) node.style.width = `${carried.wide}px`;
  if (carried && !words) node.classList.add(carried.bare ? "bare" : "captionless");
  if (words || !carried) node.append(body(message, words, !carried, chat));
  else node.append(el("div", { class: "body" }, marks(message)));
  if (!carried && ONLY_EMOJI.test(words) && !message.entities?.length)
    node.classList.add("jumbo", "bare");
  if (message.show_caption_above_media && carried && words) node.append(carried.node);
  const answer = iconButton("reply", "Reply to this message", { class: "answer" });
  answer.addEventListener("click", () => chat.replyTo(message));
  node.append(answer);
  return node;
}

function body(message, words, alone, chat) {
  const text = el("span", { class: "text" });
  const known = words || !alone;
  text.append(
    known
      ? formatted(words, message.entities ?? message.caption_entities, chat)
      : `(${unknownKind(message)})`,
  );
  return el("div", { class: "body" }, text, marks(message));
}

const PLAIN = new Set([
  "message_id",
  "from",
  "chat",
  "date",
  "out",
  "edit_date",
  "reply_markup",
  "reply_to_message",
  "via_bot",
]);
const unknownKind = (message) =>
  Object.keys(message)
    .filter((name) => !PLAIN.has(name))
    .join(", ") || "empty message";

function marks(message) {
  const date = new Date(message.date * 1000);
  return el(
    "span",
    { class: "marks" },
    message.edit_date && !message.out ? el("span", { class: "edited" }, "edited") : null,
    el("time", { datetime: date.toISOString(), title: inFull(date) }, minuteOf(date)),
    message.out ? icon("ticks") : null,
  );
}

/** One line that stands for a message elsewhere. */
export function summary(message) {
  const words = message.text ?? message.caption;
  if (words) return words.split("\n")[0];
  const kind = ["animation", "photo", "sticker", "voice", "location", "document"].find(
    (name) => message[name],
  );
  return kind ? kind[0].toUpperCase() + kind.slice(1) : "Message";
}

function quoted(message, chat) {
  const author = message.from?.is_bot
    ? chat.botName()
    : (message.from?.first_name ?? chat.person.first_name);
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => chat.show(message.message_id) },
    el("span", { class: "author" }, author),
    el("span", { class: "line" }, summary(message)),
  );
}

/** Names the bot that a person sent the message through; a press begins a query to it. */
function via({ username }, chat) {
  const draft = () => chat.draft(`@${username} `);
  return el("button", { type: "button", class: "via", onclick: draft }, `via @${username}`);
}

/** Puts the edited message in the place of what stood there, without a flicker or a lost focus. */
export function replaceMessage(before, after) {
  carryOver(before, after);
  const focus = carryKeyboard(before, after);
  const inside = before.contains(document.activeElement) ? document.activeElement : null;
  for (const name of ["first", "last"])
    after.classList.toggle(name, before.classList.contains(name));
  before.replaceWith(after);
  // Moving a node drops its focus; give it back.
  (focus ?? (inside?.isConnected ? inside : null))?.focus({ preventScroll: true });
}
