// A button that opens a small menu, by pointer and by keyboard.

import { el, icon } from "./dom.js";

/** Makes `button` open a menu; `entries()` gives [{ label, icon, danger, act }] each time. */
export function menuOn(button, label, entries) {
  const node = el("div", { class: "menu", role: "menu", "aria-label": label, hidden: true });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.after(node);

  const close = (focus) => {
    node.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) button.focus();
  };
  const outside = (event) => {
    if (!node.contains(event.target) && !button.contains(event.target)) close(false);
  };
  const open = () => {
    node.replaceChildren(...entries().map((entry) => item(entry, () => close(true))));
    node.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    node.firstElementChild?.focus();
  };
  button.addEventListener("click", () => (node.hidden ? open() : close(true)));
  node.addEventListener("keydown", (event) => keys(event, node, close));
}

function item(entry, close) {
  const node = el(
    "button",
    { type: "button", role: "menuitem", class: entry.danger ? "danger" : null },
    entry.icon ? icon(entry.icon) : null,
    entry.label,
  );
  node.addEventListener("click", () => {
    close();
    entry.act();
  });
  return node;
}

function keys(event, node, close) {
  const items = [...node.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[
    event.key
  ];
  if (to !== undefined) {
    event.preventDefault();
    items[to % items.length].focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    close(true);
  } else if (event.key === "Tab") {
    close(false);
  }
}
