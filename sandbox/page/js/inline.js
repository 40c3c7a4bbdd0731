// Inline mode: "@bot words" in the composer shows what the bot offers, and one press sends it.

import { fileUrl } from "./api.js";
import { el } from "./dom.js";
import { Listbox } from "./listbox.js";

const PAUSE = 300;
const PATIENCE = 10000;
const NEAR_THE_END = 120;
const NOTHING = {};

/** The results over a composer, which sends what is picked: `choose(query, result)`, `submit(words)`. */
export class Inline extends Listbox {
  constructor(composer, id) {
    super(composer.field, id, "Results", "palette results");
    const { chat } = composer;
    Object.assign(this, { composer, chat, words: null, asked: null, page: null, early: null });
    this.node.addEventListener("scroll", () => this.scrolled());
  }

  /** Follows what is in the text field; a query is asked once the typing pauses. */
  typed(text) {
    const words = this.wordsOf(text);
    if (words === this.words) return;
    this.words = words;
    this.asked = null;
    clearTimeout(this.pausing);
    this.wait(false);
    if (words === null) this.close();
    else this.pausing = setTimeout(() => this.ask(""), PAUSE);
  }

  /** What follows the bot's name, or null where the text is no query. */
  wordsOf(text) {
    const [, name, words] = /^@(\w+)\s([^]*)$/.exec(text) ?? [];
    const own = this.chat.username.toLowerCase();
    return own && name?.toLowerCase() === own ? words : null;
  }

  async ask(offset) {
    const asked = (this.asked = { offset });
    this.wait(true);
    try {
      const { inline_query_id: id, answer } = await this.chat.api.inline(this.words, offset);
      if (this.asked !== asked) return;
      asked.id = id;
      const known = answer ?? this.early;
      if (known?.inline_query_id === id) this.answered(known);
    } catch (error) {
      this.wait(false);
      this.chat.notice(error.message);
    }
  }

  /** Shows an answer; one that came before the query's id is known waits for it. */
  answered(answer) {
    this.early = answer;
    if (answer.inline_query_id !== this.asked?.id) return;
    const more = this.asked.offset !== "";
    Object.assign(this, { early: null, asked: null, page: answer });
    this.wait(false);
    const results = answer.results.map((result) => ({ result, query: answer.inline_query_id }));
    if (more) this.append(results);
    else this.draw(results, answer.button);
  }

  draw(results, button) {
    const entries = button ? [{ button }, ...results] : results;
    this.show(entries.length ? entries : [NOTHING], button && results.length ? 1 : 0);
    this.node.scrollTop = 0;
  }

  append(results) {
    const { scrollTop } = this.node;
    this.show([...this.shown, ...results], this.active);
    this.node.scrollTop = scrollTop;
  }

  scrolled() {
    const left = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
    if (left < NEAR_THE_END && this.page?.next_offset && !this.asked && this.open)
      this.ask(this.page.next_offset);
  }

  wait(busy) {
    this.field.ariaBusy = String(busy);
    clearTimeout(this.waiting);
    if (busy) this.waiting = setTimeout(() => this.wait(false), PATIENCE);
  }

  option({ button, result }) {
    if (button) return el("div", { class: "switch" }, button.text);
    if (!result) return el("div", { class: "nothing", "aria-disabled": "true" }, "No results");
    const title = result.title || (result.photo ? "Photo" : "");
    return el(
      "div",
      { "data-result": result.id },
      thumbnail(result, title),
      el(
        "span",
        { class: "about" },
        el("span", { class: "name", dir: "auto" }, title),
        el("span", { class: "detail", dir: "auto" }, result.description),
      ),
    );
  }

  take({ button, result, query }) {
    if (button?.start_parameter) this.composer.submit(`/start ${button.start_parameter}`);
    else if (button) this.chat.notice("The sandbox has no such button.");
    else if (result) this.composer.choose(query, result.id);
  }

  /** Where nothing was found the keys stay the text field's. */
  key(event) {
    const empty = this.open && this.shown[0] === NOTHING;
    return empty && event.key !== "Escape" ? false : super.key(event);
  }
}

function thumbnail(result, title) {
  const file = result.photo?.at(-1).file_id;
  if (file) return el("img", { class: "thumbnail", src: fileUrl(file), alt: "", loading: "lazy" });
  return el("span", { class: "thumbnail", "aria-hidden": "true" }, [...title][0] ?? "");
}
