"""What the bot offered in answer to an inline query, as tests look at it."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox import inline
from sandbox.message import labels
from sandbox.store import Json
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Result:
    """One result; `text` and what follows it are of the message that it would become."""

    query: str  # the id of the query it answers
    id: str
    title: str
    description: str
    shows: str | None  # the file id of the photo it is shown with
    text: str  # or the caption
    entities: list[Json]
    photo: str | None  # the file id of the largest size
    buttons: list[list[tuple[str, str]]]  # rows of (label, callback data or address)
    raw: Json


class Results(list[Result]):
    """The results, best first; `button` stands above them, `next_offset` asks for more."""

    def __init__(self, results: list[Result], answer: Json) -> None:
        super().__init__(results)
        self.button: Json | None = answer["button"]
        self.next_offset: str = answer["next_offset"]


def offered(world: World, number: str) -> Results | None:
    """Return the answer to a query, or None while there is none."""
    answer = inline.shown(world, number)
    if answer is None:
        return None
    return Results([looked_at(number, raw) for raw in answer["results"]], answer)


def looked_at(number: str, raw: Json) -> Result:
    """Return one result as a value."""
    content = raw["content"]
    return Result(
        query=number,
        id=raw["id"],
        title=raw["title"],
        description=raw["description"],
        shows=largest(raw),
        text=str(content.get("text") or content.get("caption") or ""),
        entities=content.get("entities") or content.get("caption_entities") or [],
        photo=largest(content),
        buttons=labels(content),
        raw=raw,
    )


def largest(content: Json) -> str | None:
    """Return the file id of a photo's largest size, or None where there is no photo."""
    return content["photo"][-1]["file_id"] if "photo" in content else None
