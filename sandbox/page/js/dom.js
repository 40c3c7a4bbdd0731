// Builds elements without ever parsing markup, so that no text can become HTML.

const SVG = "http://www.w3.org/2000/svg";

/** An element; attributes named on… are listeners, absent values are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

const PATHS = {
  attach:
    "M19.5 11.2l-7.7 7.7a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2",
  send: "M4 12l16-7.5-5 16-3.2-6.6zM11.8 13.9L20 4.5",
  more: "M5 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M11.4 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M17.8 12a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0",
  tools: "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v13M6 12.5l6 6 6-6",
  chevron: "M6 9.5l6 6 6-6",
  reply: "M9.5 7L4.5 12l5 5M5 12h8.5c3.5 0 6 2 6 6",
  keys: "M4 6.5h16v11H4zM8 10.5h.01M12 10.5h.01M16 10.5h.01M8.5 14h7",
  pin: "M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 1 0-13 0c0 3 2.5 6.4 6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6",
  photo: "M4 6h16v12.5H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 4.5M9 9.5h.01",
  sticker:
    "M20 13.5V12a8 8 0 1 0-8 8h1.5zM20 13.5h-4a2.5 2.5 0 0 0-2.5 2.5v4M9.5 10h.01M14.5 10h.01M9.5 13.5c.8 1 1.7 1.3 2.8 1.2",
  voice:
    "M12 14.5a3 3 0 0 0 3-3v-4a3 3 0 1 0-6 0v4a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 6v12M15.5 6v12",
  file: "M7 3.5h7l4.5 4.5v12.5H7zM14 3.5V8h4.5",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.2A8 8 0 0 1 9.8 4 8 8 0 1 0 20 14.2z",
  ticks: "M2.5 12.5l4.5 4.5L16 7.5M11.5 15.5L13 17l9-9.5",
  skip: "M5 6l7 6-7 6zM12.5 6l7 6-7 6z",
  out: "M8 16L16.5 7.5M9.5 7.5h7v7",
};

/** A line icon by name; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** An element with an icon alone; `label` is what a screen reader says. */
export function iconButton(name, label, attributes = {}) {
  return el(
    "button",
    { type: "button", "aria-label": label, title: label, ...attributes },
    icon(name),
  );
}
