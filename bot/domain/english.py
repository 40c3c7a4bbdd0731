"""English words for times, weekdays, intervals and dates."""

from __future__ import annotations

from datetime import time

from bot.domain.vocabulary import Half, Vocabulary

_ONES = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)

_NUMBERS = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{f"twenty{dash}five": 25 for dash in (" ", "-", "")},
    "thirty": 30,
    **{f"forty{dash}five": 45 for dash in (" ", "-", "")},
    "forty": 40,
    "fifty": 50,
    "ninety": 90,
}

_HALVES = {
    **dict.fromkeys(("am", "a.m.", "a.m", "a. m.", "a m"), Half.AM),
    **dict.fromkeys(("pm", "p.m.", "p.m", "p. m.", "p m"), Half.PM),
    **dict.fromkeys(("in the morning", "in the mornings", "morning"), Half.MORNING),
    **dict.fromkeys(("in the afternoon", "in the afternoons", "afternoon"), Half.AFTERNOON),
    **dict.fromkeys(("in the evening", "in the evenings", "evening"), Half.EVENING),
    **dict.fromkeys(("at night", "in the night", "tonight", "night"), Half.NIGHT),
}

_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mondays mon mo",
            "tuesday tuesdays tues tue tu",
            "wednesday wednesdays weds wed we wensday wendsday",
            "thursday thursdays thurs thur thu th thrusday",
            "friday fridays fri fr",
            "saturday saturdays sat sa saterday",
            "sunday sundays sun su",
        )
    )
    for word in words.split()
}

_WORKING = frozenset(range(5))
_ALL = frozenset(range(7))

_WEEKDAY_GROUPS = {
    **dict.fromkeys(
        ("weekdays", "weekday", "week days", "workdays", "workday", "working days"), _WORKING
    ),
    **dict.fromkeys(("weekends", "weekend", "the weekend", "week ends"), _ALL - _WORKING),
    **dict.fromkeys(
        ("every day", "everyday", "each day", "all days", "daily", "every morning", "mornings"),
        _ALL,
    ),
}

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for word in words.split()
}

ENGLISH = Vocabulary(
    numbers=_NUMBERS,
    joins=("and", "on", "then", "also", "from", "please", "the", "only"),
    at=("at", "around", "about"),
    halves=_HALVES,
    named_times={
        "noon": time(12),
        "midday": time(12),
        "12 noon": time(12),
        "12 midday": time(12),
        "midnight": time(0),
        "12 midnight": time(0),
    },
    quarters={"half": 30, "quarter": 15, "a quarter": 15},
    past=("past", "after"),
    before=("to", "before", "till"),
    oclock=("o'clock", "oclock", "o clock", "hours", "hrs", "h"),
    weekdays=_WEEKDAYS,
    weekday_groups=_WEEKDAY_GROUPS,
    through=("to", "through", "thru", "until", "till", "til", "up to"),
    excepting=("except on", "except for", "except", "but not on", "but not", "not on", "not"),
    every=("every", "each", "once every", "once in every", "once an", "once a"),
    units={
        **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60),
        **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 1),
    },
    intervals={
        **dict.fromkeys(("hour", "an hour"), 60),
        **dict.fromkeys(("half hour", "half-hour", "half an hour"), 30),
        **dict.fromkeys(("quarter hour", "quarter of an hour"), 15),
        **dict.fromkeys(("hour and a half", "one and a half hours"), 90),
        **dict.fromkeys(("other hour", "second hour", "couple of hours"), 120),
        "third hour": 180,
    },
    frequencies={"hourly": 60, "half-hourly": 30, "half hourly": 30},
    opening=("from", "between"),
    yes=("yes", "y", "yes it is", "yep", "yeah", "right", "that is right", "correct", "ok", "okay"),
    no=("no", "n", "nope", "no it is not", "wrong", "another", "another zone", "no another zone"),
    off=("off", "none", "never", "stop"),
    add=("add", "also", "plus"),
    change=("change", "edit", "set"),
    remove=("remove", "delete", "drop"),
    pause=("pause", "rest"),
    resume=("resume", "unpause", "bring back"),
    undo=("undo", "undo that", "take that back"),
    move=("move the next one", "move the next", "move next", "move it", "move"),
    instead=("instead",),
    steps={
        **dict.fromkeys(("other", "second", "2nd"), 2),
        **dict.fromkeys(("third", "3rd"), 3),
        **dict.fromkeys(("fourth", "4th"), 4),
        **dict.fromkeys(("fifth", "5th"), 5),
        **dict.fromkeys(("sixth", "6th"), 6),
        **dict.fromkeys(("seventh", "7th"), 7),
    },
    times=("times", "time", "x", "moments"),
    multiples={"once": 1, "twice": 2},
    random=("at random times", "at random", "randomly", "random"),
    a_day=("a day", "per day", "each day", "every day", "daily"),
    starting=("starting on", "starting from", "starting", "beginning on", "beginning", "from"),
    lasting=("for the next", "for", "the next", "next"),
    periods={
        **dict.fromkeys(("day", "days", "d"), 1),
        **dict.fromkeys(("week", "weeks", "w"), 7),
        **dict.fromkeys(("fortnight", "fortnights"), 14),
        **dict.fromkeys(("month", "months"), 30),
        "year": 365,
    },
    spans={
        **{article + "day": 1 for article in ("a ", "the ", "")},
        **{article + "week": 7 for article in ("a ", "the ", "")},
        **{article + "fortnight": 14 for article in ("a ", "the ", "")},
        **{article + "month": 30 for article in ("a ", "the ", "")},
        "a couple of days": 2,
        "a couple of weeks": 14,
        "a year": 365,
    },
    until=("until", "till", "til", "to", "up to"),
    months=_MONTHS,
    ordinals=("st", "nd", "rd", "th"),
    of=("of",),
    days_ahead={"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2},
    next=("next",),
    next_week=("next week",),
)
