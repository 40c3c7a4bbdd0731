"""The weekly recap: how the week went, one change to say yes or no to, and when it comes."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import (
    AnswerProposal,
    OpenPage,
    OpenRecap,
    SetRecapDay,
    SetRecapTime,
    SwitchRecap,
)
from bot.domain.adaptation import At, Named
from bot.domain.catalogue import Catalogue
from bot.domain.proposal import More, NewTime, Offer, Offered
from bot.domain.recap import HOURS, WEEK, Arranged, Told, Uneven, Week, weekday
from bot.domain.typed_text import NotUnderstood
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views import levels
from bot.views.keyboard import Key, grid, keyboard, to_settings
from bot.views.lines import paragraphs, reason, when


def told(found: Told, catalogue: Catalogue, texts: Texts) -> Reply:
    """Tell how the week went, and offer one change."""
    week, offered = found.week, found.offered
    title = texts("recap.title", first=texts.day(week.first), last=texts.day(week.last))
    asked = offer(offered.offer, catalogue, texts) if offered else None
    rows = [_answers(offered, texts)] if offered else []
    return Reply(
        paragraphs(title, Markup("\n").join(lines(week, texts)), asked),
        keyboard=keyboard(*rows, [_change(texts)]),
    )


def so_far(week: Week, texts: Texts) -> Reply:
    """Tell how the running week goes."""
    found = Markup("\n").join(lines(week, texts)) if not week.empty else texts("recap.nothing_yet")
    return Reply(
        paragraphs(texts("recap.so_far", first=texts.day(week.first)), found),
        keyboard=keyboard([_change(texts)]),
        place=Place.BELOW,
    )


def lines(week: Week, texts: Texts) -> list[Markup]:
    """Return a line for each thing that is known of a week."""
    found = list[Markup]()
    if week.planned:
        found.append(texts("recap.kept", n=week.planned, kept=week.kept))
    if week.sessions:
        found.append(texts("progress.sessions", n=week.sessions, minutes=week.minutes))
    if week.idle:
        found.append(texts("recap.quiet_week"))
    if week.score is not None:
        found.append(_score(*week.score, texts))
    if week.best is not None:
        part = texts(f"recap.part.{week.best.part.value}")
        found.append(texts("recap.best", part=part, clock=texts.clock(week.best.around)))
    if week.sided is not None:
        found.append(_sided(week.sided, texts))
    if week.tight is not None:
        before, after = texts.number(week.tight.before), texts.number(week.tight.after)
        found.append(texts("recap.tight", n=week.tight.days, before=before, after=after))
    return found


def _score(before: int, after: int, texts: Texts) -> Markup:
    if after == before:
        return texts("recap.score.same", percent=after)
    key = "recap.score.more" if after > before else "recap.score.less"
    return texts(key, percent=after, change=abs(after - before))


def _sided(found: Uneven, texts: Texts) -> Markup:
    if found.left and found.right:
        return texts("recap.sides", n=found.left, right=found.right)
    side = "left" if found.left else "right"
    return texts(f"recap.side.{side}", n=found.left or found.right)


def offer(found: Offer, catalogue: Catalogue, texts: Texts) -> Markup:
    """Say what would change, and why."""
    if isinstance(found, More):
        name, change = catalogue.name_of(found.entry), levels.change_words(found.change, texts)
        return texts("recap.offer.level", name=name, change=change)
    at, to = texts.clock(found.at), texts.clock(found.to)
    return texts("recap.offer.time", n=found.of, times=found.times, at=at, to=to)


def _answers(offered: Offered, texts: Texts) -> list[Key]:
    yes = texts("button.recap.more")
    if isinstance(offered.offer, NewTime):
        yes = texts("button.recap.move", clock=texts.clock(offered.offer.to))
    return [
        (yes, AnswerProposal(offered.id, accepts=True)),
        (texts("button.recap.decline"), AnswerProposal(offered.id, accepts=False)),
    ]


def _change(texts: Texts) -> Key:
    return texts("button.recap.change"), OpenRecap()


def raised(found: Named, texts: Texts) -> Reply:
    """Say what an exercise is from now on, with the way to keep what it was."""
    lines, keys = levels.moved([found], At.NOTE, texts)
    return Reply(paragraphs(*lines), keyboard=keyboard(keys))


def declined(texts: Texts) -> Reply:
    """Take the offer off the recap; all stays as it is."""
    toast = str(texts("recap.declined").unescape())
    return Reply(keyboard=keyboard([_change(texts)]), place=Place.KEYS, toast=toast)


def page(found: Arranged, texts: Texts, *, changed: bool = False, below: bool = False) -> Reply:
    """Show when the recap comes, with what changes it."""
    parts = [texts("schedule.changed") if changed else None, texts("recap.page")]
    place = Place.BELOW if below else Place.HERE
    if not found.on:
        on: Key = (texts("button.recap.on"), SwitchRecap(on=True))
        parts.append(texts("recap.off"))
        return Reply(paragraphs(*parts), keyboard=keyboard([on], [to_settings(texts)]), place=place)
    parts.append(_comes(found, texts))
    return Reply(
        paragraphs(*parts),
        keyboard=keyboard(
            *grid(_days(found, texts), 4),
            _hours(found, texts),
            [
                (texts("button.recap.other_time"), OpenPage("recap_time")),
                (texts("button.recap.off"), SwitchRecap(on=False)),
            ],
            [to_settings(texts)],
        ),
        place=place,
    )


def _comes(found: Arranged, texts: Texts) -> Markup:
    days, (at,) = texts.weekdays(found.rule.weekdays), found.rule.times
    comes = texts("recap.comes", days=days, clock=texts.clock(at))
    if found.next_at is None:
        return comes
    zone = found.person.zone
    told_at = when(found.next_at, zone, found.now.astimezone(zone).date(), texts)
    return Markup("\n").join([comes, texts("recap.next", when=told_at)])


def _days(found: Arranged, texts: Texts) -> list[Key]:
    return [
        (
            _chosen(texts.weekdays(frozenset({day})), day == weekday(found.rule), texts),
            SetRecapDay(day),
        )
        for day in range(WEEK)
    ]


def _hours(found: Arranged, texts: Texts) -> list[Key]:
    return [
        (_chosen(texts.clock(at), found.rule.times == (at,), texts), SetRecapTime(f"{at:%H%M}"))
        for at in HOURS
    ]


def _chosen(words: str, chosen: bool, texts: Texts) -> Markup | str:
    return texts("manners.chosen", choice=words) if chosen else words


def ask_time(texts: Texts) -> Reply:
    """Ask for another day and time in the person's own words."""
    return Reply(
        texts("recap.ask_time"), keyboard=keyboard([(texts("button.cancel"), OpenPage("recap"))])
    )


def not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how it is typed; the question stays open."""
    return Reply(paragraphs(reason(misread, texts), texts("recap.examples")))
