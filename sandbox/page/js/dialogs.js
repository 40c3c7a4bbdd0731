// The page's dialogs: an alert of the bot, a question, a form, a picture in full.

import { el, iconButton } from "./dom.js";

/** Opens a modal dialog and resolves with what it was closed with ("" by Escape). */
function ask(node) {
  document.body.append(node);
  node.showModal();
  node.addEventListener("click", (event) => {
    if (event.target === node) node.close("");
  });
  return new Promise((resolve) => {
    node.addEventListener("close", () => {
      node.remove();
      resolve(node.returnValue);
    });
  });
}

function closer(node, value, words, style) {
  return el("button", { type: "button", class: style, onclick: () => node.close(value) }, words);
}

/** A callback answer with `show_alert`. */
export function alertBox(title, text) {
  const node = el("dialog", { class: "dialog", role: "alertdialog", "aria-label": title });
  node.append(
    el("h2", {}, title),
    el("p", {}, text),
    el("div", { class: "choices" }, closer(node, "ok", "OK", "primary")),
  );
  return ask(node);
}

/** Resolves true only where the person agreed. */
export async function confirmBox(title, text, action) {
  const node = el("dialog", { class: "dialog", role: "alertdialog", "aria-label": title });
  node.append(
    el("h2", {}, title),
    el("p", {}, text),
    el(
      "div",
      { class: "choices" },
      closer(node, "", "Cancel", "quiet"),
      closer(node, "yes", action, "primary danger"),
    ),
  );
  return (await ask(node)) === "yes";
}

/** A form; resolves with its FormData where it was sent, else null. `fields` are nodes. */
export async function formBox(title, action, ...fields) {
  const node = el("dialog", { class: "dialog", "aria-label": title });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", {}, title),
    ...fields,
    el(
      "div",
      { class: "choices" },
      closer(node, "", "Cancel", "quiet"),
      el("button", { class: "primary", value: "yes" }, action),
    ),
  );
  node.append(form);
  return (await ask(node)) === "yes" ? new FormData(form) : null;
}

/** A labelled field of a form. */
export function field(label, control) {
  return el("label", { class: "field" }, el("span", {}, label), control);
}

/** A picture in full size. */
export function showPicture(source) {
  const node = el("dialog", { class: "lightbox", "aria-label": "Photo" });
  const close = iconButton("close", "Close", { class: "icon" });
  close.addEventListener("click", () => node.close());
  const image = el("img", { src: source, alt: "Photo" });
  image.addEventListener("click", () => node.close());
  node.append(image, close);
  return ask(node);
}
