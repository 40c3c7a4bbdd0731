// The chat's clock: what it shows, and the buttons that move it.

import * as api from "./api.js";
import { dayKey, shortDay, span, weekdayMinute, inFull } from "./times.js";
import { toast } from "./toast.js";

/** The moved clock of the sandbox; `changed(now)` runs every second and after every move. */
export class Clock {
  constructor(changed) {
    this.changed = changed;
    this.ahead = 0;
    this.offset = 0;
    this.label = document.getElementById("clock");
    this.about = document.getElementById("offset");
    this.back = document.getElementById("real-time");
    this.listen();
    setInterval(() => this.show(), 1000);
  }

  now() {
    return new Date(Date.now() + this.ahead);
  }

  /** Takes over the moment the sandbox names. */
  seen(now) {
    const moment = Date.parse(now);
    if (!Number.isNaN(moment)) this.ahead = moment - Date.now();
    this.show();
  }

  sync({ now, offset }) {
    this.offset = offset ?? this.offset;
    this.seen(now);
  }

  show() {
    const now = this.now();
    const away = dayKey(now) !== dayKey(new Date());
    this.label.textContent = weekdayMinute(now) + (away ? `, ${shortDay(now)}` : "");
    this.label.dateTime = now.toISOString();
    this.label.title = `It is ${inFull(now)} on this clock`;
    const moved = Math.abs(this.offset) >= 1;
    this.about.textContent = moved
      ? `${span(Math.abs(this.offset))} ${this.offset > 0 ? "ahead" : "behind"}`
      : "real time";
    this.about.classList.toggle("moved", moved);
    this.back.disabled = !moved;
    this.changed(now);
  }

  listen() {
    document
      .getElementById("jump")
      .addEventListener("click", (event) => this.move(event.currentTarget, api.jump, jumped));
    this.back.addEventListener("click", () =>
      this.move(
        this.back,
        () => api.setOffset(0),
        () => "Back to real time",
      ),
    );
    for (const button of document.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () =>
        this.move(button, () => api.advance(Number(button.dataset.advance)), here),
      );
    }
  }

  /** Runs one move of the clock and says where it led, or why it did not. */
  async move(button, act, words) {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    try {
      const answer = await act();
      this.sync(answer ?? (await api.clock()));
      if (answer?.offset === undefined) this.sync(await api.clock());
      toast(words(answer, this.now()));
    } catch (error) {
      toast(error.message);
    }
    button.ariaBusy = "false";
  }
}

const here = (answer, now) => `It is ${weekdayMinute(now)} on this clock`;
const jumped = (answer, now) =>
  `Jumped to ${weekdayMinute(answer?.jumped_to ? new Date(answer.jumped_to) : now)}`;
