"""A draft fits into a button, reads back, and becomes the rule that was put together."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.draft import MOST_DAYS, MOST_TIMES, Draft, Form, mark
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import EVERY_DAY, Rule
from bot.domain.windows import Scatter, Window

MONDAY = date(2026, 3, 2)

minutes = some.builds(time, some.integers(0, 23), some.integers(0, 59))
ends = {"start": minutes, "end": minutes}
common = {
    "weekdays": some.frozensets(some.integers(0, 6)),
    "every_days": some.integers(1, MOST_DAYS),
}
drafts = some.one_of(
    some.builds(
        Draft,
        kind=some.sampled_from([kind for kind in ReminderKind if kind is not ReminderKind.RECAP]),
        practice=some.sampled_from(["", mark("breath-box-4444")]),
        times=some.frozensets(minutes, max_size=MOST_TIMES),
        **common,
    ),
    some.builds(Draft, form=some.just(Form.EVERY), every=some.integers(15, 720), **ends, **common),
    some.builds(Draft, form=some.just(Form.RANDOM), count=some.integers(1, 24), **ends, **common),
)


@given(drafts)
def test_read_back(draft: Draft) -> None:
    """Whatever was chosen is read back from its code, which is at most 35 letters long."""
    assert Draft.from_code(draft.code) == draft
    assert len(draft.code) <= 35


@given(some.text(max_size=40) | some.from_regex(r"[rp][ter].{0,4}\.[0-7][0-9a-f][1-9]\.[\w-]*"))
def test_nonsense_is_no_draft(code: str) -> None:
    """A made-up code is no draft, or one that reads back; it never raises anything."""
    draft = Draft.from_code(code)
    if draft is not None:
        assert Draft.from_code(draft.code) == draft


@pytest.mark.parametrize(
    "code",
    ["", "rt", "rt.7f1", "xt.7f1.7E", "rx.7f1.7E", "rt.ff1.7E", "rt.7f0.7E", "rt.7f1.7", "re.7f1.",
     "rt.7f1.zz", "rt.7f1.7E7E", "re.7f1.8K", "rt.7f1.7E\n"],
)  # fmt: skip
def test_no_draft(code: str) -> None:
    """What is cut, doubled or outside of the day is no draft."""
    assert Draft.from_code(code) is None


@pytest.mark.parametrize(
    "rule",
    [
        Rule((time(7, 30),)),
        Rule((time(7, 30), time(21)), frozenset({0, 2})),
        Rule((time(8),), every_days=3, starts=MONDAY),
        Rule(window=Window(time(9), time(18), timedelta(minutes=90))),
        Rule((), frozenset({5}), scatter=Scatter(time(10), time(20), 4)),
    ],
)
def test_a_reminder_as_a_draft(rule: Rule) -> None:
    """A reminder becomes a draft that means the same rule."""
    draft = Draft.of(rule, ReminderKind.ROUTINE, None)
    assert draft is not None
    assert draft.rule(MONDAY) == rule


@pytest.mark.parametrize(
    "rule",
    [
        Rule(tuple(time(hour) for hour in range(13))),
        Rule((time(7),), window=Window(time(9), time(18), timedelta(hours=1))),
        Rule((time(7),), every_days=10, starts=MONDAY),
    ],
)
def test_only_by_typing(rule: Rule) -> None:
    """What the buttons cannot say is no draft."""
    assert Draft.of(rule, ReminderKind.ROUTINE, None) is None


@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(times=frozenset({time(7)}), weekdays=frozenset()),
        Draft(form=Form.EVERY, every=5),
        Draft(form=Form.RANDOM, count=9, start=time(9), end=time(10)),
    ],
)
def test_what_cannot_be(draft: Draft) -> None:
    """Without a time, a day or room there is no rule."""
    with pytest.raises(ValueError, match=r"."):
        draft.rule(MONDAY)


def test_steps() -> None:
    """Each choice changes what it names and nothing else."""
    draft = Draft(kind=ReminderKind.PRACTICE, practice=mark("breath-478"), times={time(7)})  # type: ignore[arg-type]
    assert draft.toggled(time(8)).toggled(time(7)).times == {time(8)}
    assert draft.on({0}).weekdays == {0}
    assert draft.on(EVERY_DAY, 2).rule(MONDAY).starts == MONDAY
    other = draft.in_form(Form.EVERY)
    assert (other.kind, other.practice, other.times) == (draft.kind, draft.practice, frozenset())
    assert draft.in_form(Form.TIMES) == draft
