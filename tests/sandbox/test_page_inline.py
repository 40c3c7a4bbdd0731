"""Inline mode on the chat page: "@bot words" shows what the bot offers, one press sends it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.sandbox.page_site import YOU, Site, picture, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


def article(number: int, **more: Any) -> dict[str, Any]:
    """Return an article with a button."""
    return {
        "type": "article",
        "id": str(number),
        "title": f"Exercise {number}",
        "description": f"About exercise {number}",
        "input_message_content": {"message_text": f"<b>Do</b> {number}", "parse_mode": "HTML"},
    } | more


def offered(page: Page) -> Locator:
    """Return the results over the composer."""
    return page.locator(".results [role=option]")


async def ask(place: Site, page: Page, words: str, **answer: Any) -> dict[str, Any]:
    """Type words to the bot and let it answer; return the query."""
    name = (await place.bot.call("getMe"))["username"]
    await page.locator("#composer").fill(f"@{name} {words}")
    query: dict[str, Any] = (await place.bot.update())["inline_query"]
    await place.bot.call("answerInlineQuery", inline_query_id=query["id"], **answer)
    return query


async def test_a_query_shows_results_and_a_press_sends_one(place: Site) -> None:
    """Words after the bot's name list what it offers; the message tells through whom it came."""
    page = await place.started()
    query = await ask(place, page, "bird dog", results=[article(1), article(2)])
    assert (query["query"], query["chat_type"]) == ("bird dog", "sender")
    await expect(offered(page)).to_have_count(2)
    await expect(offered(page).last).to_contain_text("About exercise 2")
    await offered(page).last.click()
    message = (await place.bot.update())["message"]
    assert (message["text"], message["via_bot"]["is_bot"]) == ("Do 2", True)
    sent = page.locator(".message.out").last
    await expect(sent.locator(".text strong")).to_have_text("Do")
    await expect(sent.locator(".via")).to_have_text(f"via @{message['via_bot']['username']}")
    await expect(offered(page)).to_have_count(0)
    await expect(page.locator("#composer")).to_have_value("")


async def test_results_are_walked_by_keys(place: Site) -> None:
    """Arrows mark a result and Enter sends it; Escape closes the list and leaves the words."""
    page = await place.started()
    box = page.locator("#composer")
    await ask(place, page, "dog", results=[article(1), article(2), article(3)])
    await expect(offered(page)).to_have_count(3)
    await box.press("ArrowDown")
    await box.press("Enter")
    assert (await place.bot.update())["message"]["text"] == "Do 2"
    await ask(place, page, "cat", results=[article(1)])
    await expect(offered(page)).to_have_count(1)
    await box.press("Escape")
    await expect(offered(page)).to_have_count(0)
    await expect(box).to_have_value("@limber_sandbox_bot cat")


async def test_a_photo_is_shown_small_and_sent_large(place: Site) -> None:
    """A photo known to the bot has its picture in the list and in the message."""
    page = await place.started()
    photo = await picture(page, 600, 400)
    sent = await place.bot.call("sendPhoto", chat_id=YOU, photo=photo)
    result = {"type": "photo", "id": "1", "photo_file_id": sent["photo"][-1]["file_id"]}
    more = {"title": "Bird dog", "caption": "Hold it", "reply_markup": keys("Done")}
    await ask(place, page, "dog", results=[result | more])
    await expect(offered(page).locator("img")).to_have_js_property("naturalWidth", 600)
    await page.locator("#composer").press("Enter")
    assert (await place.bot.update())["message"]["caption"] == "Hold it"
    message = page.locator(".message.out").last
    await expect(message.locator(".media img")).to_have_js_property("naturalWidth", 600)
    await message.locator("button.inline").click()
    assert "inline_message_id" in (await place.bot.update())["callback_query"]


def keys(label: str) -> dict[str, Any]:
    """Return a keyboard of one button."""
    return {"inline_keyboard": [[{"text": label, "callback_data": label}]]}


async def test_more_results_come_at_the_end(place: Site) -> None:
    """Whoever scrolls to the end is shown the next results too, and can send any."""
    page = await place.started()
    first = [article(number) for number in range(20)]
    await ask(place, page, "all", results=first, next_offset="20")
    await expect(offered(page)).to_have_count(20)
    await offered(page).last.scroll_into_view_if_needed()
    query = (await place.bot.update())["inline_query"]
    assert (query["query"], query["offset"]) == ("all", "20")
    await place.bot.call("answerInlineQuery", inline_query_id=query["id"], results=[article(20)])
    await expect(offered(page)).to_have_count(21)
    await offered(page).first.click()
    assert (await place.bot.update())["message"]["text"] == "Do 0"


async def test_nothing_found_is_said(place: Site) -> None:
    """An empty answer says so, and Enter sends the words themselves."""
    page = await place.started()
    await ask(place, page, "xyz", results=[])
    await expect(page.locator(".results")).to_contain_text("No results")
    await page.locator("#composer").press("Enter")
    assert (await place.bot.update())["message"]["text"] == "@limber_sandbox_bot xyz"
    await expect(page.locator(".results")).to_be_hidden()


async def test_the_button_above_the_results_starts_the_bot(place: Site) -> None:
    """The button sends its parameter as a deep link would; Enter goes to the first result."""
    page = await place.started()
    button = {"text": "Set up first", "start_parameter": "setup"}
    await ask(place, page, "dog", results=[article(1)], button=button)
    await expect(offered(page).last).to_have_attribute("aria-selected", "true")
    await page.get_by_role("option", name="Set up first").click()
    assert (await place.bot.update())["message"]["text"] == "/start setup"


async def test_only_the_newest_words_are_shown(place: Site) -> None:
    """An answer to words that have changed meanwhile is not shown."""
    page = await place.started()
    await page.locator("#composer").fill("@limber_sandbox_bot dog")
    old = (await place.bot.update())["inline_query"]["id"]
    await page.locator("#composer").fill("@limber_sandbox_bot cat")
    new = (await place.bot.update())["inline_query"]["id"]
    await place.bot.call("answerInlineQuery", inline_query_id=old, results=[article(1)])
    await place.bot.call("answerInlineQuery", inline_query_id=new, results=[article(2)])
    await expect(offered(page).locator(".name")).to_have_text("Exercise 2")


@pytest.mark.parametrize("words", ["@limber_sandbox_bot", "@other_bot dog", "mail me@x.org dog"])
async def test_other_words_are_no_query(place: Site, words: str) -> None:
    """Without the bot's name and a space nothing is asked; the words are sent as they are."""
    page = await place.started()
    await page.locator("#composer").fill(words)
    await page.wait_for_timeout(400)
    await write(page, words)
    assert (await place.bot.update())["message"]["text"] == words


async def test_a_switch_button_begins_a_query(place: Site) -> None:
    """A button of that kind writes the query, and its results appear."""
    page = await place.started()
    button = {"text": "Share", "switch_inline_query_current_chat": "bird dog"}
    await place.bot.say("Share this?", [button])
    await page.get_by_role("button", name="Share").click()
    assert (await place.bot.update())["inline_query"]["query"] == "bird dog"
