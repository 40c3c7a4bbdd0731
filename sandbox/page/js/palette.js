// The list of the bot's commands over the composer, filtered while one is typed.

import { el } from "./dom.js";

/** Commands beside a text field; `choose(command)` gets "/name". */
export class Palette {
  constructor(field, id, choose) {
    Object.assign(this, { field, choose, commands: [], shown: [], active: 0 });
    this.node = el("div", {
      class: "palette",
      role: "listbox",
      id,
      "aria-label": "Commands",
      tabindex: "-1",
      hidden: true,
    });
    this.node.addEventListener("keydown", (event) => this.key(event));
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    field.setAttribute("aria-expanded", "false");
  }

  get open() {
    return !this.node.hidden;
  }

  /** Shows what begins with the typed command; hides where no command is being typed. */
  filter(text) {
    const typed = /^\/(\w*)$/.exec(text);
    if (!typed) {
      this.close();
      return;
    }
    const name = typed[1].toLowerCase();
    this.show(this.commands.filter(({ command }) => command.startsWith(name)));
  }

  /** The whole menu, for the Menu button; the list takes the keys. */
  all() {
    this.show(this.commands);
    this.node.focus();
  }

  show(commands) {
    this.shown = commands;
    this.active = 0;
    this.node.replaceChildren(...commands.map((entry, index) => this.option(entry, index)));
    this.node.hidden = !commands.length;
    this.field.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.mark();
    else this.field.removeAttribute("aria-activedescendant");
  }

  option({ command, description }, index) {
    const node = el(
      "div",
      {
        role: "option",
        id: `${this.node.id}-${index}`,
        "data-command": command,
        "aria-selected": "false",
      },
      el("span", { class: "command-name" }, `/${command}`),
      el("span", { class: "command-about" }, description),
    );
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("pointermove", () => this.mark(index, false));
    node.addEventListener("click", () => this.pick(index));
    return node;
  }

  mark(index = this.active, scroll = true) {
    this.active = index;
    [...this.node.children].forEach((node, at) =>
      node.setAttribute("aria-selected", String(at === index)),
    );
    const id = `${this.node.id}-${index}`;
    this.field.setAttribute("aria-activedescendant", id);
    this.node.setAttribute("aria-activedescendant", id);
    if (scroll) this.node.children[index]?.scrollIntoView({ block: "nearest" });
  }

  pick(index = this.active) {
    const { command } = this.shown[index];
    this.close();
    this.choose(`/${command}`);
  }

  close() {
    if (this.open) this.show([]);
  }

  /** Handles a key of the field or of the list; true where it was the palette's. */
  key(event) {
    if (!this.open) return false;
    const count = this.shown.length;
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1 + count }[event.key];
    if (to !== undefined) this.mark(to % count);
    else if (event.key === "Enter") this.pick();
    else if (event.key === "Tab" && !event.shiftKey) this.complete();
    else if (event.key === "Escape") this.dismiss();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Writes the marked command into the field, so that words can follow it. */
  complete() {
    this.field.value = `/${this.shown[this.active].command} `;
    this.dismiss();
  }

  dismiss() {
    this.close();
    this.field.focus();
  }
}
