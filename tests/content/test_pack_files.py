"""Links, pipes, pictures and clips: what is no text file of the pack is told and never followed."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from bot.domain.catalogue import Media
from content.loader import load
from content.picture_files import jpeg_fault, mp4_fault
from tests.content.media_files import jpeg, mp4
from tests.content.tiny_pack import FILES, TinyPack

OUT = "this is a link that leads out of the pack"
NOD = "exercises/nod.yaml"


@pytest.mark.parametrize("path", [NOD, "pack.yaml", "safety/gates/release.yaml"])
def test_linked_file(pack: TinyPack, tmp_path: Path, path: str) -> None:
    """A file that lies elsewhere is not read, wherever the link stands."""
    elsewhere = tmp_path / "elsewhere.yaml"
    (pack.folder / path).rename(elsewhere)
    (pack.folder / path).symlink_to(elsewhere)
    assert f"{path}:1: {OUT}" in pack.faults()


@pytest.mark.parametrize("place", ["exercises", "safety", "safety/gates", "media", "texts"])
def test_linked_folder(pack: TinyPack, tmp_path: Path, place: str) -> None:
    """A folder that lies elsewhere is told as one, with everything in it."""
    elsewhere = tmp_path / "elsewhere"
    folder = pack.folder / place
    if folder.exists():
        folder.rename(elsewhere)
    else:
        elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    assert f"{place}:1: {OUT}" in pack.faults()


def test_link_to_itself(pack: TinyPack) -> None:
    """A link that leads to itself is told, not followed."""
    (pack.folder / "exercises/loop.yaml").symlink_to("loop.yaml")
    (pack.folder / "media").mkdir()
    (pack.folder / "media/loop.jpg").symlink_to("loop.jpg")
    told = pack.faults()
    assert any(line.startswith("exercises/loop.yaml:1: ") for line in told)
    assert any(line.startswith("media/loop.jpg:1: ") for line in told)


def test_link_within_the_pack(pack: TinyPack) -> None:
    """A link to another file of the pack is that file."""
    pack.write("media/a.jpg", jpeg())
    (pack.folder / "media/b.jpg").symlink_to("a.jpg")
    assert pack.faults() == []
    assert load(pack.folder).media["b.jpg"].digest == load(pack.folder).media["a.jpg"].digest


def test_pack_behind_a_link(pack: TinyPack, tmp_path: Path) -> None:
    """The pack itself may be a link."""
    (tmp_path / "link").symlink_to(pack.folder)
    assert TinyPack(tmp_path / "link").faults() == []


def test_pipe(pack: TinyPack) -> None:
    """What would never end is not read."""
    os.mkfifo(pack.folder / "exercises/pipe.yaml")
    assert pack.faults() == ["exercises/pipe.yaml:1: this is not a file that can be read"]


def test_film_in_place_of_a_text(pack: TinyPack) -> None:
    """A file of many megabytes is told without being read."""
    with (pack.folder / "exercises/film.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    assert pack.faults() == ["exercises/film.yaml:1: the file is too large: split it"]


def test_folder_in_place_of_a_file(pack: TinyPack) -> None:
    """A folder that is called like a file is told."""
    (pack.folder / "exercises/wave.yaml").mkdir()
    assert "exercises/wave.yaml:1: this is not a file that can be read" in pack.faults()


def test_name_that_is_no_text(pack: TinyPack) -> None:
    """A file name in another encoding, as from an old archive, can be told."""
    odd = pack.folder / os.fsdecode(b"exercises/n\xf8d.yaml")
    odd.write_bytes(FILES[NOD].encode())
    assert any(line.startswith("exercises/n\ufffdd.yaml:1: ") for line in pack.faults())


def test_own_pictures(pack: TinyPack) -> None:
    """A picture or clip of the pack is found by its name, and its bytes make its digest."""
    pack.write("media/nod.jpg", jpeg())
    pack.write("media/nod.mp4", mp4())
    pack.change(NOD, "poses:\n", "picture: nod.mp4\nposes:\n")
    found = load(pack.folder)
    assert found.exercises["nod"].picture == "nod.mp4"
    assert found.media["nod.mp4"] == Media(
        path=str(pack.folder / "media/nod.mp4"), digest=found.media["nod.mp4"].digest
    )
    assert found.media["nod.mp4"].moves
    assert not found.media["nod.jpg"].moves
    pack.write("media/nod.jpg", jpeg(65))
    assert load(pack.folder).media["nod.jpg"].digest != found.media["nod.jpg"].digest
    assert load(pack.folder).version != found.version


def test_misspelt_picture(pack: TinyPack) -> None:
    """A picture that is not there is told with the nearest one that is."""
    pack.write("media/nod.jpg", jpeg())
    pack.change(NOD, "poses:\n", "picture: nodd.jpg\nposes:\n")
    told = "picture: there is no file 'nodd.jpg' in media/; did you mean 'nod.jpg'?"
    assert pack.faults() == [f"{NOD}:38: {told}"]


def test_broken_picture_is_told_once(pack: TinyPack) -> None:
    """What names a picture that is broken itself is not blamed for it."""
    pack.write("media/nod.jpg", b"GIF89a")
    pack.change(NOD, "poses:\n", "picture: nod.jpg\nposes:\n")
    assert pack.faults() == ["media/nod.jpg:1: this is no JPEG picture, whatever its name says"]


def test_picture_of_many_megabytes(pack: TinyPack) -> None:
    """A picture that Telegram would refuse for its size is told before."""
    pack.write("media/nod.jpg", jpeg() + b"\0" * 10_000_000)
    assert pack.faults() == ["media/nod.jpg:1: the file is too large: 10 MB at most"]


CUT = "the picture is cut short: save or copy it again"
CLIP_CUT = "the clip is cut short: save or copy it again"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (jpeg(), ""),
        (b"\xff\xd8\xff\xfe\0\4ab\xff" + jpeg()[2:], ""),
        (b"", "this is no JPEG picture, whatever its name says"),
        (b"\xff\xd8\xff\xe0", CUT),
        (jpeg()[:-40], CUT),
        (jpeg(2000, 20), "the picture is too narrow: one side may be 20 times the other"),
        (jpeg(6000, 5000), "the picture is too large: 10000 for width and height together"),
    ],
)
def test_jpeg(data: bytes, says: str) -> None:
    """A picture is whole and has a size that Telegram takes."""
    assert jpeg_fault(data) == says


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (mp4(), ""),
        (mp4(b"ftyp", b"moov") + b"\0\0\0\0mdat" + b"x" * 90, ""),
        (mp4(b"ftyp", b"moov") + struct.pack(">I4sQ", 1, b"mdat", 20) + b"abcd", ""),
        (b"", "this is no MP4 clip, whatever its name says"),
        (mp4(b"moov"), "this is no MP4 clip, whatever its name says"),
        (mp4(b"ftyp", b"mdat"), CLIP_CUT),
        (mp4()[:-1], CLIP_CUT),
    ],
)
def test_mp4(data: bytes, says: str) -> None:
    """A clip has its outer boxes whole."""
    assert mp4_fault(data) == says


def test_every_cut_is_survived() -> None:
    """Wherever a picture or clip ends, looking at it ends too."""
    for whole in (jpeg(), mp4()):
        for end in range(len(whole)):
            assert jpeg_fault(whole[:end])
            mp4_fault(whole[:end])
