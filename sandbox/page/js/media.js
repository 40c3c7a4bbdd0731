// Shows what a message carries besides words: pictures, clips, voices, places, files.

import { fileUrl } from "./api.js";
import { el, icon } from "./dom.js";
import { showPicture } from "./dialogs.js";
import { sound } from "./player.js";

const WIDEST = 400;
const TALLEST = 460;
const NARROWEST = 200;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** The media part of a message, or null: { node, key, bare, wide }. */
export function media(message) {
  const {
    animation,
    video,
    photo,
    sticker,
    voice,
    audio,
    location,
    document: file,
    video_note: note,
  } = message;
  if (animation) return clip(animation);
  if (video ?? note) return clip(video ?? note);
  if (photo?.length) return picture(photo);
  if (sticker) return stuck(sticker);
  if (voice ?? audio) return sound(voice ?? audio);
  if (location) return place(location);
  if (file) return attached(file);
  return null;
}

/** A box of the right shape before anything is loaded, so that nothing jumps. */
function box(width, height, key, child) {
  const w = width || WIDEST;
  const h = height || (width || WIDEST) * 0.75;
  const scale = Math.min(WIDEST / w, TALLEST / h);
  const shown = Math.max(NARROWEST, Math.round(w * scale));
  const node = el("div", { class: "media", "data-file": key }, child);
  node.style.width = `${shown}px`;
  node.style.aspectRatio = `${w} / ${h}`;
  return { node, key, wide: shown };
}

function picture(sizes) {
  const byWidth = [...sizes].sort((a, b) => a.width - b.width);
  const largest = byWidth.at(-1);
  const enough = byWidth.find((size) => size.width >= WIDEST * devicePixelRatio) ?? largest;
  const image = el("img", {
    src: fileUrl(enough.file_id),
    alt: "Photo",
    decoding: "async",
    draggable: "false",
  });
  const open = el(
    "button",
    { type: "button", class: "zoom", "aria-label": "Open the photo" },
    image,
  );
  open.addEventListener("click", () => showPicture(fileUrl(largest.file_id)));
  return box(largest.width, largest.height, largest.file_unique_id ?? largest.file_id, open);
}

function clip(animation) {
  const source = fileUrl(animation.file_id);
  const key = animation.file_unique_id ?? animation.file_id;
  const still = /^image\//.test(animation.mime_type ?? "");
  if (still)
    return box(
      animation.width,
      animation.height,
      key,
      el("img", { src: source, alt: "Animation", draggable: "false" }),
    );
  const poster = animation.thumbnail ? fileUrl(animation.thumbnail.file_id) : null;
  const player = el("video", {
    src: source,
    poster,
    loop: true,
    playsinline: true,
    preload: "auto",
    tabindex: "0",
    "aria-label": "Animation, press to play or pause",
  });
  player.muted = true;
  player.autoplay = !stillness.matches;
  const turn = () => (player.paused ? player.play().catch(() => {}) : player.pause());
  player.addEventListener("click", turn);
  player.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    turn();
  });
  return box(animation.width, animation.height, key, player);
}

function stuck(sticker) {
  const node = el("div", { class: "sticker" });
  const words = () => node.replaceChildren(el("span", { class: "jumbo" }, sticker.emoji ?? "🙂"));
  const image = el("img", {
    src: fileUrl(sticker.file_id),
    alt: sticker.emoji ?? "Sticker",
    draggable: "false",
  });
  image.addEventListener("error", words);
  if (sticker.is_animated || sticker.is_video) words();
  else node.append(image);
  return { node, key: sticker.file_unique_id, bare: true };
}

function place({ latitude, longitude }) {
  const words = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const map = el("div", { class: "map", "aria-hidden": "true" }, icon("pin"));
  const node = el(
    "div",
    { class: "place" },
    map,
    el("span", { class: "detail" }, `Location ${words}`),
  );
  return { node, key: `place ${words}` };
}

function attached(file) {
  const size = file.file_size ? `${Math.max(1, Math.round(file.file_size / 1024))} kB` : "File";
  const node = el(
    "a",
    { class: "strip", href: fileUrl(file.file_id), download: file.file_name ?? "file" },
    el("span", { class: "round" }, icon("file")),
    el(
      "span",
      { class: "about" },
      el("span", { class: "name" }, file.file_name ?? "file"),
      el("span", { class: "detail" }, size),
    ),
  );
  return { node, key: file.file_unique_id };
}

/** Lets an edited message keep the picture that stayed, and hold the old one until the new is there. */
export function carryOver(before, after) {
  const old = before.querySelector(".media[data-file]");
  const next = after.querySelector(".media[data-file]");
  if (!old || !next) return;
  if (old.dataset.file === next.dataset.file) {
    next.replaceWith(old);
    return;
  }
  const image = old.querySelector("img");
  if (image?.complete) next.style.backgroundImage = `url("${image.src}")`;
}
