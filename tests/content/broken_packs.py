"""Breaks a coach's pack in one of many ways, the same way for the same seed."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.content.breaks import CHANGES, WRITES
from tests.content.broken_files import bad_media, linked, linked_folder
from tests.content.broken_texts import (
    bad_pose,
    circle,
    clash,
    dangling,
    file_missing,
    key_missing,
    key_unknown,
    no_text,
    too_much,
    wrong_indent,
    wrong_number,
    wrong_type,
    wrong_yaml,
)
from tests.content.draft import OUTSIDE, Breaker, Draft
from tests.content.own_pack import FILES


def broken(seed: int, folder: Path) -> tuple[str, str]:
    """Write a broken pack into `folder`; return how it is broken and which file that shows in."""
    rng, draft = Random(seed), Draft()
    breaker = BREAKERS[seed % len(BREAKERS)]
    path = breaker(rng, draft)
    folder.mkdir(parents=True)
    (folder / OUTSIDE).mkdir()
    for name, content in FILES.items():
        (folder / OUTSIDE / Path(name).name).write_bytes(content)
    draft.write(folder)
    return breaker.__name__, path


def changed(rng: Random, draft: Draft) -> str:
    """Change one thing that a rule speaks about."""
    path, old, new = rng.choice(CHANGES)
    text = draft.text(path)
    assert old in text, f"{path} holds no {old!r}"
    return draft.put(path, text.replace(old, new, 1))


def written(rng: Random, draft: Draft) -> str:
    """Write a file that should not be there, or not like this."""
    path, text = rng.choice(WRITES)
    draft.put(path, text)
    return path.removesuffix("/p.yaml")  # of what lies too deep the folder is told


BREAKERS: tuple[Breaker, ...] = (
    changed,
    wrong_yaml,
    key_unknown,
    changed,
    wrong_type,
    dangling,
    changed,
    wrong_indent,
    key_missing,
    changed,
    wrong_number,
    no_text,
    changed,
    too_much,
    bad_pose,
    changed,
    linked,
    circle,
    changed,
    linked_folder,
    bad_media,
    changed,
    clash,
    file_missing,
    written,
)
