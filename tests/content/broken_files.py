"""Ways to break a coach's pack with files that are no text, and with links."""

from __future__ import annotations

from random import Random

from tests.content.draft import OUTSIDE, Draft
from tests.content.media_files import jpeg, mp4
from tests.content.own_pack import FILES, TEXTS


def linked(rng: Random, draft: Draft) -> str:
    """Put a link where a file or folder belongs, to what is not in the pack or to itself."""
    path = rng.choice([*sorted(FILES), "exercises/more.yaml", "media/more.jpg"])
    draft.files.pop(path, None)
    up = "../" * path.count("/")
    name = path.rpartition("/")[2]
    draft.links[path] = rng.choice(
        [f"{up}{OUTSIDE}/{name}", "/etc/hostname", "/dev/zero", name, f"{up}nowhere", "/", ".."]
    )
    return path


def linked_folder(rng: Random, draft: Draft) -> str:
    """Put a link where a folder belongs."""
    place = rng.choice(["exercises", "practices", "routines", "knowledge", "safety", "media"])
    for path in [path for path in draft.files if path.startswith(f"{place}/")]:
        del draft.files[path]
    draft.links[place] = rng.choice([OUTSIDE, "/", place, ".."])
    return place


def bad_media(rng: Random, draft: Draft) -> str:
    """Spoil a picture or clip."""
    name, content = rng.choice(
        [
            ("roll.jpg", b""),
            ("roll.jpg", b"GIF89a" + rng.randbytes(50)),
            ("roll.jpg", rng.randbytes(500)),
            ("roll.jpg", jpeg()[: rng.randrange(len(jpeg()) - 2)]),
            ("roll.jpg", jpeg() + bytes(10_000_001)),
            ("roll.jpg", jpeg(3000, 30)),
            ("roll.jpg", TEXTS["pack.yaml"].encode()),
            ("clip.mp4", b"\0\0\0\x20moov"),
            ("clip.mp4", mp4()[: rng.randrange(8, 24)]),
            ("clip.mp4", jpeg()),
            ("clip.mp4", bytes(10_000_001)),
            ("clip.mov", mp4()),
            ("roll.png", jpeg()),
            ("ROLL.JPG", jpeg()),
            ("notes.txt", b"words"),
            ("more/roll.jpg", jpeg()),
        ]
    )
    draft.files[f"media/{name}"] = content
    return f"media/{name.partition('/')[0]}"
