"""A routine as a file: sent by the bot, taken from a person, and never more than it may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.services import retention
from content.loader import faults, packaged
from db.queries import own
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.building import built, owns
from tests.conversations.reminded import labels

GOOD = """\
# A routine
key: my-own
name: Two things
summary: Short.
seconds: 2:00
items:
  - entry: pelvic-tilt-supine
    seconds: 1:00
    dose:
      reps: 6
      tempo: 2-5-2
    keep: one
  - entry: breath-extended-exhale-4-6
    seconds: 1:00
"""
OFFER = "Do you want it?"


async def offered(person: Person, text: str = GOOD, name: str = "my-own.yaml") -> None:
    """Send a file and wait for the preview."""
    await person.send_file(name, text.encode())
    await person.sees(OFFER)


async def test_there_and_back(house: House, ana: Person, onboarded: Walk, tmp_path: Path) -> None:
    """What File sends is a file of a pack without a fault, and somebody who sends it has it."""
    await onboarded(ana)
    await built(ana)
    await ana.tap("File")
    sent = await ana.sees("Keep the file")
    assert sent.raw["document"]["file_name"] == "before-work.yaml"
    assert sent.document is not None
    content, _ = house.telegram.world.files.bytes_of(sent.document) or (b"", "")
    folder = tmp_path / "pack" / "routines"
    folder.mkdir(parents=True)
    (folder / "before-work.yaml").write_bytes(content)
    assert faults(packaged(), folder.parent) == []
    assert content.startswith(b"# A routine for Limber.")
    ben = await onboarded(house.person(1002, "Ben"))
    await offered(ben, content.decode(), "before-work.yaml")
    assert await owns(house, 1002) == ()
    await ben.tap("Add to my routines")
    await ben.sees("one of your routines now")
    (copy,), (original,) = await owns(house, 1002), await owns(house)
    assert (copy.name, copy.items) == (original.name, original.items)


async def test_taken_and_walked(house: House, ana: Person, onboarded: Walk) -> None:
    """A coach's file is shown, kept with a yes, and walked; a second yes says it is there."""
    await onboarded(ana)
    await offered(ana)
    page = await ana.sees("Two things · 2 min")
    assert "1. Pelvic tilt · 6 times · 1 min" in page.text
    await ana.tap("Add to my routines")
    accepted = await ana.sees("one of your routines now")
    await ana.tap("Add to my routines", data=page.buttons[0][0][1])
    await ana.sees_toast("changed since, or is gone")
    await ana.tap("Look", on=accepted)
    await ana.sees("Two things · 2 min")
    await ana.tap("Start now")
    await ana.sees("1/2")
    await offered(ana)
    await ana.tap("Add to my routines")
    await ana.sees_toast("the very same already")
    assert len(await owns(house)) == 1


async def test_an_offer_is_forgotten(house: House, ana: Person, onboarded: Walk) -> None:
    """No, thanks forgets it at once; no answer, after a day, and across a restart."""
    await onboarded(ana)
    await offered(ana)
    page = ana.messages[-1]
    await ana.tap("No, thanks")
    await ana.sees("Nothing was kept")
    await ana.tap("Add", data=page.buttons[0][0][1])
    await ana.sees_toast("is gone")
    await offered(ana)
    await house.stop()
    limber = await house.start()
    await ana.tap("Add to my routines")
    await ana.sees("one of your routines now")
    await offered(ana, GOOD.replace("Two things", "Another"))
    house.clock.push(hours=25)
    await house.settled()
    await retention.prune(limber.deps)
    await ana.tap("Add to my routines")
    await ana.sees_toast("is gone")
    assert [one.name for one in await owns(house)] == ["Two things"]


async def test_nobody_takes_anothers_offer(house: House, ana: Person, onboarded: Walk) -> None:
    """A button of an offer works for whom it was made."""
    await onboarded(ana)
    await offered(ana)
    data = ana.messages[-1].buttons[0][0][1]
    ben = await onboarded(house.person(1002, "Ben"))
    await ben.tap("Add", data=data)
    await ben.sees_toast("is gone")
    assert await owns(house, 1002) == ()


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
ITEM = GOOD.partition("items:\n")[2].partition("    keep")[0]
BROKEN = [
    pytest.param(GOOD.replace("1:00\n    dose", "0:30\n    dose"), "line 8: the dose", id="slot"),
    pytest.param(GOOD.replace("2:00", "3:00"), "line 5: the items add up", id="sum"),
    pytest.param(GOOD.replace("pelvic-tilt-supine", "pelvic-tilt"), "did you mean", id="entry"),
    pytest.param(
        GOOD.replace("pelvic-tilt-supine", "psoas-broomstick-release"), "line 7", id="rod"
    ),
    pytest.param(GOOD + "gentel: yes\n", "unknown key 'gentel'", id="key"),
    pytest.param(
        GOOD + "days:\n  - name: x\n    seconds: 1:00\n", "line 15: a programme", id="days"
    ),
    pytest.param(GOOD.replace("Two things", "x" * 4096), "44 characters", id="name"),
    pytest.param(GOOD.replace("Two things", '"a\\u202Eb"'), "cannot be shown", id="bidi"),
    pytest.param(GOOD.replace("Two things", '"a\\0b"'), "cannot be shown", id="zero byte"),
    pytest.param(GOOD.replace("reps: 6", "reps: " + "9" * 5000), "line 10", id="huge number"),
    pytest.param(GOOD.replace("tempo: 2", f"note: {'x' * 999}\n      tempo: 2"), "80", id="note"),
    pytest.param(BOMB, "references are not used", id="aliases"),
    pytest.param("a: " + "[" * 20_000, "too many brackets", id="deep"),
    pytest.param("- " * 20_000, "too many dashes", id="dashes"),
    pytest.param("? " * 20_000, "too many dashes", id="questions"),
    pytest.param("\t" * 20_000, "line 1: there is a tab", id="tabs"),
    pytest.param("x: y\n" * 9_000, "written twice", id="doubled"),
    pytest.param("".join(f"k{n}: y\n" for n in range(5_000)), "far more than", id="many keys"),
    pytest.param("just words", "key: value", id="words"),
    pytest.param("   ", "the file is empty", id="blank"),
    pytest.param(GOOD.encode("utf-16"), "not UTF-8", id="utf-16"),
    pytest.param(bytes(range(256)) * 9, "not UTF-8", id="binary"),
]


@pytest.mark.parametrize(("content", "words"), BROKEN)
async def test_broken_and_hostile(
    house: House, ana: Person, onboarded: Walk, content: str | bytes, words: str
) -> None:
    """What is wrong is told by its line in a moment, at most four lines, and nothing is stored."""
    await onboarded(ana)
    raw = content if isinstance(content, bytes) else content.encode()
    await ana.send_file("my-own.yaml", raw)
    told = await ana.sees("no routine I can use")
    assert words in told.text
    assert told.text.count("line ") <= 6
    assert len(told.text) < 900
    assert "Add to my routines" not in labels(told)
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        assert await own.offered(session, 1001) is None


async def test_beyond_what_fits(house: House, ana: Person, onboarded: Walk) -> None:
    """A file of a fine form may still be more than one routine holds."""
    await onboarded(ana)
    head = GOOD.partition("items:")[0]
    await ana.send_file("a.yaml", (head.replace("2:00", "31:00") + "items:\n" + ITEM * 31).encode())
    await ana.sees("30 lines")
    long = head.replace("2:00", "61:00") + "items:\n  - entry: breath-extended-exhale-4-6\n"
    await ana.send_file("a.yaml", (long + "    seconds: 61:00\n").encode())
    await ana.sees("longer than 60 minutes")
    sets = ITEM.replace("reps: 6\n      tempo: 2-5-2", "sets: 201\n      hold: 1")
    many = head.replace("2:00", "3:30") + "items:\n" + sets.replace("1:00", "3:30")
    await ana.send_file("a.yaml", many.encode())
    await ana.sees("more than a routine may hold")


@pytest.mark.parametrize("name", ["a.txt", "a.yaml.exe", "yaml", "a.json", ""])
async def test_other_files(house: House, ana: Person, onboarded: Walk, name: str) -> None:
    """A file that is no routine by its name is not even fetched."""
    await onboarded(ana)
    await ana.send_file(name, GOOD.encode())
    await ana.sees("ends in .yaml")
    assert not any(call.method == "getFile" for call in house.telegram.calls)


async def test_large_files(house: House, ana: Person, onboarded: Walk) -> None:
    """A large file is not fetched; one that lies about its size is not read to its end."""
    await onboarded(ana)
    large = GOOD.encode() + b"#" * 64_000
    await ana.send_file("a.yaml", large)
    await ana.sees("too large")
    assert not any(call.method == "getFile" for call in house.telegram.calls)
    message: dict[str, Any] = dict(ana.messages[-2].raw)
    assert "document" in message
    message["document"] = message["document"] | {"file_size": 10}
    house.telegram.inject({"message": message | {"message_id": 999}})
    await house.settled()
    assert any(call.method == "getFile" for call in house.telegram.calls)
    assert [one.text for one in ana.messages if "too large" in one.text and one.from_bot][1:]
    del message["document"]["file_size"]  # it need not be there
    house.telegram.inject({"message": message | {"message_id": 1000}})
    await house.settled()
    assert len([one for one in ana.messages if "too large" in one.text]) == 3


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"status": 400, "description": "Bad Request: file is too big"}, id="refused"),
        pytest.param({"drop": "before"}, id="cut"),
        pytest.param({"garbage": "before"}, id="garbage"),
    ],
)
async def test_not_to_be_had(
    house: House,
    ana: Person,
    onboarded: Walk,
    caplog: pytest.LogCaptureFixture,
    fault: dict[str, Any],
) -> None:
    """Where Telegram does not hand the file out the person is told, and no log has the token."""
    await onboarded(ana)
    house.telegram.faults.next("getFile", times=5, **fault)
    await ana.send_file("a.yaml", GOOD.encode())
    await ana.sees("could not fetch")
    assert house.telegram.token not in caplog.text
    house.telegram.faults.clear()
    await offered(ana)


async def test_a_stranger_is_welcomed(ana: Person) -> None:
    """Somebody new who sends a file is welcomed first."""
    await ana.send_file("a.yaml", GOOD.encode())
    await ana.sees("Welcome to Limber")
