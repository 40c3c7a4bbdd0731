// One column: a person's chat with the bot, kept up to date by its events.

import { chatOf } from "./api.js";
import { Composer } from "./composer.js";
import { alertBox } from "./dialogs.js";
import { el, iconButton } from "./dom.js";
import { Feed } from "./feed.js";
import { menuOn } from "./menu.js";
import { Stream } from "./stream.js";
import { toast } from "./toast.js";

const PATIENCE = 20000;
const TYPING = 5000;
const DOING = {
  upload_photo: "sending a photo…",
  upload_video: "sending a video…",
  upload_document: "sending a file…",
  record_voice: "recording…",
};

/** A chat of one person; `frame` = { clock, close(chat), news(chat), fresh() }. */
export class Chat {
  constructor(person, frame) {
    Object.assign(this, { person, frame, bot: {}, blocked: false, loaded: false, queue: [] });
    this.api = chatOf(person.id);
    this.locale = person.language_code;
    this.taps = new Map();
    this.answers = new Map();
    this.line = Promise.resolve();
    this.feed = new Feed(this);
    this.composer = new Composer(this);
    this.node = this.build();
    this.stream = new Stream(person.id, {
      ready: () => this.load(),
      lost: () => this.disconnected(),
      heard: (kind, data) => (this.loaded ? this.heard(kind, data) : this.queue.push([kind, data])),
    });
  }

  build() {
    this.title = el("span", { class: "title" }, "…");
    this.state = el("span", { class: "state", "aria-live": "polite" }, "connecting…");
    this.avatar = el("span", { class: "avatar", "aria-hidden": "true" });
    this.options = iconButton("more", `Options of ${this.person.first_name}'s chat`, {
      class: "icon",
    });
    this.intro = el("div", { class: "intro", hidden: true });
    const as = el(
      "span",
      { class: "as", title: "The person who writes here" },
      this.person.first_name,
    );
    const options = el("div", { class: "options" }, this.options);
    const head = el(
      "header",
      { class: "head" },
      this.avatar,
      el("h2", {}, this.title, this.state),
      as,
      options,
    );
    menuOn(this.options, "Chat", () => this.entries());
    this.feed.node.append(this.intro);
    return el(
      "section",
      {
        class: "column",
        "data-person": this.person.id,
        id: `chat-${this.person.id}`,
        "aria-label": `Chat of ${this.person.first_name}`,
      },
      head,
      this.feed.node,
      this.composer.node,
    );
  }

  entries() {
    const block = this.blocked
      ? { label: "Unblock the bot", act: () => this.attempt(this.block(false)) }
      : { label: "Block the bot", danger: true, act: () => this.attempt(this.block(true)) };
    const voices = this.refusesVoice
      ? { label: "Let voice messages in", act: () => this.attempt(this.voices(false)) }
      : { label: "Refuse voice messages", act: () => this.attempt(this.voices(true)) };
    return [voices, block, { label: "Close this chat", act: () => this.frame.close(this) }];
  }

  now() {
    return this.frame.clock.now();
  }

  botName() {
    return this.bot.first_name ?? "Bot";
  }

  get username() {
    return this.bot.username ?? "";
  }

  /** Reads the whole chat again; also what happened while the line was cut. */
  async load() {
    this.loaded = false;
    try {
      this.apply(await this.api.load());
    } catch {
      if (!this.stream?.closed) this.stream?.retry();
      return;
    }
    this.loaded = true;
    for (const [kind, data] of this.queue.splice(0)) this.heard(kind, data);
    this.node.dataset.ready = "";
  }

  apply({ bot, menu, messages, now, blocked, refuses_voice: refusesVoice, keyboard }) {
    this.bot = bot ?? {};
    this.frame.clock.seen(now);
    this.title.textContent = this.botName();
    this.avatar.textContent = [...this.botName()][0];
    this.idle();
    this.endTaps();
    this.composer.setCommands(menu);
    if (JSON.stringify(keyboard) !== JSON.stringify(this.composer.markup))
      this.composer.setKeyboard(markupOf(keyboard));
    this.feed.load(messages);
    Object.assign(this, { blocked, refusesVoice });
    this.settle();
  }

  settle() {
    const empty = this.feed.empty;
    this.composer.setState({ empty, blocked: this.blocked });
    this.intro.hidden = !empty;
    this.node.classList.toggle("blocked", this.blocked);
    if (empty) {
      this.intro.replaceChildren(
        el("strong", {}, this.blocked ? "This bot is blocked" : "What can this bot do?"),
        el(
          "p",
          { dir: "auto" },
          this.bot.description || this.bot.short_description || "No messages here yet.",
        ),
      );
    }
  }

  heard(kind, data) {
    if (kind === "message") this.arrived(data);
    else if (kind === "edit") this.feed.put(data);
    else if (kind === "delete") this.feed.remove(data.message_id);
    else if (kind === "answer") this.answered(data);
    else if (kind === "inline") this.composer.inline.answered(data);
    else if (kind === "action") this.doing(data?.action);
    else if (kind === "clock") this.frame.clock.sync(data);
    else if (kind === "menu") this.composer.setCommands(data);
    else if (kind === "fresh") this.frame.fresh();
    else if (kind === "keyboard") this.composer.setKeyboard(markupOf(data));
    if (kind === "message" || kind === "delete") this.settle();
  }

  arrived(message) {
    const isNew = this.feed.put(message);
    if (!isNew) return;
    this.feed.arrived(message.out);
    if (message.out) return;
    this.idle();
    this.frame.news(this);
    if (message.reply_markup?.force_reply) this.composer.replyTo(message);
  }

  doing(action) {
    this.state.textContent = DOING[action] ?? "typing…";
    this.state.classList.add("busy");
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.idle(), TYPING);
  }

  idle() {
    clearTimeout(this.resting);
    this.state.textContent = "bot";
    this.state.classList.remove("busy");
  }

  disconnected() {
    this.state.textContent = "connecting…";
    this.state.classList.add("busy");
  }

  /** Sends words in the order they were given; says whether they went out. */
  send(text, replyTo) {
    this.line = this.line.then(() => this.attempt(this.api.send(text, replyTo)));
    return this.line;
  }

  /** Waits for a request; a refusal becomes a notice. */
  async attempt(request) {
    try {
      await request;
      return true;
    } catch (error) {
      this.notice(error.message);
      return false;
    }
  }

  /** Presses an inline button; it shows progress until the bot answers. */
  async tap(messageId, data, button) {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    try {
      const { callback_query_id: id } = await this.api.tap(messageId, data);
      this.taps.set(id, button);
      setTimeout(() => this.endTap(id), PATIENCE);
      if (this.answers.has(id)) this.endTap(id);
    } catch (error) {
      button.ariaBusy = "false";
      this.notice(error.message);
    }
  }

  answered({ callback_query_id: id, text, show_alert: alert, url }) {
    this.answers.set(id, true);
    this.endTap(id);
    if (url) this.open(new URL(url));
    if (text && alert) alertBox(this.botName(), text);
    else if (text) this.notice(text);
  }

  endTap(id) {
    const button = this.taps.get(id);
    if (button) button.ariaBusy = "false";
    this.taps.delete(id);
  }

  endTaps() {
    for (const id of [...this.taps.keys()]) this.endTap(id);
  }

  async block(blocked) {
    await this.api.block(blocked);
    this.blocked = blocked;
    this.settle();
  }

  async voices(refused) {
    await this.api.voices(refused);
    this.refusesVoice = refused;
  }

  async unblock() {
    if (await this.attempt(this.block(false))) await this.send("/start");
  }

  /** Follows a link into this very chat (`t.me/BOT?start=KEY`); says whether it was one. */
  open(url) {
    const own = this.username.toLowerCase();
    const there = ["t.me", "telegram.me"].includes(url.hostname) ? url.pathname.slice(1) : "";
    const named = there || (url.protocol === "tg:" ? (url.searchParams.get("domain") ?? "") : "");
    if (!own || named.toLowerCase() !== own) return false;
    const key = url.searchParams.get("start");
    this.send(key ? `/start ${key}` : "/start");
    return true;
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.notice("Copied");
    } catch {
      this.notice("The browser did not allow copying.");
    }
  }

  notice(text) {
    toast(text, this.node);
  }

  draft(text) {
    this.composer.draft(text);
  }

  replyTo(message) {
    this.composer.replyTo(message);
  }

  show(id) {
    this.feed.show(id);
  }

  close() {
    this.stream.close();
    this.node.remove();
  }
}

/** A reply keyboard as the Bot API names it, or null where none is shown. */
function markupOf(data) {
  const markup = Array.isArray(data?.keyboard) ? data : data?.keyboard;
  return Array.isArray(markup?.keyboard) && markup.keyboard.length ? markup : null;
}
