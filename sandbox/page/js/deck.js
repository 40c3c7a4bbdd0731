// The chats side by side: columns on a wide page, tabs on a phone.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { field, formBox } from "./dialogs.js";
import { el } from "./dom.js";
import { toast } from "./toast.js";

// A browser keeps six connections to one host; each open chat holds one for its events.
const MOST = 4;
const CLOSED = "limber-sandbox-closed";
const LANGUAGES = [
  "en",
  "ar",
  "de",
  "es",
  "fa",
  "fr",
  "hi",
  "it",
  "ja",
  "nl",
  "pl",
  "pt-br",
  "ru",
  "tr",
  "uk",
  "zh-hans",
];

/** All open chats; `fresh()` runs when the sandbox has forgotten everything. */
export class Deck {
  constructor(clock, fresh) {
    this.clock = clock;
    this.fresh = fresh;
    this.people = [];
    this.chats = [];
    this.place = document.getElementById("deck");
    this.tabs = document.getElementById("tabs");
    this.place.addEventListener("focusin", (event) => this.activate(this.chatAt(event.target)));
    this.place.addEventListener("pointerdown", (event) => this.activate(this.chatAt(event.target)));
  }

  /** Opens the people's chats, but for those that were closed here before. */
  async load() {
    for (const chat of this.chats.splice(0)) chat.close();
    this.people = await api.people();
    const closed = this.closed();
    const wanted = this.people.filter(({ id }) => !closed.has(id));
    for (const person of (wanted.length ? wanted : this.people).slice(0, MOST)) this.open(person);
    this.activate(this.chats[0]);
  }

  closed() {
    try {
      return new Set(JSON.parse(localStorage.getItem(CLOSED) ?? "[]"));
    } catch {
      return new Set();
    }
  }

  remember(change) {
    const closed = this.closed();
    change(closed);
    localStorage.setItem(CLOSED, JSON.stringify([...closed]));
  }

  open(person) {
    const chat = new Chat(person, {
      clock: this.clock,
      close: (it) => this.close(it),
      news: (it) => this.news(it),
      fresh: this.fresh,
    });
    chat.unread = 0;
    this.chats.push(chat);
    this.place.append(chat.node);
    this.remember((closed) => closed.delete(person.id));
    this.drawTabs();
    return chat;
  }

  close(chat) {
    if (this.chats.length === 1) {
      toast("This is the only open chat.", chat.node);
      return;
    }
    chat.close();
    this.chats.splice(this.chats.indexOf(chat), 1);
    this.remember((closed) => closed.add(chat.person.id));
    this.activate(this.chats.includes(this.active) ? this.active : this.chats[0]);
    this.drawTabs();
  }

  chatAt(target) {
    return this.chats.find((chat) => chat.node.contains(target));
  }

  activate(chat) {
    if (!chat) return;
    this.active = chat;
    chat.unread = 0;
    for (const [at, other] of this.chats.entries()) {
      other.node.classList.toggle("active", other === chat);
      other.composer.field.id = at ? `composer-${other.person.id}` : "composer";
    }
    this.drawTabs();
  }

  /** Counts what came into a chat that is not in view. */
  news(chat) {
    if (chat.node.offsetParent) return;
    chat.unread += 1;
    this.drawTabs();
  }

  drawTabs() {
    this.tabs.hidden = this.chats.length < 2;
    this.place.dataset.count = this.chats.length;
    const state = JSON.stringify(
      this.chats.map((chat) => [chat.person.id, chat.unread, chat === this.active]),
    );
    if (state === this.drawn) return;
    this.drawn = state;
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(...this.chats.map((chat) => this.tab(chat)));
    if (focused) this.tabs.querySelector("[aria-selected=true]")?.focus();
  }

  tab(chat) {
    const chosen = chat === this.active;
    const unread = chat.unread
      ? el("span", { class: "badge", "aria-label": `${chat.unread} new` }, String(chat.unread))
      : null;
    const node = el(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(chosen),
        "aria-controls": chat.node.id,
        tabindex: chosen ? "0" : "-1",
      },
      chat.person.first_name,
      unread,
    );
    node.addEventListener("click", () => this.activate(chat));
    node.addEventListener("keydown", (event) => this.turn(event, chat));
    return node;
  }

  turn(event, chat) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const count = this.chats.length;
    this.activate(this.chats[(this.chats.indexOf(chat) + step + count) % count]);
  }

  /** Asks who joins: somebody new, or a person whose chat was closed. */
  async add() {
    if (this.chats.length >= MOST) {
      toast(`${MOST} chats at most stand side by side; close one first.`);
      return;
    }
    const person = await this.whom();
    if (!person) return;
    const chat = this.open(person);
    this.activate(chat);
    chat.node.scrollIntoView({ inline: "nearest" });
  }

  async whom() {
    this.people = await api.people().catch(() => this.people);
    const away = this.people.filter(
      (person) => !this.chats.some((chat) => chat.person.id === person.id),
    );
    const name = el("input", {
      name: "name",
      required: true,
      maxlength: "64",
      autocomplete: "off",
      value: ["Ada", "Ben", "Cleo", "Dan"][(this.people.length + 3) % 4],
    });
    const language = el(
      "select",
      { name: "language" },
      ...LANGUAGES.map((code) => el("option", {}, code)),
      el("option", { value: "" }, "not told"),
    );
    const who = el(
      "select",
      { name: "who" },
      el("option", { value: "" }, "Somebody new"),
      ...away.map(({ id, first_name }) => el("option", { value: id }, `${first_name} (${id})`)),
    );
    const details = el(
      "fieldset",
      {},
      field("First name", name),
      field("Language of their app", language),
    );
    who.addEventListener("change", () => (details.disabled = who.value !== ""));
    const answer = await formBox(
      "Add a person",
      "Open chat",
      away.length ? field("Who", who) : null,
      details,
    );
    if (!answer) return null;
    if (answer.get("who")) return away.find(({ id }) => String(id) === answer.get("who"));
    return api
      .addPerson(answer.get("name"), answer.get("language"))
      .catch((error) => toast(error.message));
  }
}
