"""In a group the bot answers questions, runs no sessions, and says why."""

from __future__ import annotations

import pytest

from bot import menu
from sandbox.person import Group, Person
from tests.conftest import House, Walk

EMERGENCY = "numb between my legs"
EMERGENCY_SCRIPT = "Call your local emergency number"
BOT = "@limber_sandbox_bot"
WHY = "In a group I only answer questions"


@pytest.fixture
async def ben(house: House, onboarded: Walk) -> Person:
    """Somebody known to the bot."""
    return await onboarded(house.person(1002, "Ben"))


@pytest.fixture
async def group(house: House, ana: Person, ben: Person) -> Group:
    """A group of a stranger, a known person and the bot."""
    found = house.telegram.group(-1001, "Stretchers", members=[ana, ben])
    await house.settled()
    return found


def replies(group: Group) -> list[str]:
    """Return what the bot said in the group."""
    return [message.text for message in group.messages if message.from_bot]


def session_buttons(group: Group) -> list[str]:
    """Return the words of all buttons in the group that would start or steer a session."""
    words = ("Do it now", "Done", "Skip", "Start", "Back to step", "Make it daily", "resume")
    labels = [label for message in group.messages for row in message.buttons for label, _ in row]
    return [label for label in labels if any(word in label for word in words)]


@pytest.mark.parametrize(
    "said",
    ["/how cat cow", f"/how{BOT} cat cow", f"{BOT} cat cow", f"how is cat cow done {BOT.upper()}"],
)
async def test_answers(house: House, ana: Person, group: Group, said: str) -> None:
    """/how and a mention are answered in the group, for strangers too, without session buttons."""
    await ana.send(said, chat=group)
    card = await ana.sees("Get ready", chat=group)
    assert "cat" in card.text.lower()
    assert session_buttons(group) == []


async def test_answers_replies(house: House, ana: Person, ben: Person, group: Group) -> None:
    """A reply to a message of the bot is a question; a reply to a person is not."""
    await ana.send("/how cat cow", chat=group)
    card = await ana.sees("Get ready", chat=group)
    await ben.send("where do I feel the bridge?", chat=group, reply_to=card.id)
    await ben.sees("Where you feel it", chat=group)
    said = await ana.send("hello all", chat=group)
    await ben.send("how do I do the bird dog?", chat=group, reply_to=said.id)
    await house.settled()
    assert len(replies(group)) == 2


@pytest.mark.parametrize(
    "said",
    ["hello", "how do I do the cat cow?", "@somebody cat cow", "/today@other_bot", EMERGENCY],
)
async def test_ignores_other_talk(house: House, ana: Person, group: Group, said: str) -> None:
    """What people say to each other is not answered."""
    await ana.send(said, chat=group)
    await ana.send_photo()
    await house.settled()
    assert replies(group) == []


async def test_pushed_in_talk_is_ignored(house: House, ana: Person, group: Group) -> None:
    """Even where the bot is shown every message, it answers only what is said to it."""
    message = await ana.send("I love the cat cow", chat=group)
    house.telegram.inject({"message": message.raw})
    await house.settled()
    assert replies(group) == []


@pytest.mark.parametrize("command", [name for name in menu.PRIVATE if name not in menu.GROUP])
async def test_runs_no_sessions(house: House, ben: Person, group: Group, command: str) -> None:
    """Every other command says why not here, with the way to the private chat; nothing starts."""
    await ben.send(f"/{command}", chat=group)
    answer = await ben.sees(WHY, chat=group)
    assert "t.me/limber_sandbox_bot" in str(answer.buttons)
    await ben.send("/start")
    assert "Back to step" not in str((await ben.sees("Welcome back")).buttons)


async def test_help(ana: Person, group: Group) -> None:
    """/help lists what works here, and nothing else."""
    await ana.send("/help", chat=group)
    shown = await ana.sees("What I understand", chat=group)
    assert all(f"/{name} " in shown.text for name in menu.GROUP)
    assert not [
        name for name in menu.PRIVATE if name not in menu.GROUP and f"/{name} " in shown.text
    ]


async def test_library(house: House, ana: Person, ben: Person, group: Group) -> None:
    """Everybody may open cards from the list; none offers to start anything."""
    await ana.send("/exercises", chat=group)
    front = await ana.sees("What are you after", chat=group)
    assert not [label for row in front.buttons for label, _ in row if "have" in label]
    await ana.tap("Core", chat=group)
    await ana.sees("Core: tap one", chat=group)
    await ben.tap("Glute bridge", chat=group)
    await ben.sees("Get ready", chat=group)
    await ana.tap("Bird dog", chat=group)
    await ana.sees("Bird dog", chat=group)
    assert session_buttons(group) == []


async def test_unknown(ana: Person, group: Group) -> None:
    """An unknown question gets a sentence that stands without buttons."""
    await ana.send("/how side plank", chat=group)
    answer = await ana.sees("I don't know that one", chat=group)
    assert ("one of these" in answer.text) == bool(answer.buttons)


async def test_empty_how(ana: Person, group: Group) -> None:
    """/how without a question, and a bare mention, are answered."""
    await ana.send("/how", chat=group)
    await ana.sees("Ask like this", chat=group)
    await ana.send(BOT, chat=group)
    await ana.sees("I don't know that one", chat=group)


async def test_warning_sign(house: House, ben: Person, group: Group) -> None:
    """A warning sign gets its script in the group; nobody's reminders are talked about there."""
    await ben.send(f"{BOT} {EMERGENCY}", chat=group)
    answer = await ben.sees(EMERGENCY_SCRIPT, chat=group)
    assert not answer.buttons
    assert "reminders" not in answer.text
    await ben.send("/start")
    await ben.sees("because of what you described")


async def test_open_session_stays_private(house: House, ben: Person, group: Group) -> None:
    """In a group "how long?" is about nothing: what somebody is in the middle of is theirs."""
    await ben.send("/today")
    await ben.sees("1/")
    await ben.send("/how long?", chat=group)
    answer = await ben.sees("I don't know that one", chat=group)
    assert "step" not in answer.text
    assert session_buttons(group) == []


@pytest.mark.parametrize(
    "data",
    ["go", "do:glute-bridge", "page:export", "page:delete", "del:1", "ra", "res", "rt:gentle-8"],
)
async def test_forged_private_buttons(house: House, ben: Person, group: Group, data: str) -> None:
    """Buttons of the private chat do nothing in a group, not even with exact data."""
    await ben.send("/how cat cow", chat=group)
    await ben.sees("Get ready", chat=group)
    before = [str(message) for message in group.messages]
    tap = await ben.tap("", data=data, chat=group)
    assert (await tap.answer()).text
    await house.settled()
    assert [str(message) for message in group.messages] == before
    await ben.send("/start")
    await ben.sees("Welcome back")


async def test_another_members_step(house: House, ana: Person, ben: Person, group: Group) -> None:
    """Another member's tap with the exact data of somebody's step changes nothing and says so."""
    await ben.send("/today")
    step = await ben.sees("1/")
    await ana.send("/how cat cow", chat=group)
    await ana.sees("Get ready", chat=group)
    for row in step.buttons:
        for label, data in row:
            tap = await ana.tap(label, data=data, chat=group)
            assert (await tap.answer()).text, label
    await house.settled()
    assert ben.screen.text.startswith("1/")


async def test_removed_from_the_group(house: House, ben: Person, group: Group) -> None:
    """Being put out of a group has no effect on anybody's reminders."""
    for status in ("left", "kicked"):
        house.telegram.inject(
            {
                "my_chat_member": {
                    "chat": {"id": group.id, "type": "group", "title": "Stretchers"},
                    "from": {"id": ben.id, "is_bot": False, "first_name": "Ben"},
                    "date": 1772431200,
                    "old_chat_member": {"status": "member", "user": house.telegram.world.bot},
                    "new_chat_member": {
                        "status": status,
                        "user": house.telegram.world.bot,
                        "until_date": 0,
                    },
                }
            }
        )
    await house.settled()
    house.clock.push(minutes=30)
    await ben.sees("12 minutes")
