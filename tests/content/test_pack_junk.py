"""Whatever stands in a file of a pack, reading it ends in a catalogue or in faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from content.faults import PackError
from content.loader import load, packaged
from tests.content.tiny_pack import FILES, TinyPack

QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# Pieces that mean something to YAML or to the schema, put where they do not belong.
MEANT = (
    *("- ", "? ", ": ", "  ", "&a ", "*a", "!x ", "<<: ", "# ", "---\n", "...\n", "%YAML 1.1\n"),
    *("key: ", "kind: |\n  a\n  b\n", "nan", "inf", "-1", "1e999", "9" * 5000, "0x10", "1_0", "٣"),
    *("yes", "7:30"),
)
JUNK = st.one_of(
    st.sampled_from([*"\t[]{}|>'\"\\@`\n\r\u2028", *MEANT]),
    st.text(max_size=12),
)


def outcome(folder: Path) -> str:
    """Load a pack; return its version, or its faults as the error tells them."""
    try:
        return load(folder).version
    except PackError as error:
        told = error.faults
    assert told == sorted(told)
    assert all(fault.line >= 1 and len(str(fault).splitlines()) == 1 for fault in told)
    return "\n".join(map(str, told))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """Return a file of the tiny pack with lines dropped, doubled, moved or with junk inside."""
    path = draw(st.sampled_from(sorted(FILES)))
    lines = FILES[path].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        where = draw(st.integers(0, len(lines) - 1)) if lines else 0
        match draw(st.sampled_from(["drop", "double", "indent", "junk"])):
            case "drop" if lines:
                del lines[where]
            case "double" if lines:
                lines.insert(where, lines[where])
            case "indent" if lines:
                lines[where] = " " * draw(st.integers(1, 4)) + lines[where]
            case _:
                line = lines[where] if lines else ""
                at = draw(st.integers(0, len(line)))
                lines[where : where + 1] = [line[:at] + draw(JUNK) + line[at:]]
    return path, "".join(lines)


@given(change=mutated())
@example(change=("exercises/nod.yaml", "key: &a\n  b: *a\n"))
@example(change=("exercises/nod.yaml", "a: {" * 400))
@example(change=("exercises/nod.yaml", "a: " + "{a: " * 400 + "}" * 400))
@example(change=("exercises/nod.yaml", "kind: |\n  a\n  b\n"))
@example(change=("exercises/nod.yaml", "\n".join(" " * depth + "a:" for depth in range(450))))
@QUICK
def test_mutated_file(pack: TinyPack, change: tuple[str, str]) -> None:
    """Dropped lines and junk never raise anything but PackError."""
    path, text = change
    pack.write(path, text.encode("utf-8", "surrogatepass"))
    try:
        assert outcome(pack.folder)
    finally:
        pack.write(path, FILES[path])


@given(content=st.binary(max_size=200))
@QUICK
def test_any_bytes(pack: TinyPack, content: bytes) -> None:
    """A file of any bytes is told as faults of that file, or of what misses it."""
    pack.write("exercises/nod.yaml", content)
    assert "exercises/nod.yaml:" in outcome(pack.folder)


@pytest.mark.parametrize("path", [p.name for p in sorted((packaged() / "exercises").glob("*"))])
def test_cut_short(tmp_path: Path, path: str) -> None:
    """A shipped entry that ends early, anywhere, is told and never half read."""
    tiny = TinyPack(tmp_path)
    for name, text in FILES.items():
        tiny.write(name, text)
    lines = (packaged() / "exercises" / path).read_text().splitlines(keepends=True)
    for end in range(0, lines.index("poses:\n"), 7):
        tiny.write(f"exercises/{path}", "".join(lines[:end]))
        assert f"exercises/{path}:" in outcome(tmp_path)
