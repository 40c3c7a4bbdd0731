"""The coach's page is followed to the letter: its files, its commands and what they print."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import limber
from bot.domain.catalogue import Catalogue, Day, Exercise, Item, Note, Practice, Routine, Stage
from bot.domain.dose import Dose, Sides
from bot.domain.equipment import Need, Swap, Thing, owned
from bot.domain.plan import Known, Means, plan, seconds
from bot.domain.player import expand
from bot.domain.safety import Gate, Sign
from bot.domain.step import Side, Step
from content.kinds import (
    GateAddition,
    PackAddition,
    RulesAddition,
    ScreeningAddition,
    Signs,
)
from content.loader import load, over_packaged

PAGE = (Path(__file__).parents[2] / "docs/content.md").read_text()


@dataclass(frozen=True)
class Block:
    """A fenced block of the page: its language and what stands in it."""

    language: str
    text: str


def blocks() -> Iterator[Block]:
    """Yield the fenced blocks of the page, in order."""
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE):
        yield Block(language, text)


@dataclass
class Reader:
    """A coach who does what the page says, in a folder of their own."""

    folder: Path
    printed: str = ""

    def follow(self, block: Block) -> None:
        """Write the file, type the command, or compare what was printed."""
        match block.language:
            case "yaml":
                path = re.match(r"# (my-pack/[\w/.-]+)\n", block.text)
                assert path, f"says no file: {block.text[:60]}"
                (self.folder / path[1]).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path[1]).write_text(block.text)
            case "sh":
                for line in block.text.splitlines():
                    self.type(shlex.split(line))
            case "text":
                assert self.printed == block.text
            case "ini":
                assert all("=" in line for line in block.text.splitlines())

    def type(self, command: list[str]) -> None:
        """Type one command."""
        if command[0] == "mkdir":
            (self.folder / command[1]).mkdir()
            return
        assert command[0] == "limber"
        result = CliRunner().invoke(limber, command[1:])
        assert not result.exception or isinstance(result.exception, SystemExit)
        self.printed = result.output


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the whole page; return the pack that comes of it."""
    folder = tmp_path_factory.mktemp("coach")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        reader = Reader(folder)
        for block in blocks():
            reader.follow(block)
        result = CliRunner().invoke(limber, ["check", "my-pack"])
        assert result.exit_code == 0, result.output
    return folder / "my-pack"


@pytest.fixture(scope="module")
def catalogue(pack: Path) -> Catalogue:
    """Return the pack of the page as the bot has it."""
    return load(*over_packaged(pack))


def steps(catalogue: Catalogue, key: str, *said: str) -> list[Step]:
    """Return the steps of a routine for somebody with nothing but what is in most homes."""
    known = Known(entries=catalogue.entries, things=catalogue.things)
    person = Means(has=owned(catalogue.things, dict.fromkeys(said, True)))
    planned = plan(catalogue.routines[key].items, known, person)
    assert seconds(planned) == catalogue.routines[key].seconds
    return list(expand(planned))


def test_tutorial_checks_as_it_goes() -> None:
    """The page shows what is printed: once a file began, once faults, twice none."""
    shown = [block.text for block in blocks() if block.language == "text"]
    assert [text.count("\n") for text in shown] == [1, 1, 2, 1]
    assert sum("no faults" in text for text in shown) == 2


def test_routine_of_the_tutorial(catalogue: Catalogue) -> None:
    """The three exercises become the steps that the tutorial speaks of, five minutes in all."""
    found = steps(catalogue, "on-your-back-5")
    assert [(step.entry, step.side, step.reps, step.seconds, step.ready) for step in found] == [
        ("heel-slide", Side.ALTERNATING, 5, None, 30),
        ("knee-hug", Side.LEFT, None, 30, 8),
        ("knee-hug", Side.RIGHT, None, 30, 7),
        ("toe-tap", Side.ALTERNATING, 6, None, 15),
        ("breath-extended-exhale-4-6", None, 6, 60, 0),
    ]
    assert sum(step.ready + step.lasts + step.rest for step in found) == 300
    assert found[0].lasts == 60  # "on both sides: 60 seconds"
    assert found[0].note == "Slow is right."


def test_pack_of_the_page(catalogue: Catalogue) -> None:
    """What the page adds is there, over everything that comes with Limber."""
    assert (catalogue.name, catalogue.daily) == ("My pack", "on-your-back-5")
    assert {"heel-slide", "knee-hug", "toe-tap", "glute-bridge"} <= set(catalogue.exercises)
    assert catalogue.practices["breath-3-5"].seconds_a_round == 8
    assert [day.seconds for day in catalogue.routines["two-days"].days] == [300, 120]
    assert catalogue.notes["kn-slow"].see == ("heel-slide", "on-your-back-5")
    assert catalogue.safety.screening.conditions[-1] == "A frozen shoulder"
    assert len(catalogue.safety.gates["release"].questions) == 10
    assert catalogue.safety.rules.stop[-1] == "Your old injury speaks up"
    assert catalogue.safety.scripts["shoulder"].startswith("Let the shoulder rest")


def test_drum_of_the_page(catalogue: Catalogue) -> None:
    """The things of the page are used, and replaced, as the page says."""
    march = catalogue.exercises["drum-march"]
    known = Known(entries=catalogue.entries, things=catalogue.things)
    items = [Item(entry="drum-march", seconds=70)]
    chair = catalogue.things["chair"].name
    for has, entry, told in (
        ({"chair", "drum"}, "drum-march", ()),
        ({"chair"}, "drum-march", (Swap("", "no drum, count aloud"),)),
        ({"box", "drum"}, "drum-march", (Swap(chair, "firm box"),)),
        (set(), "toe-tap", (Swap(chair, "Toe tap"),)),
    ):
        (planned,) = plan(items, known, Means(has=has))
        assert (planned.entry.key, planned.swaps) == (entry, told)
    assert march.purpose is catalogue.exercises["toe-tap"].purpose


def test_doses_of_the_page() -> None:
    """The examples of how long a dose takes are true."""
    rows = re.findall(r"^\| (`.*`) \| `(\w+)` \| .*?(\d):(\d\d) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 4
    for dose, sides, minutes, rest in rows:
        given = dict(re.findall(r"`(\w+): ([\d-]+)`", dose))
        kept = {key: value if key == "tempo" else int(value) for key, value in given.items()}
        took = Dose(**kept).seconds(Sides(sides))  # type: ignore[arg-type]
        assert took == 60 * int(minutes) + int(rest)


# Where the page explains the keys of each kind of value: a heading, and how many tables below it.
EXPLAINED = [
    ("An exercise", [Exercise]),
    ("Doses", [Dose]),
    ("Stages", [Stage]),
    ("What is needed", [Need, Thing]),
    ("A breathing practice", [Practice]),
    ("A routine", [Routine, Item, Day]),
    ("A note", [Note]),
    ("Safety", [ScreeningAddition, GateAddition, RulesAddition, Signs]),
    ("pack.yaml", [PackAddition]),
]


@pytest.mark.parametrize(("heading", "kinds"), EXPLAINED, ids=[row[0] for row in EXPLAINED])
def test_every_key_is_explained(heading: str, kinds: list[type]) -> None:
    """Each table under a heading has a line for every key of its kind, and for no other."""
    section = re.split(rf"^### {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    section = re.split(r"^##+ ", section, flags=re.MULTILINE)[0]
    tables = re.findall(r"^\| key \|.*\n\| --- .*\n((?:\|.*\n)+)", section, re.MULTILINE)
    assert len(tables) == len(kinds)
    for kind, rows in zip(kinds, tables, strict=True):
        named = [
            key for row in rows.splitlines() for key in re.findall(r"`(\w+)`", row.split("|")[1])
        ]
        known = {item.name for item in fields(kind)}
        if kind is Signs:
            known |= {item.name for item in fields(Sign)}
        if kind is GateAddition:
            known |= {item.name for item in fields(Gate)}
        assert sorted(named) == sorted(known)
        assert all(row.rstrip(" |").count("|") >= 2 for row in rows.splitlines()), "says nothing"


def test_what_must_be_there_is_marked() -> None:
    """A key that cannot be left out of an exercise is marked, and only such a key."""
    section = PAGE.split("### An exercise\n")[1].split("\n### ")[0]
    marked = {key for key, must in re.findall(r"^\| `(\w+)` \| (.*?) ?\|", section, re.M) if must}
    must = {item.name for item in fields(Exercise) if item.default is item.default_factory}
    assert marked == must | {"poses"}


def test_links_of_the_page_lead_somewhere() -> None:
    """Links within the page lead to headings, others to files."""
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)]+)\)", PAGE):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (Path(__file__).parents[2] / "docs" / target).is_file()
