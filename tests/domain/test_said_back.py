"""What the bot says of a rule can be typed again, and nothing that is typed breaks the reading."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.domain.english import ENGLISH
from bot.domain.schedule import EVERY_DAY, Rule, next_fire
from bot.domain.schedule_words import parse_breathing, parse_schedule
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.windows import SHORTEST, Scatter, Window, length
from bot.domain.wishes import Add, Change, Set, Wish
from bot.texts import load_texts
from bot.views.lines import rule_words
from content.loader import packaged
from tests.domain.test_schedule_words import WORDS

TODAY = date(2026, 11, 25)
MORE_WORDS = [
    *ENGLISH.periods,
    *ENGLISH.spans,
    *ENGLISH.starting,
    *ENGLISH.until,
    *ENGLISH.lasting,
    *ENGLISH.months,
    *ENGLISH.steps,
    *ENGLISH.times,
    *ENGLISH.multiples,
    *ENGLISH.random,
    *ENGLISH.a_day,
    *ENGLISH.change,
    *ENGLISH.remove,
    *ENGLISH.pause,
    *ENGLISH.move,
    *ENGLISH.instead,
    *ENGLISH.days_ahead,
    *("3x", "9-18", "2", "31", "366", "9999", "2026-12-24", "9999-12-31", "1.12.", "3/4", "#1"),
]
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)
DAYS = st.dates(TODAY - timedelta(days=180), TODAY + timedelta(days=180))


TEXTS = load_texts(packaged() / "texts")["en"]


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Draw a window, but none such as 11:00 to 10:00: its end may be in the evening."""
    start, end = draw(TIMES), draw(TIMES)
    assume(not 10 <= start.hour <= 12 or not 10 <= end.hour <= 12 or start < end)
    return Window(start, end, timedelta(minutes=draw(st.integers(15, 720))))


@st.composite
def scatters(draw: st.DrawFn) -> Scatter:
    """Draw random moments that fit into their window."""
    start, end, count = draw(TIMES), draw(TIMES), draw(st.integers(1, 24))
    assume(not 10 <= start.hour <= 12 or not 10 <= end.hour <= 12 or start < end)
    assume(length(start, end) / count >= SHORTEST)
    return Scatter(start, end, count)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule of any kind that can be typed."""
    moments = draw(
        st.fixed_dictionaries({"times": st.lists(TIMES, min_size=1, max_size=10).map(tuple)})
        | st.fixed_dictionaries({"window": windows()}, optional={"times": st.tuples(TIMES)})
        | st.fixed_dictionaries({"scatter": scatters()}, optional={"times": st.tuples(TIMES)})
    )
    starts = draw(DAYS)
    days = draw(
        st.fixed_dictionaries({"weekdays": WEEKDAYS}, optional={"starts": st.just(starts)})
        | st.fixed_dictionaries({"every_days": st.integers(2, 366), "starts": st.just(starts)})
        | st.builds(
            lambda weeks: {
                "every_days": 7 * weeks,
                "starts": starts,
                "weekdays": frozenset({starts.weekday()}),
            },
            st.integers(2, 52),
        )
    )
    if draw(st.booleans()):
        days["ends"] = TODAY + timedelta(days=draw(st.integers(0, 180)))
        assume(days["ends"] >= days.get("starts", TODAY))
    rule = Rule(**moments, **days)
    assume(_comes(rule))
    return rule


def _comes(rule: Rule) -> bool:
    ahead = range(740 if rule.ends is None else (rule.ends - TODAY).days + 1)
    return any(rule.counts(TODAY + timedelta(days=days)) for days in ahead)


@given(rules())
@example(Rule((time(7, 30),), frozenset({0}), every_days=14, starts=date(2026, 11, 30)))
@example(Rule((time(7, 30),), frozenset({0}), ends=date(2026, 12, 4)))
@example(Rule((time(7, 30),), frozenset({0, 2}), starts=date(2026, 12, 4)))
@example(Rule((), EVERY_DAY, Window(time(10), time(23), timedelta(hours=2))))
@example(Rule((), EVERY_DAY, Window(time(20, 30), time(11, 5), timedelta(hours=2))))
def test_what_is_said_can_be_typed(rule: Rule) -> None:
    """Every kind of rule, said in words and typed in, is the same rule again."""
    said = str(rule_words(rule, TEXTS))
    assert parse_schedule(said, TODAY) == Set((rule,))
    assert parse_breathing(f"add {said}", TODAY) == Add((rule,))


ANY_TEXT = st.lists(st.sampled_from(MORE_WORDS) | WORDS | st.text(max_size=3), max_size=40)


@given(ANY_TEXT, st.sampled_from([" ", "", ", "]), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
@example(["for", "9999", "year", "7:30"], " ", TODAY)
@example(["until", "9999-12-31", "7:30"], " ", TODAY)
@example(["move", "9999-12-31", "9"], " ", TODAY)
@example(["for 0 days", "7"], " ", TODAY)
def test_any_words_of_the_grammar(words: list[str], between: str, today: date) -> None:
    """Whatever words come together, they make rules that come, an act, or are not understood."""
    for parse in (parse_schedule, parse_breathing):
        wish: Wish | NotUnderstood
        try:
            wish = parse(between.join(words), today)
        except NotUnderstood as refused:
            wish = refused
        if isinstance(wish, NotUnderstood):
            assert wish.part or wish.reason is Reason.EMPTY
        if isinstance(wish, Set | Add | Change):
            before = datetime.combine(today, time(), UTC) - timedelta(minutes=1)
            assert wish.rules
            assert all(next_fire(rule, before, ZoneInfo("UTC")) for rule in wish.rules)


PIECES = (
    *("7 ", "12 ", "mon ", "mon-", "mon, and ", "every ", "every 1 h ", "from ", "until ", "a"),
    *(
        "3 times a day ",
        "random 3 ",
        "half past ",
        "except for ",
        "1 dec ",
        "7:30 - ",
        "move ",
        "1",
    ),
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_is_read_at_once(piece: str) -> None:
    """The same words over and over are read or refused in no time."""
    start = perf_counter()
    for parse in (parse_schedule, parse_breathing):
        try:
            parse(piece * 2000, TODAY)
        except NotUnderstood:
            continue
    assert perf_counter() - start < 1
