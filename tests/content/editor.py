"""YAML as an editor reads it: version 1.2, with numbers, truths and nothing, to plain JSON."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import yaml

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Editor(_SAFE):  # type: ignore[misc]
    """Types scalars by the core schema of YAML 1.2: yes and 1:30 are texts, 010 is ten."""

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {}


def _whole(loader: Any, node: yaml.ScalarNode) -> int:
    base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
    return int(node.value, base)


def _group(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


for _tag, _pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.nan",
}.items():
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^({_pattern})$"), None)
_Editor.add_constructor("tag:yaml.org,2002:int", _whole)
_Editor.add_constructor("tag:yaml.org,2002:map", _group)


def typed(text: str) -> Any:
    """Return what an editor sees in a file."""
    return yaml.load(text, Loader=_Editor)  # a SafeLoader
