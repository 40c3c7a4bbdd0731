"""How the bot is doing, on one screen of a phone."""

from __future__ import annotations

from markupsafe import Markup

from bot.domain.stats import Stats
from bot.reply import Reply
from bot.texts import Texts
from bot.views.lines import paragraphs


def stats(found: Stats, texts: Texts) -> Reply:
    """Show people, reminders and what waits; the last 24 hours beside the last seven days."""
    people, queue, day, week = found.people, found.queue, found.day, found.week
    number = texts.number
    rows = (
        ("sent", day.reminders.sent, week.reminders.sent),
        ("late", day.reminders.late, week.reminders.late),
        ("failed", day.reminders.failed, week.reminders.failed),
        ("down", day.reminders.down, week.reminders.down),
        ("kept", day.reminders.kept, week.reminders.kept),
        ("finished", day.finished, week.finished),
        ("unknown", day.unknown, week.unknown),
    )
    lately = (
        texts(f"stats.{name}", day=number(one), week=number(other)) for name, one, other in rows
    )
    return Reply(
        paragraphs(
            texts(
                "stats.people",
                known=number(people.known),
                active=number(found.active),
                paused=number(people.paused),
                blocked=number(people.blocked),
                out=number(people.opted_out),
            ),
            Markup("\n").join((texts("stats.lately"), *lately)),
            texts(
                "stats.queue",
                soon=number(queue.soon),
                reminders=number(queue.reminders),
                copies=number(queue.copies),
                updates=number(queue.updates),
                aside=number(queue.aside),
            ),
        )
    )
