"""Reads one YAML file into text values that remember their lines."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from content.faults import Fault

# Every scalar stays the text that was typed: YAML's own typing reads 7:30 as 450 and no as false.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# libyaml composes recursively in C and takes the process down when a file nests too deeply.
LARGEST = 128_000
_TOO_LARGE = "the file is too large: split it"
_MOST_BRACKETS = 500
_DEEPEST = 12
_CHAIN = re.compile(r"(?:[-?:] +){8}")

_YAML_PROBLEMS = (
    ("mapping values are not allowed", "there is a ': ' inside a text: put the text in quotes"),
    ("did not find expected key", "this does not line up with the lines above, or a quote is open"),
    ("did not find expected '-'", "this does not line up with the '- ' lines above it"),
    ("did not find expected ',' or", "a bracket is opened and not closed"),
    ("block sequence entries are not", "a '- ' line does not belong here"),
    ("could not find expected ':'", "a key needs ': ' after it"),
    ("found unexpected end of stream", "a quote is opened and never closed"),
    ("found unknown escape", "a backslash inside double quotes: use single quotes"),
    ("found character that cannot start", "a text that begins with this character needs quotes"),
    ("did not find expected alphabetic", "a text that begins with * or & needs quotes"),
    ("found undefined alias", "a text that begins with * needs quotes"),
    ("found undefined tag", "a text that begins with ! needs quotes"),
    ("but found another document", "one file holds one entry: take the '---' line out"),
    ("did not find expected <document", "this line does not belong to the lines above it"),
)

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One file's values, all text, with the line that each of them stands on."""

    path: str
    tree: dict[str, Any]
    lines: dict[Place, int]

    def line(self, *place: str | int) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def fault(self, text: str, *place: str | int) -> Fault:
        """Return a fault of this file at the line of `place`."""
        return Fault(self.path, self.line(*place), text)


def read(file: Path, path: str) -> tuple[Document | None, list[Fault]]:
    """Read `file`, called `path` in faults; no document where it cannot be read at all."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would never end
            return None, [Fault(path, 1, "this is not a file that can be read")]
        if status.st_size > 4 * LARGEST:  # not even read: it may be a film
            return None, [Fault(path, 1, _TOO_LARGE)]
        content = file.read_bytes()
    except FileNotFoundError:
        return None, [Fault(path, 1, "the file is missing")]
    except OSError as error:
        return None, [Fault(path, 1, f"the file cannot be read: {error.strerror}")]
    return read_bytes(content, path)


def read_bytes(content: bytes, path: str) -> tuple[Document | None, list[Fault]]:
    """Read what a file called `path` holds; no document where it cannot be read at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [Fault(path, line, "this is not UTF-8 text: save the file as UTF-8")]
    unreadable = list(_text_faults(text, path))
    if unreadable:
        return None, unreadable
    return _compose(text, path)


def _text_faults(text: str, path: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            yield Fault(path, number, "there is a tab: use spaces")
        if _CHAIN.search(line):
            yield Fault(path, number, "too many dashes in a row")
    if len(text) > LARGEST:
        yield Fault(path, 1, _TOO_LARGE)
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        yield Fault(path, 1, "too many brackets: write lists as lines beginning with '- '")


def _compose(text: str, path: str) -> tuple[Document | None, list[Fault]]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_fault(error, path)]
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        return None, [Fault(path, line, "there is a character that cannot be shown")]
    if root is None:
        return None, [Fault(path, 1, "the file is empty")]
    if not isinstance(root, yaml.MappingNode):
        return None, [Fault(path, 1, "the file needs lines of `key: value`")]
    builder = _Builder(path)
    tree = builder.mapping(root, ())
    return Document(path, tree, builder.lines), builder.faults


def _syntax_fault(error: yaml.MarkedYAMLError, path: str) -> Fault:
    problem = error.problem or ""
    never_closed = problem.startswith("found unexpected end of stream")
    mark = error.context_mark if never_closed and error.context_mark else error.problem_mark
    for known, sentence in _YAML_PROBLEMS:
        if problem.startswith(known):
            return Fault(path, mark.line + 1 if mark else 1, sentence)
    return Fault(path, mark.line + 1 if mark else 1, f"this is not readable: {problem}")


@dataclass(slots=True)
class _Builder:
    """Turns nodes into values; what is wrong on the way is kept, never raised."""

    path: str
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, "a key must be a plain word")
            elif key.value in values:
                self.fault(key, f"'{key.value}' is written twice")
            else:
                self.lines[*place, key.value] = key.start_mark.line + 1
                values[key.value] = self.value(value, (*place, key.value))
        return values

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            self.fault(node, "& and * references are not used in a pack: write it out")
            return ""
        self.seen.add(id(node))
        if len(place) > _DEEPEST:
            self.fault(node, "this is nested too deeply")
            return ""
        if not node.value or (isinstance(node, yaml.ScalarNode) and not node.value.strip()):
            self.fault_at(self.lines[place], f"'{_named(place)}' has nothing after it")
            return ""
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return node.value.strip()

    def fault(self, node: yaml.Node, text: str) -> None:
        self.fault_at(node.start_mark.line + 1, text)

    def fault_at(self, line: int, text: str) -> None:
        self.faults.append(Fault(self.path, line, text))


def _named(place: Place) -> str:
    return next((part for part in reversed(place) if isinstance(part, str)), "-")
