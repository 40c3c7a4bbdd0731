// Starts the page: the clock, the chats, and the tools in the bar.

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { Deck } from "./deck.js";
import { confirmBox } from "./dialogs.js";
import { icon } from "./dom.js";
import { themeOn } from "./theme.js";
import { dayKey } from "./times.js";
import { toast } from "./toast.js";

const byId = (id) => document.getElementById(id);
let deck = null;
let minute = "";
let restarting = false;
let beginning = null;

const clock = new Clock((now) => {
  const next = `${dayKey(now)} ${now.getHours()}:${now.getMinutes()}`;
  if (next === minute) return;
  minute = next;
  for (const chat of deck?.chats ?? []) chat.feed.refresh(now);
});
deck = new Deck(clock, () => restarting || begin());

// Several chats may ask for it at once; it happens once.
const begin = () => (beginning ??= load().finally(() => (beginning = null)));

async function load() {
  try {
    clock.sync(await api.clock());
    await deck.load();
  } catch (error) {
    toast(`${error.message} Trying again…`);
    setTimeout(begin, 2000);
  }
}

async function startAfresh() {
  const sure = await confirmBox(
    "Start afresh?",
    "All messages, people and everything the bot remembers are removed, and the clock goes back to real time.",
    "Start afresh",
  );
  if (!sure) return;
  byId("fresh").ariaBusy = "true";
  restarting = true;
  try {
    await api.fresh();
    localStorage.removeItem("limber-sandbox-closed");
    await begin();
    toast("Everything is new again.");
  } catch (error) {
    toast(error.message);
  }
  restarting = false;
  byId("fresh").ariaBusy = "false";
}

function showTools(shown) {
  byId("tools").classList.toggle("open", shown);
  byId("tools-toggle").ariaExpanded = String(shown);
}

byId("jump").prepend(icon("skip"));
byId("tools-toggle").append(icon("tools"));
byId("tools-toggle").addEventListener("click", () =>
  showTools(!byId("tools").classList.contains("open")),
);
byId("add-person").addEventListener("click", () => deck.add());
byId("fresh").addEventListener("click", startAfresh);
themeOn(byId("theme"));

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#tools, #tools-toggle")) showTools(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") showTools(false);
  // Typing anywhere writes to the chat in use.
  const plain =
    event.key.length === 1 &&
    event.key !== " " &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey;
  if (plain && document.activeElement === document.body) deck.active?.composer.field.focus();
});

begin();
