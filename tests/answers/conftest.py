"""What the tests of answers share: the packaged content, prepared once."""

from __future__ import annotations

import pytest

from bot.answers import Answers
from bot.domain.catalogue import Catalogue
from content.loader import load, packaged


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the content that comes with Limber."""
    return load(packaged())


@pytest.fixture(scope="session")
def answers(catalogue: Catalogue) -> Answers:
    """Return answers from the content that comes with Limber."""
    return Answers(catalogue)
