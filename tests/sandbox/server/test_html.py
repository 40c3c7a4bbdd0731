"""Parse mode HTML follows MessageEntity.cpp of tdlib/td, words of refusals included."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from sandbox.entities import cleaned, formatted
from sandbox.errors import Refusal
from sandbox.html import parse_html
from sandbox.html_parts import units


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    """Return an entity as the Bot API writes it."""
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("<b>a</b>", "a", [entity("bold", 0, 1)], id="bold"),
        pytest.param("<STRONG>a</strong>", "a", [entity("bold", 0, 1)], id="case and synonym"),
        pytest.param("<b>a</>", "a", [entity("bold", 0, 1)], id="end tag without a name"),
        pytest.param("<b></b>a", "a", [], id="nothing inside is no entity"),
        pytest.param("😀<i>b</i>", "😀b", [entity("italic", 2, 1)], id="UTF-16 offsets"),
        pytest.param(
            "<i><b>a</b>b</i>",
            "ab",
            [entity("italic", 0, 2), entity("bold", 0, 1)],
            id="the outer one first",
        ),
        pytest.param("<b>a</b><b>b</b>", "ab", [entity("bold", 0, 2)], id="neighbours join"),
        pytest.param("&lt;b&gt; &amp;&quot;", '<b> &"', [], id="the four named references"),
        pytest.param("&nbsp;&apos;", "&nbsp;&apos;", [], id="other names are plain text"),
        pytest.param("&#65;&#x42;&#67", "ABC", [], id="numeric, with and without semicolon"),
        pytest.param("a & b &", "a & b &", [], id="a lone ampersand is text"),
        pytest.param("a > b", "a > b", [], id="a lone closing bracket is text"),
        pytest.param(
            "<u>a</u> <s>b</s>",
            "a b",
            [entity("underline", 0, 1), entity("strikethrough", 2, 1)],
            id="underline and strike",
        ),
        pytest.param(
            '<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)], id="spoiler"
        ),
        pytest.param(
            '<a href="https://e.org/?a=1&amp;b=2">x</a>',
            "x",
            [entity("text_link", 0, 1, url="https://e.org/?a=1&b=2")],
            id="a link with a reference in its address",
        ),
        pytest.param(
            "<a href='e.org'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://e.org/")],
            id="an address is completed",
        ),
        pytest.param('<a href="nowhere">x</a>', "x", [], id="no address, no link"),
        pytest.param(
            '<a href="tg://user?id=7">x</a>',
            "x",
            [entity("text_mention", 0, 1, user={"id": 7})],
            id="a person by id",
        ),
        pytest.param(
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="py")],
            id="a block with its language",
        ),
        pytest.param(
            '<code class="language-py">x</code>',
            "x",
            [entity("code", 0, 1)],
            id="code has no language",
        ),
        pytest.param(
            "<blockquote expandable>x</blockquote>",
            "x",
            [entity("expandable_blockquote", 0, 1)],
            id="an expandable quote",
        ),
        pytest.param(
            '<tg-time unix="60" format="wDT">x</tg-time>',
            "x",
            [entity("date_time", 0, 1, unix_time=60, date_time_format="wDT")],
            id="a moment",
        ),
        pytest.param(
            "  <b> a </b> \n",
            " a",
            [entity("bold", 0, 2)],
            id="outer spaces go, but for those in an entity",
        ),
    ],
)
def test_html_gives_text_and_entities(
    source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    """HTML becomes the text without tags and the entities Telegram would store."""
    assert formatted(source, "HTML", None) == (text, entities)


HALF_A_PAIR = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("ab <foo>", 'Unsupported start tag "foo" at byte offset 3', id="unknown tag"),
        pytest.param("é<br>", 'Unsupported start tag "br" at byte offset 2', id="offsets in bytes"),
        pytest.param("1 < 2", 'Unsupported start tag "" at byte offset 2', id="a bare bracket"),
        pytest.param("a <b", "Unclosed start tag at byte offset 2", id="cut in a tag's name"),
        pytest.param("<b x", 'Unclosed start tag "b" at byte offset 0', id="cut in an attribute"),
        pytest.param('<a href="x', "Unclosed start tag at byte offset 0", id="cut in a value"),
        pytest.param(
            '<b "x">', 'Empty attribute name in the tag "b" at byte offset 0', id="no name"
        ),
        pytest.param(
            "<a href=x/y>", "Unexpected end of name token at byte offset 8", id="bare value"
        ),
        pytest.param("a</b>", "Unexpected end tag at byte offset 1", id="end without start"),
        pytest.param("<b>a</b", "Unclosed end tag at byte offset 4", id="cut in an end tag"),
        pytest.param(
            "<b>a</i>",
            'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
            id="crossed",
        ),
        pytest.param(
            "<b>a", 'Can\'t find end tag corresponding to start tag "b"', id="never ended"
        ),
        pytest.param(
            "<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span"
        ),
        pytest.param(
            '<tg-emoji emoji-id="x">a</tg-emoji>',
            "Invalid custom emoji identifier specified",
            id="emoji",
        ),
        pytest.param(
            '<tg-time unix="1" format="x">a</tg-time>',
            "Invalid date-time format specified",
            id="format",
        ),
        pytest.param("&#xD800;", HALF_A_PAIR, id="half a pair"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    """What Telegram cannot parse is refused with its words and the byte where it went wrong."""
    with pytest.raises(Refusal) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("/start now", [("bot_command", 0, 6)], id="command"),
        pytest.param("/how@limber_bot x", [("bot_command", 0, 15)], id="command for one bot"),
        pytest.param("do /today, please", [("bot_command", 3, 6)], id="command inside"),
        pytest.param("a/b and/or 1/2 /a/b", [], id="slashes that are none"),
        pytest.param("ask @limber_bot.", [("mention", 4, 11)], id="mention"),
        pytest.param("me@e.org", [("email", 0, 8)], id="an address is no mention"),
        pytest.param("see https://e.org/a?b.", [("url", 4, 17)], id="url without the full stop"),
        pytest.param("e.com is e.g. 7.30", [("url", 0, 5)], id="bare host, but no abbreviation"),
        pytest.param("#psoas 😀 #1", [("hashtag", 0, 6)], id="a number is no hashtag"),
        pytest.param("😀 /go", [("bot_command", 3, 3)], id="UTF-16 offsets"),
    ],
)
def test_entities_found_without_markup(text: str, found: list[tuple[str, int, int]]) -> None:
    """Commands, mentions and addresses are found in plain text as Telegram finds them."""
    entities = formatted(text, "", None)[1]
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == found


def test_nothing_is_found_inside_code() -> None:
    """A command inside code is no command."""
    assert formatted("<code>/start</code>", "HTML", None)[1] == [entity("code", 0, 6)]


@given(st.text())
def test_escaped_text_comes_back(text: str) -> None:
    """Text that went through an HTML escape is what the person reads, whatever it was."""
    shown, _ = formatted(str(escape(text)), "HTML", None)
    assert shown == cleaned(text, [])[0]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["b", "i", "u", "s", "code"]), st.text("a 😀&<", min_size=1, max_size=5)
        ),
        max_size=6,
    )
)
def test_entities_lie_within_the_text(pieces: list[tuple[str, str]]) -> None:
    """Every entity covers at least one unit and ends within the text."""
    source = "".join(f"<{tag}>{escape(words)}</{tag}>" for tag, words in pieces)
    text, entities = formatted(source, "HTML", None)
    for each in entities:
        assert each["length"] > 0
        assert 0 <= each["offset"] <= each["offset"] + each["length"] <= units(text)


@given(st.text("<>/ab =\"'&;#x1 \n😀", max_size=30))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    """No source makes the parser fail in a way of its own."""
    try:
        text, _ = parse_html(source)
    except Refusal as refusal:
        text = refusal.description.removeprefix("Bad Request: can't parse entities: ")
        assert text != refusal.description  # noqa: PT017 - either outcome is right
    else:
        assert units(text) <= units(source)
