"""A link to one's own routine: shown first, copied only with a yes, and nothing of the sharer."""

from __future__ import annotations

import json

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.building import built, owns
from tests.conversations.reminded import labels


async def shared(person: Person) -> str:
    """Share the routine whose page is open; return what comes behind /start in the link."""
    await person.tap("Share")
    page = await person.sees("Whoever opens this link")
    return page.text.partition("?start=")[2].split()[0]


async def newcomer(house: House) -> Person:
    """Return somebody nobody knows yet."""
    return house.person(1002, "Ben")


async def opened(person: Person, link: str) -> Message:
    """Open a link and return the preview."""
    await person.send(f"/start {link}")
    return await person.sees("Do you want it?")


async def test_copied_with_a_yes(house: House, ana: Person, onboarded: Walk) -> None:
    """The preview shows name, lines and length; nothing is stored before the yes."""
    await onboarded(ana)
    await built(ana)
    link = await shared(ana)
    ben = await onboarded(await newcomer(house))
    page = await opened(ben, link)
    assert "Before work · 3:15 min" in page.text
    assert "1. Glute bridge · 8 times · 1:15 min" in page.text
    assert "Ana" not in page.text
    assert "1001" not in json.dumps(page.raw["reply_markup"])
    assert await owns(house, 1002) == ()
    await ben.tap("Add to my routines")
    await ben.sees("one of your routines now")
    (copy,), (original,) = await owns(house, 1002), await owns(house)
    assert (copy.name, copy.items) == (original.name, original.items)
    assert (copy.token, original.token is None) == (None, False)
    await ben.tap("Add to my routines", on=page, data=page.buttons[0][0][1])
    await ben.sees_toast("the very same already")
    await ana.tap("The routine")
    await ana.tap("Delete", on=await ana.sees("Tap a number"))
    await ana.sees("Delete Before work?")
    await ana.tap("Delete it")
    await ana.sees("deleted")
    assert await owns(house, 1002) == (copy,), "the copy is independent"


async def test_declined(house: House, ana: Person, onboarded: Walk) -> None:
    """No, thanks keeps nothing."""
    await onboarded(ana)
    await built(ana)
    link = await shared(ana)
    ben = await onboarded(await newcomer(house))
    await opened(ben, link)
    await ben.tap("No, thanks")
    await ben.sees("Nothing was kept")
    assert await owns(house, 1002) == ()


async def test_no_longer_shared(house: House, ana: Person, onboarded: Walk) -> None:
    """After Stop sharing the link, and a preview that was open, say so in one sentence."""
    await onboarded(ana)
    await built(ana)
    link = await shared(ana)
    ben = await onboarded(await newcomer(house))
    page = await opened(ben, link)
    await ana.tap("Stop sharing")
    await ana.sees("leads nowhere now")
    await ben.tap("Add to my routines", on=page)
    await ben.sees("not shared any more")
    await ben.send(f"/start {link}")
    gone = await ben.sees("not shared any more")
    assert gone.buttons == []
    assert await owns(house, 1002) == ()
    await ana.tap("The routine")
    await ana.sees("Tap a number")
    assert await shared(ana) != link, "an old link never comes back"


async def test_changed_since_it_was_shown(house: House, ana: Person, onboarded: Walk) -> None:
    """What the sharer changed after the preview is shown anew: the yes is to what was seen."""
    await onboarded(ana)
    await built(ana)
    link = await shared(ana)
    ben = await onboarded(await newcomer(house))
    await opened(ben, link)
    await ana.tap("The routine")
    await ana.tap("1", on=await ana.sees("Tap a number"))
    await ana.sees("Line 1 of 3")
    await ana.tap("Remove")
    await ana.sees("Before work · 2 min")
    await ben.tap("Add to my routines")
    page = await ben.sees("Do you want it?")
    assert "Glute bridge" not in page.text
    assert await owns(house, 1002) == ()
    await ben.tap("Add to my routines")
    await ben.sees("one of your routines now")
    assert len((await owns(house, 1002))[0].items) == 2


async def test_somebody_new(house: House, ana: Person, onboarded: Walk) -> None:
    """Somebody new comes by the link: the welcome first, and at its end the offer."""
    await onboarded(ana)
    await built(ana)
    link = await shared(ana)
    ben = await newcomer(house)
    await ben.send(f"/start {link}")
    await ben.sees("Welcome to Limber")
    await ben.tap("I understand")
    await ben.sees("apply")
    await ben.tap("None of these")
    for _ in range(3):
        await ben.sees("?")
        await ben.tap("Later")
    page = await ben.sees("Do you want it?")
    assert "All set" in "".join(message.text for message in ben.messages)
    assert await owns(house, 1002) == ()
    await ben.tap("Add to my routines", on=page)
    accepted = await ben.sees("one of your routines now")
    assert len(await owns(house, 1002)) == 1
    await ben.tap("Look", on=accepted)
    assert "Change it" in labels(await ben.sees("3:15 min"))


async def test_an_empty_one_is_not_shared(house: House, ana: Person, onboarded: Walk) -> None:
    """There is no way to hand on nothing, not even by a forged tap."""
    await onboarded(ana)
    await ana.send("/routines")
    await ana.sees("Routines")
    await ana.tap("New routine")
    await ana.sees("What shall it be called?")
    await ana.tap("Later")
    page = await ana.sees("empty")
    assert "Share" not in labels(page)
    (own,) = await owns(house)
    await ana.tap("Share", data=f"yx:{own.id}:1")
    await ana.sees_toast("Nothing is in it")
    await ana.tap("File", data=f"yf:{own.id}")
    await ana.sees_toast("Nothing is in it")


async def test_a_made_up_link(ana: Person, onboarded: Walk) -> None:
    """A token that never was is not shared either."""
    await onboarded(ana)
    for link in ("own_", "own_nothing", "own_" + "x" * 60):
        await ana.send(f"/start {link}")
        await ana.sees("not shared any more")
