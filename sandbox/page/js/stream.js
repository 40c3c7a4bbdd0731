// Listens to a chat's events and comes back by itself when the line is cut.

import { eventsUrl } from "./api.js";

const KINDS = [
  "message",
  "edit",
  "delete",
  "answer",
  "inline",
  "action",
  "clock",
  "menu",
  "keyboard",
  "fresh",
];
const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

/** Server-sent events of one person's chat. `ready` runs on every (re)connection, `lost` when it breaks. */
export class Stream {
  constructor(person, { ready, lost, heard }) {
    Object.assign(this, { person, ready, lost, heard, wait: FIRST_WAIT, closed: false });
    this.open();
  }

  open() {
    if (this.closed) return;
    this.source = new EventSource(eventsUrl(this.person));
    this.source.onopen = () => {
      this.wait = FIRST_WAIT;
      this.ready();
    };
    this.source.onerror = () => this.retry();
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) =>
        this.heard(kind, JSON.parse(event.data || "null")),
      );
    }
  }

  retry() {
    this.source.close();
    if (this.closed) return;
    this.lost();
    this.timer = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.source.close();
  }
}
