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
  attach: "M19.5 11.2l-7.7 7.7a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.5 1.5 0 0 1-2.2-2.2l7.2-7.2",
  send: "M4 12l16-7.5-5 16-3.2-6.6zM11.8 13.9L20 4.5",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  tools: "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
  close: "M6 6l12 12M18 6L6 18",
  down: "M12 5v13M6 12.5l6 6 6-6",
  chevron: "M6 9.5l6 6 6-6",
  reply: "M9.5 7L4.5 12l5 5M5 12h8.5c3.5 0 6 2 6 6",
  keys: "M4 6.5h16v11H4zM8 10.5h.01M12 10.5h.01M16 10.5h.01M8.5 14h7",
  pin: "M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 1 0-13 0c0 3 2.500 6.400 6.500 11zM12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600",
  photo: "M4 6h16v12.500H4zM4 16l4.500-4.500 3.500 3.500 3-3 5 4.500M9 9.500h.01",
  sticker: "M20 13.500V12a8 8 0 1 0-8 8h1.500zM20 13.500h-4a2.500 2.500 0 0 0-2.500 2.500v4M9.500 10h.01M14.500 10h.01M9.500 13.500c.8 1 1.700 1.300 2.800 1.200",
  voice: "M12 14.500a3 3 0 0 0 3-3v-4a3 3 0 1 0-6 0v4a3 3 0 0 0 3 3zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M8.500 6v12M15.500 6v12",
  file: "M7 3.500h7l4.500 4.500v12.500H7zM14 3.500V8h4.500",
  sun: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  moon: "M20 14.200A8 8 0 0 1 9.800 4 8 8 0 1 0 20 14.200z",
  ticks: "M2.500 12.500l4.500 4.500L16 7.500M11.500 15.500L13 17l9-9.500",
  skip: "M5 6l7 6-7 6zM12.500 6l7 6-7 6z",
  out: "M8 16L16.500 7.500M9.500 7.500h7v7",
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
  return el("button", { type: "button", "aria-label": label, title: label, ...attributes }, icon(name));
}
