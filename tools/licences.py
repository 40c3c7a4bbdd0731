"""Which licences a dependency may be under, and why; docs/licences.md has the consequences."""

from __future__ import annotations

import re
from email.message import Message

PERMISSIVE = "use, change and pass on; keep the notice"
FILES = "changes to its own files stay open; nothing else is asked of us"
LIBRARY = "used as a library that whoever has Limber can replace: it lies there as its own package"

# By SPDX identifier.
ALLOWED = {
    "0BSD": PERMISSIVE,
    "Apache-2.0": PERMISSIVE,
    "BSD-2-Clause": PERMISSIVE,
    "BSD-3-Clause": PERMISSIVE,
    "CC0-1.0": PERMISSIVE,
    "ISC": PERMISSIVE,
    "MIT": PERMISSIVE,
    "PSF-2.0": PERMISSIVE,
    "Zlib": PERMISSIVE,
    "MPL-2.0": FILES,
    "LGPL-3.0-only": LIBRARY,
}

# How older packages say the same, in a classifier or in the free field.
OTHER_NAMES = {
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd license": "BSD-3-Clause",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
}

# Packages that are not installed beside this: their licence was read by a person.
LOOKED_AT = {
    "colorama": frozenset({"BSD-3-Clause"}),  # on Windows alone
    # What a benchmark compares with, in an environment of its own.
    "aiofiles": frozenset({"Apache-2.0"}),
    "aiogram": frozenset({"MIT"}),
    "magic-filter": frozenset({"MIT"}),
}


def licences_of(told: Message) -> frozenset[str]:
    """Return the licences that a package names, as far as possible by their SPDX identifiers.

    Of those it leaves a choice of (`OR`), one on the list will do. The free field counts only where
    nothing better is said: it may hold a whole text.
    """
    if expression := told.get("License-Expression"):
        return frozenset(map(_chosen, re.split(r"\s+AND\s+", expression.strip("() "))))
    free = (told.get("License") or "").strip()
    if free in ALLOWED:
        return frozenset({free})
    classifiers = [one for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    names = [one.rpartition(" :: ")[2] for one in classifiers] or free.splitlines()[:1]
    return frozenset(OTHER_NAMES.get(name.casefold(), name) for name in names)


def _chosen(alternatives: str) -> str:
    """Return the first licence on the list of an expression's alternatives, else the first."""
    names = [name.strip("() ") for name in re.split(r"\s+OR\s+", alternatives)]
    return next((name for name in names if name in ALLOWED), names[0])
