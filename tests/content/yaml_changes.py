"""Changes to a YAML file's nodes: dropped, replaced, renamed and added, however deep inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Place = tuple[str | int, ...]
Change = tuple[Place, str, str]  # where, what is done there, and a value or a key

VALUES = (
    *("word", "beginner", "in", "each", "gear", "yes", "No", "TRUE", "off", "4-7-8", "any", "Not"),
    *("30", "010", "0", "-3", "1", "2.5", "0.5", "7.0", "1:30", "0:00", "0:05", "12:99", "1:2:3"),
    *("'30'", "'0'", "'2.5'", "'true'", "''", "'  '", "'1:30'"),
    *("[]", "[word]", "[word, word]", "[[word]]", "[{in: word}]", "[{in: 4}]", "[{entry: any}]"),
    *("{}", "{in: word}", "{in: 4, out: 4}", "{beginner: 30}", "{beginner: word}", "{key: any}"),
)
KEYS = ("zzz", "key", "name", "text", "note", "seconds", "in", "out", "sip", "hold", "beginner")


def parsed(text: str) -> Any:
    """Return the nodes of a YAML text, all their scalars as they were typed."""
    return yaml.compose(text, Loader=LOADER)


def places(node: yaml.Node, place: Place = ()) -> Iterator[tuple[Place, yaml.Node, int]]:
    """Yield the place of every value inside a node, what holds it, and at which position."""
    if isinstance(node, yaml.ScalarNode):
        return
    for index, item in enumerate(node.value):
        mapping = isinstance(node, yaml.MappingNode)
        name, value = (item[0].value, item[1]) if mapping else (index, item)
        yield (*place, name), node, index
        yield from places(value, (*place, name))


def change(root: yaml.Node, place: Place, what: str, word: str) -> None:
    """Drop or replace the value at a place, rename its key, or put one more beside it."""
    _, holder, index = next(found for found in places(root) if found[0] == place)
    mapping = isinstance(holder, yaml.MappingNode)
    key = yaml.ScalarNode("tag:yaml.org,2002:str", word)
    if what == "drop":
        del holder.value[index]
    elif what == "replace":
        value = parsed(word)
        holder.value[index] = (holder.value[index][0], value) if mapping else value
    elif mapping and word not in [name.value for name, _ in holder.value]:
        value = holder.value[index][1]
        if what == "rename":
            holder.value[index] = (key, value)
        else:
            holder.value.insert(index, (key, key))
