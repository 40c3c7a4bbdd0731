// Keeps a chat's messages in order, under their days, and the reader where they are.

import { el, iconButton } from "./dom.js";
import { messageNode, replaceMessage } from "./render.js";
import { dayKey, dayLabel, entityTime } from "./times.js";

const NEAR = 48;
const TOGETHER = 300;
const RESTING = 900;
const BY_HAND = 1500; // milliseconds in which a scroll still follows from a gesture

/** The scrolling list of messages. */
export class Feed {
  constructor(chat) {
    this.chat = chat;
    this.messages = new Map();
    this.nodes = new Map();
    this.stuck = true;
    this.unseen = 0;
    this.top = 0;
    this.moved = -BY_HAND;
    this.list = el("div", {
      class: "list",
      role: "log",
      "aria-live": "off",
      "aria-label": "Messages",
    });
    this.scroller = el(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": "Conversation" },
      this.list,
    );
    this.pill = iconButton("down", "Go to the newest message", { class: "pill", hidden: true });
    this.count = el("span", { class: "count" });
    this.pill.append(this.count);
    this.node = el("div", { class: "feed" }, this.scroller, this.pill);
    this.watch();
  }

  watch() {
    this.scroller.addEventListener(
      "scroll",
      () => {
        this.placed();
        this.floatDays();
      },
      { passive: true },
    );
    this.pill.addEventListener("click", () => this.toBottom());
    for (const gesture of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      this.scroller.addEventListener(
        gesture,
        () => {
          this.moved = performance.now();
        },
        { passive: true },
      );
    }
    const sizes = new ResizeObserver(() => this.settle());
    sizes.observe(this.list);
    sizes.observe(this.scroller);
  }

  get empty() {
    return this.messages.size === 0;
  }

  /** Makes the list show exactly these messages; those that stay the same are not drawn again. */
  load(messages) {
    this.list.setAttribute("aria-live", "off");
    const wanted = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.messages.keys()]) if (!wanted.has(id)) this.remove(id);
    for (const message of messages) this.put(message);
    this.settle();
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), 300);
  }

  /** Adds a message or puts its newer form in its place; says whether it was new. */
  put(message) {
    const id = message.message_id;
    const before = this.messages.get(id);
    if (before && JSON.stringify(before) === JSON.stringify(message)) return false;
    this.messages.set(id, message);
    const node = messageNode(message, this.chat);
    const old = this.nodes.get(id);
    this.nodes.set(id, node);
    if (old) replaceMessage(old, node);
    else this.insert(message, node);
    return !old;
  }

  insert(message, node) {
    const later = [...this.nodes.keys()].filter(
      (id) => id > message.message_id && this.nodes.get(id).isConnected,
    );
    if (later.length) {
      this.rebuild();
      return;
    }
    const key = dayKey(new Date(message.date * 1000));
    let day = this.list.lastElementChild;
    if (day?.dataset.day !== key) {
      day = this.day(key, message.date);
      this.list.append(day);
    }
    this.group(day.querySelector(".message:last-child"), node, message);
    day.append(node);
  }

  /** A message older than the newest one came in: lay everything out again in order. */
  rebuild() {
    this.list.replaceChildren();
    const all = [...this.messages.values()].sort((a, b) => a.message_id - b.message_id);
    this.messages = new Map(all.map((message) => [message.message_id, message]));
    const nodes = this.nodes;
    this.nodes = new Map();
    for (const message of all) {
      const node = nodes.get(message.message_id);
      this.insert(message, node);
      this.nodes.set(message.message_id, node);
    }
  }

  day(key, date) {
    const label = el("time", { datetime: new Date(date * 1000).toISOString() });
    const node = el(
      "section",
      { class: "day", "data-day": key },
      el("h3", { class: "separator" }, label),
    );
    label.textContent = dayLabel(new Date(date * 1000), this.chat.now());
    return node;
  }

  /** Messages of one side that follow each other closely stand together. */
  group(above, node, message) {
    const before = above && this.messages.get(Number(above.dataset.messageId));
    const same =
      before &&
      Boolean(before.out) === Boolean(message.out) &&
      message.date - before.date < TOGETHER &&
      !above.classList.contains("service");
    node.classList.toggle("first", !same);
    node.classList.add("last");
    if (same) above.classList.remove("last");
  }

  remove(id) {
    const node = this.nodes.get(id);
    const day = node?.closest(".day");
    const above = node?.previousElementSibling;
    if (node?.classList.contains("last") && above?.classList.contains("message"))
      above.classList.add("last");
    node?.remove();
    if (day && !day.querySelector(".message")) day.remove();
    this.nodes.delete(id);
    this.messages.delete(id);
  }

  /** Words that depend on the present moment: day labels and relative times. */
  refresh(now) {
    for (const label of this.list.querySelectorAll(".separator time"))
      label.textContent = dayLabel(new Date(label.dateTime), now);
    for (const time of this.list.querySelectorAll("time[data-relative]")) {
      time.textContent = entityTime(new Date(time.dateTime), "r", this.chat.locale, now);
    }
  }

  /** A new message is there: follow it, or say so where the reader is further up. */
  arrived(mine) {
    this.placed();
    if (mine || this.stuck) {
      this.toBottom();
      return;
    }
    this.unseen += 1;
    this.showPill();
  }

  placed() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (!clientHeight) {
      this.top = 0;
      return;
    }
    // Only a move upwards by hand is the reader's wish; a list that shrank or grew is not.
    const up = scrollTop < this.top && performance.now() - this.moved < BY_HAND;
    this.top = scrollTop;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR || (this.stuck && !up);
    if (this.stuck) this.unseen = 0;
    this.showPill();
  }

  /** The day that hangs over other messages is seen only while the list moves. */
  floatDays() {
    for (const label of this.list.querySelectorAll(".separator")) {
      label.classList.toggle("floating", label.offsetTop - label.parentElement.offsetTop > 24);
    }
    this.list.classList.add("moving");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.list.classList.remove("moving"), RESTING);
  }

  showPill() {
    this.pill.hidden = this.stuck;
    const words = this.unseen === 1 ? "New message" : `${this.unseen} new messages`;
    this.count.textContent = this.unseen ? words : "";
    this.pill.setAttribute(
      "aria-label",
      this.unseen ? `${words}, go to the newest` : "Go to the newest message",
    );
  }

  settle() {
    this.placed();
    if (this.stuck) this.toBottom();
  }

  toBottom() {
    this.stuck = true;
    this.unseen = 0;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.top = this.scroller.scrollTop;
    this.showPill();
  }

  /** Scrolls to a message and marks it for a moment. */
  show(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("shown");
    setTimeout(() => node.classList.remove("shown"), 1400);
  }
}
