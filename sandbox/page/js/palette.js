// The list of the bot's commands over the composer, filtered while one is typed.

import { el } from "./dom.js";
import { Listbox } from "./listbox.js";

/** Commands beside a text field; `choose(command)` gets "/name". */
export class Palette extends Listbox {
  constructor(field, id, choose) {
    super(field, id, "Commands", "palette");
    Object.assign(this, { choose, commands: [] });
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

  option({ command, description }) {
    return el(
      "div",
      { "data-command": command },
      el("span", { class: "command-name" }, `/${command}`),
      el("span", { class: "command-about" }, description),
    );
  }

  take({ command }) {
    this.choose(`/${command}`);
  }

  /** Writes the marked command into the field, so that words can follow it. */
  complete() {
    this.field.value = `/${this.shown[this.active].command} `;
    this.dismiss();
  }
}
