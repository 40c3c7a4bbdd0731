"""A tiny pack for every test of this folder, and an empty one over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.tiny_pack import FILES, TinyPack


@pytest.fixture
def pack(tmp_path: Path) -> TinyPack:
    """Return a tiny pack without faults."""
    tiny = TinyPack(tmp_path / "pack")
    for path, text in FILES.items():
        tiny.write(path, text)
    return tiny


@pytest.fixture
def mine(pack: TinyPack, tmp_path: Path) -> TinyPack:
    """Return an empty pack over the tiny one."""
    (tmp_path / "mine").mkdir()
    return TinyPack(tmp_path / "mine", below=(pack.folder,))
