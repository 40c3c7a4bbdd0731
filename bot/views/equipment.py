"""What people have: a page of toggles for the gear, one for what is at home."""

from __future__ import annotations

from collections.abc import Collection

from bot.callbacks import Later, OpenThings, ThingsDone, ToggleThing
from bot.domain.catalogue import Catalogue
from bot.domain.equipment import Own, Thing
from bot.domain.person import Question
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard, to_settings
from bot.views.lines import capital, paragraphs, reason


def page(
    catalogue: Catalogue,
    has: Collection[str],
    texts: Texts,
    *,
    household: bool = False,
    asked: bool = False,
    changed: bool = False,
) -> Reply:
    """Show what they have and what not, each a tap to change; `asked` within onboarding."""
    own = Own.HOUSEHOLD if household else Own.GEAR
    things = [thing for thing in catalogue.things.values() if thing.own is own]
    rows = grid([_toggle(thing, has, texts) for thing in things], 2)
    other = "button.things_gear" if household else "button.things_household"
    rows.append([(texts(other), OpenThings(not household))])
    if asked:
        later: Key = (texts("button.later"), Later(Question.EQUIPMENT))
        rows.append([(texts("button.things_done"), ThingsDone()), later])
    else:
        rows.append([to_settings(texts)])
    title = "equipment.asked" if asked else "equipment.page"
    return Reply(
        paragraphs(
            texts("schedule.changed") if changed else None,
            texts("equipment.household") if household else texts(title),
        ),
        keyboard=keyboard(*rows),
    )


def not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was no thing, and how they are typed."""
    return Reply(paragraphs(reason(misread, texts), texts("equipment.examples")))


def _toggle(thing: Thing, has: Collection[str], texts: Texts) -> Key:
    there = thing.key in has
    label = texts("button.thing_there" if there else "button.thing", name=capital(thing.name))
    return label, ToggleThing(thing.key, not there)
