// A list over the composer that is walked with the text field's own keys.

import { el } from "./dom.js";

/** The list beside a text field; a kind of list draws its entries (`option`) and takes one (`take`). */
export class Listbox {
  constructor(field, id, label, className) {
    Object.assign(this, { field, shown: [], active: 0 });
    this.node = el("div", {
      class: className,
      role: "listbox",
      id,
      "aria-label": label,
      tabindex: "-1",
      hidden: true,
    });
    this.node.addEventListener("keydown", (event) => this.key(event));
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
  }

  get open() {
    return !this.node.hidden;
  }

  /** Shows entries and marks one; none hides the list. */
  show(entries, active = 0) {
    const before = this.open;
    this.shown = entries;
    this.active = active;
    this.node.replaceChildren(...entries.map((entry, index) => this.entry(entry, index)));
    this.node.hidden = !entries.length;
    if (!before && !this.open) return;
    this.field.setAttribute("aria-controls", this.node.id);
    this.field.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.mark();
    else this.field.removeAttribute("aria-activedescendant");
  }

  entry(entry, index) {
    const node = this.option(entry);
    node.id = `${this.node.id}-${index}`;
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
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
    const entry = this.shown[index];
    this.close();
    this.take(entry);
  }

  close() {
    if (this.open) this.show([]);
  }

  /** Handles a key of the field or of the list; true where it was the list's. */
  key(event) {
    if (!this.open) return false;
    const count = this.shown.length;
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1 + count }[event.key];
    if (to !== undefined) this.mark(to % count);
    else if (event.key === "Enter" && !event.shiftKey) this.pick();
    else if (event.key === "Tab" && !event.shiftKey) this.complete();
    else if (event.key === "Escape") this.dismiss();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** What Tab does; a kind of list may write the marked entry into the field. */
  complete() {
    this.dismiss();
  }

  dismiss() {
    this.close();
    this.field.focus();
  }
}
