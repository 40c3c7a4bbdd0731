// grammY: bare, with a write, and answering taps; what a peer in Python does is in bench/peers.
import { createInterface } from "node:readline";
import { Bot } from "grammy";
import { DatabaseSync } from "@photostructure/sqlite";

const { BENCH_TOKEN, BENCH_API, BENCH_DATABASE, BENCH_PRAGMAS, BENCH_TABLES } = process.env;
const { BENCH_TEXT, BENCH_EACH, BENCH_BARE, BENCH_NOTED } = process.env;
const way = process.argv[2];
const bot = new Bot(BENCH_TOKEN, { client: { apiRoot: BENCH_API } });
const keys = { inline_keyboard: [[{ text: "Done", callback_data: "d:1:1" }]] };
const ready = () => process.stdout.write("\n");

// Driven from one thread: a commit holds everything else up, which no promise can change.
class Outbox {
  constructor() {
    this.database = new DatabaseSync(BENCH_DATABASE);
    for (const pragma of BENCH_PRAGMAS.split(",")) this.database.exec(`PRAGMA ${pragma}`);
    this.database.exec(BENCH_TABLES);
    const prepare = (query) => this.database.prepare(query);
    this.insertDue = prepare("insert into due (chat, text) values (?, ?)");
    this.due = prepare("select id, chat, text from due where sent_at is null order by id limit ?");
    this.sent = prepare("update due set sent_at = current_timestamp, message = ? where id = ?");
    this.seen = prepare("insert or ignore into seen values (?)");
    this.move = prepare(
      "insert into session values (?, 1) on conflict (chat) do update set position = position + 1",
    );
  }

  transaction(work) {
    this.database.exec("begin immediate");
    work();
    this.database.exec("commit");
  }

  fill(number) {
    this.transaction(() => {
      for (let chat = 1; chat <= number; chat += 1) this.insertDue.run(chat, BENCH_TEXT);
    });
    return this.due.all(number);
  }

  went(sent) {
    this.transaction(() => sent.forEach(([message, id]) => this.sent.run(message, id)));
  }

  tapped(update, chat) {
    this.transaction(() => {
      if (this.seen.run(update).changes) this.move.run(chat);
    });
  }
}

// Commits in one transaction what became of all messages that wait for it.
class Together {
  constructor(outbox) {
    this.outbox = outbox;
    this.waiting = [];
  }

  went(sent) {
    if (this.waiting.length === 0) setImmediate(() => this.write());
    return new Promise((stored) => this.waiting.push([sent, stored]));
  }

  write() {
    const batch = this.waiting;
    this.waiting = [];
    this.outbox.went(batch.map(([sent]) => sent));
    batch.forEach(([, stored]) => stored());
  }
}

function poll() {
  const outbox = way === "empty" ? null : new Outbox();
  let handled = 0;
  bot.on("callback_query:data", async (context) => {
    outbox?.tapped(context.update.update_id, context.chat.id);
    if (way === "tap") {
      const edited = { caption: "2/11", reply_markup: keys, parse_mode: "HTML" };
      await Promise.all([context.answerCallbackQuery(), context.editMessageCaption(edited)]);
    }
    handled += 1;
    if (handled % Number(BENCH_EACH) === 0) ready();
  });
  bot.start({ allowed_updates: ["callback_query"] });
}

async function drain() {
  const outbox = way === "bare" ? null : new Outbox();
  const together = way === "together" ? new Together(outbox) : null;
  ready();
  for await (const line of createInterface({ input: process.stdin })) {
    const number = Number(line);
    const bare = () => Array.from({ length: number }, (_, n) => ({ chat: n + 1, text: BENCH_TEXT }));
    const rows = (outbox ? outbox.fill(number) : bare()).values();
    const work = async () => {
      for (const { id, chat, text } of rows) {
        const options = { parse_mode: "HTML", reply_markup: keys };
        const { message_id } = await bot.api.sendMessage(chat, text, options);
        if (together) await together.went([message_id, id]);
        else outbox?.went([[message_id, id]]);
      }
    };
    await Promise.all(Array.from({ length: Number(outbox ? BENCH_NOTED : BENCH_BARE) }, work));
    ready();
  }
  process.exit();
}

if (["empty", "write", "tap"].includes(way)) poll();
else drain();
