"""The page turns a text and its entities into nodes without losing a letter or making a trap."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from playwright.async_api import Page

from tests.sandbox.page_site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# Answers the HTML (for tests alone) and the letters of each [text, entities].
DRAW = """async (cases) => {
    const { formatted } = await import("/page/js/entities.js");
    const chat = { locale: "en-GB", now: () => new Date(0), send() {}, copy() {}, open() {} };
    return cases.map(([text, entities]) => {
        const place = document.createElement("div");
        place.append(formatted(text, entities, chat));
        return [place.innerHTML, place.textContent];
    });
}"""


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """Return an entity as the Bot API gives it."""
    return {"type": kind, "offset": offset, "length": length, **more}


async def draw(page: Page, text: str, *entities: dict[str, Any]) -> str:
    """Return the HTML that the page makes of a text."""
    [[html, _]] = await page.evaluate(DRAW, [[text, entities]])
    return str(html)


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        pytest.param("ab", [entity("bold", 1, 1)], "a<strong>b</strong>", id="at the end"),
        pytest.param("🧘x", [entity("bold", 2, 1)], "🧘<strong>x</strong>", id="UTF-16 units"),
        pytest.param(
            "abc",
            [entity("italic", 1, 2), entity("bold", 0, 2)],
            "<strong>a<em>b</em></strong><em>c</em>",
            id="overlapping",
        ),
        pytest.param("ab", [entity("bold", 1, 99)], "a<strong>b</strong>", id="too long"),
        pytest.param("ab", [entity("bold", 7, 1)], "ab", id="out of the text"),
        pytest.param("ab", [entity("from_the_future", 0, 1)], "<span>a</span>b", id="unknown kind"),
        pytest.param(
            "a\nb",
            [entity("blockquote", 0, 1)],
            "<blockquote>a</blockquote>b",
            id="a block ends its line",
        ),
    ],
)
async def test_entities_become_nodes(
    place: Site, text: str, entities: list[dict[str, Any]], html: str
) -> None:
    """Entities dress exactly their part of the text."""
    page = await place.page()
    assert await draw(page, text, *entities) == html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,<b>x</b>", "vbscript:x", "file:///etc/passwd", "x y"],
)
async def test_only_harmless_addresses_become_links(place: Site, url: str) -> None:
    """A link that could run or read something here is shown as words."""
    page = await place.page()
    assert await draw(page, "press", entity("text_link", 0, 5, url=url)) == "<span>press</span>"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        pytest.param("", "then", id="as written"),
        pytest.param("t", "07:05", id="short time"),
        pytest.param("T", "07:05:09", id="long time"),
        pytest.param("D", "2 January 1970", id="long date"),
        pytest.param("wD", "Friday,? 2 January 1970", id="weekday and date"),
        pytest.param("r", "in 22 hours", id="relative"),
    ],
)
async def test_moments_are_shown_in_local_form(place: Site, form: str, words: str) -> None:
    """A date_time entity is shown in the browser's zone, in the form it asks for."""
    page = await place.page(timezone_id="Asia/Tokyo")
    moment = entity("date_time", 0, 4, unix_time=22 * 3600 + 5 * 60 + 9)
    [[_, letters]] = await page.evaluate(
        DRAW, [["then", [moment | ({"date_time_format": form} if form else {})]]]
    )
    assert re.fullmatch(words, letters)


async def test_no_letter_is_lost(place: Site) -> None:
    """Whatever inline entities overlap in whatever way, the letters stay as they are."""
    page = await place.page()
    chance = random.Random(7)
    kinds = [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "mention",
        "hashtag",
    ]
    text = "a <b> & \n🧘‍♀️ שלום " * 3
    cases = [
        [
            text,
            [
                entity(chance.choice(kinds), chance.randrange(-2, 60), chance.randrange(0, 40))
                for _ in range(chance.randrange(1, 9))
            ],
        ]
        for _ in range(500)
    ]
    drawn = await page.evaluate(DRAW, cases)
    assert {letters for _, letters in drawn} == {text}
