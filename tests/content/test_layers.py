"""A pack over another adds, replaces and hides entries, and inherits everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.examples import examples
from bot.domain.equipment import Own, Thing
from content.faults import PackError
from content.loader import load, over_packaged, packaged
from tests.content.tiny_pack import FILES, TinyPack

NOD = "exercises/nod.yaml"


# --- entries ----------------------------------------------------------------------------------


def test_empty_pack_changes_nothing(pack: TinyPack, mine: TinyPack) -> None:
    """A pack without a file is the pack below."""
    assert load(*mine.folders) == load(pack.folder)


def test_entry_is_added(pack: TinyPack, mine: TinyPack) -> None:
    """A new entry stands beside all the others, which stay as they are."""
    mine.write(
        "routines/quick.yaml",
        "key: quick\nname: Quick\nsummary: Half a minute.\nseconds: 30\n"
        "items:\n  - entry: nod\n    seconds: 30\n",
    )
    below, found = load(pack.folder), load(*mine.folders)
    assert found.routines["quick"].seconds == 30
    assert set(found.routines) == {*below.routines, "quick"}
    assert (found.exercises, found.safety) == (below.exercises, below.safety)
    assert found.version != below.version
    assert found.digests["short"] == below.digests["short"]


def test_entry_is_replaced(pack: TinyPack, mine: TinyPack) -> None:
    """A file of the same key takes the place of the whole entry."""
    mine.write(
        NOD, FILES[NOD].replace("Sit tall.", "Sit taller.").replace("  - yes move", "  - aye")
    )
    below, found = load(pack.folder), load(*mine.folders)
    assert found.exercises["nod"].setup == "Sit taller."
    assert found.exercises["nod"].aliases == ("aye",)
    assert found.exercises["hang"] == below.exercises["hang"]
    assert found.digests["nod"] != below.digests["nod"]


def test_pack_file_says_only_what_changes(mine: TinyPack) -> None:
    """The daily routine is the topmost pack's, the name stays where none is written."""
    mine.write("pack.yaml", "daily: soft\n")
    found = load(*mine.folders)
    assert (found.name, found.daily) == ("Tiny", "soft")


def test_hidden_entry_is_gone(mine: TinyPack) -> None:
    """What a pack hides is no longer there for anyone."""
    mine.write("pack.yaml", "daily: soft\nhide:\n  - days\n  - hang\n  - why-nod\n")
    found = load(*mine.folders)
    assert set(found.exercises) == {"nod", "press"}
    assert set(found.routines) == {"short", "soft"}
    assert not found.notes


def test_questions_are_added(mine: TinyPack) -> None:
    """Questions of a higher pack are added; one of a lower pack goes where the higher says."""
    mine.write("questions/nod.yaml", "key: nod\nhow:\n  - yes, yes, yes\n  - will it rain\n")
    found = load(*mine.folders)
    asked = {example.question: example.label for example in examples(found)}
    assert asked["yes, yes, yes"] == asked["the one where you say yes"] == "nod"
    assert asked["will it rain"] == "nod"


def test_questions_of_a_hidden_entry(mine: TinyPack) -> None:
    """With an entry its questions go; those that a pack writes for its own one of the key stay."""
    mine.write("pack.yaml", "daily: soft\nhide:\n  - why-nod\n  - days\n  - hang\n")
    note = "key: why-nod\nname: Why so?\ntext: Because.\nsources:\n  - Me\n"
    mine.write("knowledge/why-nod.yaml", note)
    mine.write("questions/why-nod.yaml", "key: why-nod\nwhy:\n  - tell me why so\n")
    asked = {one.key: one.why for one in load(*mine.folders).questions}
    assert asked["why-nod"] == ("tell me why so",)


def test_hidden_entry_that_is_still_named(pack: TinyPack, mine: TinyPack) -> None:
    """What still names a hidden entry is told by its whole path, and why it is not there."""
    mine.write("pack.yaml", "hide:\n  - sigh\n")
    why = "'sigh'; a pack.yaml hides it"
    assert mine.faults() == [
        f"{pack.folder}/routines/short.yaml:11: there is no practice {why}",
        f"{pack.folder}/routines/short.yaml:15: there is no exercise or practice {why}",
        f"{pack.folder}/routines/soft.yaml:9: there is no exercise or practice {why}",
        f"{pack.folder}/safety/gates/release.yaml:9: there is no exercise or practice {why}",
    ]


def test_hiding_makes_room(mine: TinyPack) -> None:
    """A pack may use a name anew that belonged to what it hides."""
    mine.write("pack.yaml", "hide:\n  - why-nod\n")
    mine.write(
        "knowledge/nodding.yaml", "key: nodding\nname: Why nod at all?\ntext: It may feel good.\n"
    )
    assert set(load(*mine.folders).notes) == {"nodding"}


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("hangg", "hide: there is no entry 'hangg' in the pack below; did you mean 'hang'?"),
        ("release", "hide: there is no entry 'release' in the pack below"),
        ("bar", "hide: there is no entry 'bar' in the pack below"),
    ],
)
def test_what_cannot_be_hidden(mine: TinyPack, key: str, says: str) -> None:
    """Only entries can be hidden: no gate, no thing, nothing that is not there."""
    mine.write("pack.yaml", f"hide:\n  - {key}\n")
    assert mine.faults() == [f"pack.yaml:2: {says}"]


def test_things_are_added_and_reworded(pack: TinyPack, mine: TinyPack) -> None:
    """A pack may know more things, and put one of the lower pack in other words."""
    mine.write(
        "equipment.yaml",
        "things:\n  - key: rope\n    name: Rope\n    own: gear\n"
        "  - key: bar\n    name: Beam\n    own: household\n",
    )
    found = load(*mine.folders).things
    assert list(found) == [*load(pack.folder).things, "rope"]
    assert found["bar"] == Thing(key="bar", name="Beam", own=Own.HOUSEHOLD)


# --- where a fault is told --------------------------------------------------------------------


def test_fault_in_a_lower_file(pack: TinyPack, mine: TinyPack) -> None:
    """What a pack breaks in the one below is told by that file's whole path."""
    mine.write(NOD, FILES[NOD].replace("sides: none", "sides: each"))
    assert mine.faults() == [
        f"{pack.folder}/routines/short.yaml:7: the dose takes 1:20, more than its slot of 0:50",
        f"{pack.folder}/routines/soft.yaml:8: the dose takes 0:40, more than its slot of 0:30",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("name: Mine", "name: Sigh", "2: name: 'Sigh' is taken by practice 'sigh'"),
        ("name: Mine", "name: Yes move", "2: name: 'Yes move' is taken by exercise 'nod'"),
        ("  - my own", "  - short", "4: alias 'short' is taken by routine 'short'"),
        ("  - my own", "  - yes-move", "4: alias 'yes-move' is taken by exercise 'nod'"),
    ],
)
def test_clash_is_told_where_it_can_be_mended(
    mine: TinyPack, old: str, new: str, says: str
) -> None:
    """A name that belongs to the pack below is told in the file of the pack above."""
    routine = FILES["routines/soft.yaml"].replace("key: soft", "key: mine")
    routine = routine.replace("name: Soft\n", "name: Mine\naliases:\n  - my own\n")
    mine.write("routines/mine.yaml", routine.replace(old, new))
    assert mine.faults() == [f"routines/mine.yaml:{says}"]


def test_faults_in_both_packs(pack: TinyPack, mine: TinyPack) -> None:
    """Faults of both packs are told at once, each by where its file is."""
    pack.change(NOD, "feel: A little.\n", "")
    mine.write("pack.yaml", "daily: shrot\n")
    assert mine.faults() == [
        f"{pack.folder}/{NOD}:1: 'feel' is missing",
        "pack.yaml:1: there is no routine 'shrot'; did you mean 'short'?",
    ]


# --- over the packaged pack -------------------------------------------------------------------


def test_over_the_packaged_pack(tmp_path: Path) -> None:
    """A pack of one routine has all that comes with Limber, safety first."""
    mine = TinyPack(tmp_path)
    mine.write("pack.yaml", "name: Mine\ndaily: quick\n")
    mine.write(
        "routines/quick.yaml",
        "key: quick\nname: Quick\nsummary: Two minutes.\nseconds: 2:00\n"
        "items:\n  - entry: childs-pose\n    seconds: 1:00\n    level: standard\n"
        "  - entry: breath-extended-exhale-4-6\n    seconds: 1:00\n",
    )
    below, found = load(packaged()), load(*over_packaged(tmp_path))
    assert (found.name, found.daily) == ("Mine", "quick")
    assert set(found.routines) == {*below.routines, "quick"}
    assert (found.exercises, found.notes, found.safety) == (
        below.exercises,
        below.notes,
        below.safety,
    )


def test_missing_pack_is_told() -> None:
    """A folder that is not there is a fault, not the packaged pack alone."""
    with pytest.raises(PackError, match="there is no such folder"):
        load(*over_packaged(Path("nowhere")))
