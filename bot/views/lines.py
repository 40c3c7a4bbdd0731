"""Short pieces of text that several screens share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.domain.catalogue import Breath, Entry, Instruction, Practice
from bot.domain.dose import Dose, Sides
from bot.domain.equipment import Swap
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.step import Side, Step
from bot.domain.typed_text import NotUnderstood
from bot.domain.windows import Window
from bot.texts import Texts

WEEK = 7  # days
FEW_TIMES = 5  # of one day that are always named one by one

QUOTED = 60  # characters of a person's own words that are shown back to them

_NAMED_OFFSETS = {"Etc/UTC": "UTC", "Etc/GMT": "UTC", "UTC": "UTC"}


def place(zone_name: str) -> str:
    """Return a zone's name as people read it: "Sao Paulo", "UTC+2"."""
    if zone_name in _NAMED_OFFSETS:
        return _NAMED_OFFSETS[zone_name]
    if zone_name.startswith("Etc/GMT"):  # POSIX signs: Etc/GMT-2 is two hours ahead
        sign = {"+": "−", "-": "+"}[zone_name[7]]
        return f"UTC{sign}{zone_name[8:]}"
    return zone_name.rsplit("/", 1)[-1].replace("_", " ")


def when(moment: datetime, zone: ZoneInfo, today: date, texts: Texts) -> Markup:
    """Return a moment in the person's words: "today at 07:30", "Tue, 1 Dec at 07:30"."""
    local = moment.astimezone(zone)
    clock = texts.clock(local.time())
    if local.date() == today:
        return texts("when.today", clock=clock)
    if local.date() == today + timedelta(days=1):
        return texts("when.tomorrow", clock=clock)
    return texts("when.day", day=texts.day(local.date()), clock=clock)


def rule_words(rule: Rule, texts: Texts, *, short: bool = False) -> Markup:
    """Say a rule back: "07:30 · every day", "every 2 hours, 09:00 to 18:00 · Monday to Friday".

    `short` names only the first and the last of many times of day.
    """
    parts = [texts.listing([texts.clock(at) for at in rule.times])] if rule.times else []
    if short and len(rule.times) > FEW_TIMES:
        first, last = texts.clock(rule.times[0]), texts.clock(rule.times[-1])
        parts = [texts("rule.many", n=len(rule.times), first=first, last=last)]
    if rule.window is not None:
        parts.append(_window_words(rule.window, texts))
    if rule.scatter is not None:
        start, end = texts.clock(rule.scatter.start), texts.clock(rule.scatter.end)
        parts.append(texts("rule.random", n=rule.scatter.count, start=start, end=end))
    return texts("rule.whole", when=texts.listing(parts), days=_days_words(rule, texts))


def _window_words(window: Window, texts: Texts) -> Markup:
    minutes = window.every // timedelta(minutes=1)
    whole = minutes % 60 == 0
    every = texts("rule.hours", n=minutes // 60) if whole else texts("rule.minutes", n=minutes)
    start, end = texts.clock(window.start), texts.clock(window.end)
    return texts("rule.window", every=every, start=start, end=end)


def _days_words(rule: Rule, texts: Texts) -> Markup:
    """Say on which days: "every 2 days from Tue, 1 Dec", "Mon and Wed until Fri, 18 Dec"."""
    days = [texts("rule.days", days=texts.weekdays(rule.weekdays))]
    if rule.every_days % WEEK == 0 and len(rule.weekdays) == 1:
        weeks = rule.every_days // WEEK
        days = [texts("rule.every_weeks", n=weeks, days=texts.weekdays(rule.weekdays))]
    elif rule.every_days > 1:
        all_week = len(rule.weekdays) == len(EVERY_DAY)
        days = [texts("rule.every_days", n=rule.every_days), *([] if all_week else days)]
    if rule.starts is not None:
        days.append(texts("rule.from", day=texts.day(rule.starts)))
    if rule.ends is not None:
        days.append(texts("rule.until", day=texts.day(rule.ends)))
    return Markup(" ").join(days)


def side(step: Step, texts: Texts) -> Markup | None:
    """Return the words for a step's side."""
    return texts(f"side.{step.side.value}") if isinstance(step.side, Side) else None


def amount(step: Step, entry: Entry | None, texts: Texts) -> Markup | None:
    """Return how much of a step: "hold 30 s", "10 times each side", "6 breaths, about 1 min"."""
    if isinstance(entry, Practice):
        seconds = step.seconds or (step.reps or 1) * entry.seconds_a_round
        return texts("amount.breaths", n=step.reps or 1, time=texts.seconds(seconds))
    if step.seconds is not None and step.reps is None:
        return texts("amount.hold", time=texts.seconds(step.seconds))
    if step.reps is None:
        return None
    each = ".each" if step.side is Side.ALTERNATING else ""
    counted = texts(f"amount.reps{each}", n=step.reps)
    if step.seconds is not None:
        return texts("amount.reps_hold", reps=counted, time=texts.seconds(step.seconds))
    return counted


def dose_words(dose: Dose, sides: Sides, texts: Texts) -> Markup:
    """Return a dose in a few words: "2 × 30 s each side"."""
    parts = []
    once = ".once" if dose.sets == 1 else ""
    if dose.reps is not None:
        parts.append(texts(f"dose.reps{once}", sets=dose.sets, n=dose.reps))
    if dose.hold is not None:
        parts.append(texts(f"dose.hold{once}", sets=dose.sets, time=texts.seconds(dose.hold)))
    if sides is not Sides.NONE:
        parts.append(texts("dose.each_side"))
    return Markup(" ").join(parts)


def swap_lines(swaps: Iterable[Swap], texts: Texts, *, short: bool = False) -> list[Markup]:
    """Say what is used in place of what is not there: "No foam roller: pillow"."""
    return [
        texts("step.swap", thing=swap.thing, using=(short and swap.short) or swap.using)
        if swap.thing
        else texts("step.without", text=capital(swap.using))
        for swap in swaps
    ]


def capital(name: str) -> str:
    """Return a name as it stands at the beginning of a line."""
    return name[:1].upper() + name[1:]


def bullets(items: Iterable[str], texts: Texts) -> Markup:
    """Return a list, one short line an item."""
    return Markup("\n").join(texts("format.bullet", text=item) for item in items)


def instructions(steps: Iterable[Instruction], texts: Texts) -> Markup:
    """Return numbered instructions, each with its breath."""
    return Markup("\n").join(
        texts(f"format.instruction.{step.breath.value}", number=number, text=step.text)
        if step.breath is not Breath.EASY
        else texts("format.instruction", number=number, text=step.text)
        for number, step in enumerate(steps, start=1)
    )


def paragraphs(*parts: Markup | None) -> Markup:
    """Join what there is with blank lines."""
    return Markup("\n\n").join(part for part in parts if part)


def reason(misread: NotUnderstood, texts: Texts) -> Markup:
    """Say what stopped the reading of a typed text."""
    part = misread.part if len(misread.part) <= QUOTED else misread.part[: QUOTED - 1] + "…"
    return texts(f"reason.{misread.reason.value}", part=part)
