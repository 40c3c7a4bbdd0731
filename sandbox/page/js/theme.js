// Dark or light: as the system says, until the button says otherwise.

import { icon } from "./dom.js";

const KEY = "limber-sandbox-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** Makes `button` turn the page dark and light; a choice equal to the system's follows it again. */
export function themeOn(button) {
  const chosen = () => localStorage.getItem(KEY);
  const dark = () => (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    if (chosen()) document.documentElement.dataset.theme = chosen();
    else delete document.documentElement.dataset.theme;
    button.ariaPressed = String(dark());
    button.replaceChildren(icon(dark() ? "sun" : "moon"));
    button.title = dark() ? "Light theme" : "Dark theme";
  };
  button.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    if (next === (system.matches ? "dark" : "light")) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
    show();
  });
  system.addEventListener("change", show);
  show();
}
