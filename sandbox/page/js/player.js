// Plays a voice message or a piece of audio: play, pause, and a bar to go to any second.

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";

/** Seconds as a clock of minutes: 12:05. */
const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The media part of a message with sound: { node, key }. */
export function sound(voice) {
  const lasts = voice.duration ?? 0;
  const what = voice.title ?? "the voice message";
  const player = el("audio", { src: fileUrl(voice.file_id), preload: "none" });
  const turn = el("button", { type: "button", class: "round" });
  const bar = el("input", {
    type: "range",
    class: "seek",
    min: 0,
    max: Math.max(lasts, 1),
    step: 1,
    value: 0,
    "aria-label": `Where ${what} is`,
  });
  const told = el("span", { class: "detail" });

  const show = () => {
    turn.replaceChildren(icon(player.paused ? "play" : "pause"));
    turn.setAttribute("aria-label", `${player.paused ? "Play" : "Pause"} ${what}`);
    const at = player.currentTime;
    bar.value = at;
    bar.style.setProperty("--played", `${(100 * at) / bar.max}%`);
    bar.setAttribute("aria-valuetext", `${clock(at)} of ${clock(lasts)}`);
    told.textContent = at || !player.paused ? `${clock(at)} / ${clock(lasts)}` : clock(lasts);
  };
  turn.addEventListener("click", () =>
    player.paused ? player.play().catch(() => turn.setAttribute("disabled", "")) : player.pause(),
  );
  bar.addEventListener("input", () => goTo(player, Number(bar.value), show));
  for (const name of ["play", "pause", "ended", "timeupdate", "seeked"])
    player.addEventListener(name, show);
  show();

  const name = voice.title
    ? el("span", { class: "name" }, [voice.performer, voice.title].filter(Boolean).join(" · "))
    : null;
  const node = el(
    "div",
    { class: "strip listen" },
    turn,
    el("span", { class: "about" }, name, bar, told),
    player,
  );
  return { node, key: voice.file_unique_id };
}

/** Goes to a second; what was never played is loaded first. */
function goTo(player, second, show) {
  if (player.readyState) {
    player.currentTime = second;
    show();
    return;
  }
  player.addEventListener("loadedmetadata", () => (player.currentTime = second), { once: true });
  player.preload = "auto";
  player.load();
}
