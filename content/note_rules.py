"""What must hold of knowledge notes beyond their types."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.own import LONGEST_NAME
from content.faults import Fault
from content.sources import Sources

LONGEST_TEXT = 420  # characters: what a phone shows at once, sources beside it
MOST_SEEN = 3  # buttons of other entries beside a note


def note_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the notes of a pack."""
    known = sources.entries | sources.names["routine"] | sources.names["note"]
    for source in sources.notes.values():
        note, document = source.value, source.document
        if len(note.name) > LONGEST_NAME:
            yield document.fault(f"name: {LONGEST_NAME} characters at most, for a button", "name")
        if len(note.text) > LONGEST_TEXT:
            yield document.fault(f"text: {LONGEST_TEXT} characters at most", "text")
        if len(note.see) > MOST_SEEN:
            yield document.fault(f"see: {MOST_SEEN} at most", "see")
        for index, key in enumerate(note.see):
            if key not in known:
                text = f"see: there is no entry '{key}'{sources.near(key, known)}"
                yield document.fault(text, "see", index)
            elif key == note.key:
                yield document.fault(f"see: '{key}' is this note itself", "see", index)
