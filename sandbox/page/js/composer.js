// Where a person writes: the text field, the lists over it, attachments, quick replies.

import { attachments, shareLocation } from "./attach.js";
import { el, icon, iconButton } from "./dom.js";
import { Inline } from "./inline.js";
import { replyKeyboard } from "./keyboards.js";
import { menuOn } from "./menu.js";
import { Palette } from "./palette.js";
import { summary } from "./render.js";

const PLACEHOLDER = "Message";

/** The foot of one chat. */
export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.replied = null;
    this.markup = null;
    this.build();
    this.palette = new Palette(this.field, `commands-${chat.person.id}`, (command) =>
      this.submit(command),
    );
    this.inline = new Inline(this, `results-${chat.person.id}`);
    menuOn(this.attach, "Attach", () => attachments(chat));
    this.node.prepend(this.palette.node, this.inline.node);
    this.listen();
  }

  build() {
    const { person } = this.chat;
    this.field = el("textarea", {
      rows: "1",
      placeholder: PLACEHOLDER,
      "aria-label": `Message from ${person.first_name}`,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.commands = el(
      "button",
      { type: "button", class: "commands", hidden: true, "aria-label": "Command menu" },
      el("span", { class: "bars", "aria-hidden": "true" }),
      el("span", { class: "label" }, "Menu"),
    );
    this.attach = iconButton("attach", "Attach", { class: "icon attach" });
    this.keys = iconButton("keys", "Quick replies", {
      class: "icon keys",
      hidden: true,
      "aria-expanded": "true",
    });
    this.sender = iconButton("send", "Send", { class: "icon send", disabled: true });
    this.reply = el("div", { class: "replying", hidden: true });
    this.keyboardPlace = el("div", { class: "keyboard-place", hidden: true });
    this.start = el("button", { type: "button", class: "start primary", hidden: true }, "Start");
    this.unblock = el(
      "button",
      { type: "button", class: "unblock primary", hidden: true },
      "Unblock and start",
    );
    this.bar = el(
      "div",
      { class: "bar" },
      this.commands,
      el("div", { class: "field-box" }, this.field, this.keys),
      el("div", { class: "attach-place" }, this.attach),
      this.sender,
    );
    this.node = el(
      "form",
      { class: "composer", "aria-label": `Write as ${person.first_name}` },
      this.start,
      this.unblock,
      this.reply,
      this.bar,
      this.keyboardPlace,
    );
  }

  listen() {
    this.node.addEventListener("submit", (event) => event.preventDefault());
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () =>
      setTimeout(() => {
        if (!this.palette.node.contains(document.activeElement)) this.palette.close();
      }, 120),
    );
    this.sender.addEventListener("click", () => this.submit());
    this.start.addEventListener("click", () => this.chat.send("/start"));
    this.unblock.addEventListener("click", () => this.chat.unblock());
    this.keys.addEventListener("click", () => this.showKeyboard(this.keyboardPlace.hidden));
    this.commands.addEventListener("click", () =>
      this.palette.open ? this.palette.dismiss() : this.palette.all(),
    );
    this.palette.node.addEventListener("blur", () => this.palette.close());
  }

  key(event) {
    if (event.isComposing) return;
    // A command typed in full goes out as it stands.
    const exact =
      event.key === "Enter" &&
      this.palette.shown.some(({ command }) => `/${command}` === this.field.value);
    if (exact) this.palette.close();
    else if (this.palette.key(event) || this.inline.key(event)) return;
    if (event.key === "Escape" && this.replied) this.replyTo(null);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.submit();
  }

  typed() {
    this.palette.filter(this.field.value);
    this.inline.typed(this.field.value);
    this.fit();
  }

  fit() {
    const written = this.field.value.trim() !== "";
    this.sender.disabled = !written;
    this.node.classList.toggle("writing", this.field.value !== "");
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  /** Sends words (what was typed where none are given); they come back where they cannot be sent. */
  async submit(words) {
    const text = (words ?? this.field.value).trim();
    if (!text) return;
    const replied = this.replied;
    this.draft("");
    this.replyTo(null);
    if (
      !(await this.chat.send(text, replied?.message_id)) &&
      words === undefined &&
      !this.field.value
    )
      this.draft(text);
  }

  /** Sends what the bot offered in the place of what was typed. */
  async choose(query, result) {
    const replied = this.replied;
    this.draft("");
    this.replyTo(null);
    await this.chat.attempt(this.chat.api.choose(query, result, replied?.message_id));
  }

  draft(text) {
    this.field.value = text;
    this.palette.close();
    this.inline.typed(text);
    this.fit();
    if (matchMedia("(pointer: fine)").matches || text) this.field.focus({ preventScroll: true });
  }

  setCommands(menu) {
    this.palette.commands = menu ?? [];
    this.commands.hidden = !menu?.length;
  }

  setState({ empty, blocked }) {
    this.start.hidden = !empty || blocked;
    this.unblock.hidden = !blocked;
    this.bar.hidden = blocked;
    if (!blocked) return;
    this.palette.close();
    this.inline.close();
  }

  /** Answers one message; null ends it. */
  replyTo(message) {
    this.replied = message;
    this.reply.hidden = !message;
    if (!message) return;
    const stop = iconButton("close", "Do not reply", { class: "icon" });
    stop.addEventListener("click", () => this.replyTo(null));
    this.reply.replaceChildren(
      icon("reply"),
      el("span", { class: "line" }, summary(message)),
      stop,
    );
    this.field.focus({ preventScroll: true });
  }

  /** The reply keyboard the bot set, or null. */
  setKeyboard(markup) {
    this.markup = markup;
    this.keys.hidden = !markup;
    this.field.placeholder = markup?.input_field_placeholder || PLACEHOLDER;
    this.keyboardPlace.replaceChildren(
      ...(markup ? [replyKeyboard(markup, (key) => this.press(key))] : []),
    );
    this.showKeyboard(Boolean(markup));
  }

  showKeyboard(shown) {
    this.keyboardPlace.hidden = !shown;
    this.keys.setAttribute("aria-expanded", String(shown));
  }

  press(key) {
    if (this.markup?.one_time_keyboard) this.showKeyboard(false);
    if (key.request_location) shareLocation(this.chat);
    else if (key.request_contact || key.request_poll || key.web_app)
      this.chat.notice("The sandbox has no such button.");
    else this.chat.send(key.text);
  }
}
