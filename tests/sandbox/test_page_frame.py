"""Around the chats: the command menu, pushed news, scrolling, people, the clock, sizes, themes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from tests.browser import ready
from tests.sandbox.page_site import YOU, Site, button, keyboard, picture, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

MENU = [
    {"command": name, "description": f"About {name}"}
    for name in ("start", "schedule", "settings", "stop", "help")
]
PHONE = {"width": 390, "height": 844}


async def shown_time(page: Page) -> datetime:
    """Return the moment on the page's clock."""
    return datetime.fromisoformat(str(await page.get_attribute("#clock", "datetime")))


async def at_end(page: Page) -> None:
    """Return once the newest message is seen to its end; a scroll takes some frames."""
    script = """() => {
        const node = document.querySelector(".scroller");
        return node.scrollHeight - node.scrollTop - node.clientHeight < 2;
    }"""
    await page.wait_for_function(script, timeout=5_000)


async def test_slash_filters_the_commands(place: Site) -> None:
    """A slash lists the bot's commands, letters narrow the list, arrows and Enter send one."""
    await place.bot.call("setMyCommands", commands=MENU)
    page = await place.page()
    box = page.locator("#composer")
    options = page.get_by_role("option")
    await box.press_sequentially("/")
    await expect(options).to_have_count(5)
    await box.press_sequentially("s")
    await expect(options).to_have_count(4)
    await box.press("ArrowDown")
    await box.press("Enter")
    assert (await place.bot.update())["message"]["text"] == "/schedule"
    await expect(options).to_have_count(0)


async def test_a_whole_command_is_sent_as_typed(place: Site) -> None:
    """A command typed in full, or followed by words, goes out as it stands."""
    await place.bot.call("setMyCommands", commands=MENU)
    page = await place.page()
    await page.locator("#composer").press_sequentially("/stop")
    await page.keyboard.press("Enter")
    await page.locator("#composer").press_sequentially("/schedule 07:30")
    await page.keyboard.press("Enter")
    texts = [(await place.bot.update())["message"]["text"] for _ in range(2)]
    assert texts == ["/stop", "/schedule 07:30"]


async def test_menu_button_works_by_keyboard(place: Site) -> None:
    """The Menu button opens all commands, which arrows and Enter choose from."""
    page = await place.page()
    menu = page.locator("button.commands")
    await expect(menu).to_be_hidden()
    await place.bot.call("setMyCommands", commands=MENU)
    await expect(menu).to_be_visible()  # a press alone would not wait for that
    await menu.press("Enter")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    assert (await place.bot.update())["message"]["text"] == "/help"


async def test_news_reaches_every_open_page(place: Site) -> None:
    """What is said shows on another open page by itself."""
    page, other = await place.started(), await place.page()
    await place.bot.say("Hello both")
    for seen in (page, other):
        await expect(seen.locator(".message.in .text")).to_have_text("Hello both")


async def test_page_catches_up_after_a_cut_line(place: Site) -> None:
    """When the sandbox was away the page connects again and shows what it missed, once."""
    page = await place.started()
    message = await place.bot.say("Before")
    await page.context.set_offline(offline=True)
    await place.restart()
    where = {"chat_id": YOU, "message_id": message["message_id"]}
    await place.bot.call("editMessageText", **where, text="Changed")
    await place.bot.say("Missed")
    await page.context.set_offline(offline=False)
    texts = page.locator(".message.in .text")
    await expect(texts).to_have_text(["Changed", "Missed"], timeout=15000)
    await place.bot.say("After")
    await expect(texts).to_have_text(["Changed", "Missed", "After"])


async def test_reader_further_up_is_left_there(place: Site) -> None:
    """New messages follow a reader at the end; one further up gets a pill instead."""
    page = await place.started()
    for number in range(60):
        await place.bot.say(f"Message {number}")
    await expect(page.locator(".message.in")).to_have_count(60)
    await at_end(page)
    await page.locator(".scroller").hover()
    await page.mouse.wheel(0, -800)
    await expect(page.locator(".pill")).to_be_visible()
    before = await page.locator(".scroller").evaluate("node => node.scrollTop")
    await place.bot.say("News")
    await expect(page.locator(".pill")).to_contain_text("New message")
    assert await page.locator(".scroller").evaluate("node => node.scrollTop") == before
    await page.click(".pill")
    await at_end(page)
    await expect(page.locator(".pill")).to_be_hidden()


async def test_end_stays_in_view_when_quick_replies_appear(place: Site) -> None:
    """A keyboard that takes room does not hide the newest message."""
    page = await place.started()
    for number in range(40):
        await place.bot.say(f"Message {number}")
    await place.bot.say("Where?", reply_markup={"keyboard": [["A"], ["B"], ["C"]]})
    await expect(page.locator("button.reply-key")).to_have_count(3)
    await expect(page.locator(".message.in .text").last).to_be_in_viewport()
    await expect(page.locator(".pill")).to_be_hidden()


async def test_people_stand_side_by_side(place: Site) -> None:
    """A person added here has a column of their own, and what they say is theirs alone."""
    page = await place.started()
    await page.click("#add-person")
    await page.get_by_label("First name").fill("Ada")
    await page.get_by_role("button", name="Open chat").click()
    await expect(page.locator("[data-person]")).to_have_count(2)
    ada = int(str(await page.locator("[data-person]").last.get_attribute("data-person")))
    await write(page, "I am Ada", ada)
    message = (await place.bot.update())["message"]
    assert message["from"]["first_name"] == "Ada"
    column = page.locator(f'[data-person="{ada}"]')
    await place.bot.say("Hello Ada", to=ada)
    await expect(column.locator(".text")).to_have_text(["I am Ada", "Hello Ada"])
    await expect(page.locator(f'[data-person="{YOU}"] .text')).to_have_text(["/start"])
    await column.get_by_label("Options of Ada's chat").click()
    await page.get_by_role("menuitem", name="Close this chat").click()
    await ready(page, place.address)
    await expect(page.locator("[data-person]")).to_have_count(1)


async def test_phone_has_tabs(place: Site) -> None:
    """On a phone one chat is seen at a time; the other's tab counts what came in."""
    place.server.person(1002, "Ada")
    page = await place.started(viewport=PHONE)
    await write_by_api(place, 1002)
    for number in range(25):
        await place.bot.say(f"Psst {number}", to=1002)
    tab = page.get_by_role("tab", name="Ada")
    await expect(tab.locator(".badge")).to_have_text("25")
    await expect(page.locator('[data-person="1002"]')).to_be_hidden()
    await tab.click()
    await expect(page.locator('[data-person="1002"] .message.in').last).to_be_in_viewport()
    await expect(page.locator(".badge")).to_have_count(0)
    await expect(page.locator(f'[data-person="{YOU}"]')).to_be_hidden()


async def write_by_api(place: Site, person: int) -> None:
    """Let a person who is not in view write to the bot."""
    url = f"{place.address}sandbox/chat/{person}/send"
    async with place.http.post(url, json={"text": "/start"}) as response:
        assert response.status == 200
    await place.bot.update()


async def test_blocked_bot_comes_back(place: Site) -> None:
    """A person can block the bot; then one button lifts the block and says /start."""
    page = await place.started()
    await page.get_by_label("Options of You's chat").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    assert (await place.bot.update())["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    await expect(page.locator("#composer")).to_be_hidden()
    await page.click("button.unblock")
    assert (await place.bot.update())["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (await place.bot.update())["message"]["text"] == "/start"
    await expect(page.locator("#composer")).to_be_visible()


async def test_clock_moves_and_comes_back(place: Site) -> None:
    """The buttons move the chat's clock; messages carry its time; one button goes back."""
    page = await place.started()
    await expect(page.locator("#real-time")).to_be_disabled()
    await page.click('[data-advance="86400"]')
    await expect(page.locator("#offset")).to_have_text("1 day ahead")
    ahead = await shown_time(page) - datetime.now(UTC)
    assert ahead == pytest.approx(timedelta(days=1), abs=timedelta(seconds=5))
    await place.bot.say("Tomorrow")
    await expect(page.locator(".separator")).to_have_text(["Yesterday", "Today"])
    await page.click("#real-time")
    await expect(page.locator("#offset")).to_have_text("real time")


async def test_jump_goes_to_what_is_due(place: Site) -> None:
    """The jump sets the clock to the bot's next plan; with no plan it says so."""
    page = await place.page()
    await page.click("#jump")
    await expect(page.get_by_role("status")).to_have_text("nothing is planned")
    due = datetime.now(UTC) + timedelta(hours=5, minutes=3)
    place.plans.append(due)
    await page.click("#jump")
    await expect(page.get_by_role("status")).to_contain_text("Jumped to")
    assert await shown_time(page) == pytest.approx(due, abs=timedelta(seconds=5))


async def test_start_afresh_asks_first(place: Site) -> None:
    """Starting afresh empties every open page, but only after a confirmation."""
    page, other = await place.started(), await place.page()
    await page.click("#fresh")
    await page.keyboard.press("Escape")
    await expect(page.locator(".message.out")).to_have_count(1)
    await page.click("#fresh")
    await page.locator("dialog[open]").get_by_role("button", name="Start afresh").click()
    for seen in (page, other):
        await expect(seen.locator(".message")).to_have_count(0)
        await expect(seen.locator("button.start")).to_be_visible()
        await expect(seen.locator("[data-person]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_theme_follows_the_system_until_chosen(place: Site, scheme: str) -> None:
    """The page starts in the system's scheme; the button turns it over, also after a reload."""
    page = await place.page(color_scheme=scheme)
    script = "getComputedStyle(document.body).backgroundColor"
    first = await page.evaluate(script)
    await page.click("#theme")
    turned = await page.evaluate(script)
    await ready(page, place.address)
    assert turned != first
    assert await page.evaluate(script) == turned
    light = first if scheme == "light" else turned
    assert sum(int(part) for part in light[4:-1].split(",")) > 600


@pytest.mark.parametrize("width", [360, 390, 430, 1280])
async def test_nothing_is_wider_than_the_page(place: Site, width: int) -> None:
    """Long words, many buttons, long labels and pictures never make a chat scroll sideways."""
    page = await place.started(viewport={"width": width, "height": 844})
    await place.bot.say("\n".join(f"Line {number}" for number in range(15)))
    await place.bot.say("unbroken" * 60)
    await place.bot.say("שלום עולם " * 12)
    await place.bot.say(
        "Which?", *[[f"A label of thirty letters, {n}{m}" for m in "ab"] for n in range(4)]
    )
    await place.bot.say("Days", [*"MTWTFSS", "All days"])
    await place.bot.say(f"<pre>{'x' * 200}</pre>")
    photo = await picture(page, 1280, 320)
    await place.bot.call("sendPhoto", chat_id=YOU, photo=photo, caption="wide" * 40)
    await expect(page.locator(".message.in")).to_have_count(7)
    wider = """() => [document.documentElement, ...document.querySelectorAll(
        ".scroller, .body, .row")]
        .filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.outerHTML)"""
    assert await page.evaluate(wider) == []
    for bubble in await page.locator(".message").all():
        box = await bubble.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


async def test_three_hundred_messages_open_at_the_end(place: Site) -> None:
    """A long chat opens at its newest message and is drawn within two seconds."""
    page = await place.started()
    for number in range(300):
        await place.bot.say(f"Message {number}", ["Done"])
    began = datetime.now(UTC)
    await ready(page, place.address)
    await expect(page.locator(".message.in").last).to_be_in_viewport()
    assert datetime.now(UTC) - began < timedelta(seconds=2)
    await at_end(page)
    await button(page, "Done").click()
    assert (await place.bot.update())["callback_query"]["data"] == "Done"


async def test_progress_survives_an_edit_that_keeps_the_keyboard(place: Site) -> None:
    """A countdown that edits the words does not end the progress shown on a pressed button."""
    page = await place.started()
    message = await place.bot.say("3", ["Done"])
    await button(page, "Done").click()
    query = (await place.bot.update())["callback_query"]
    where = {"chat_id": YOU, "message_id": message["message_id"]}
    await place.bot.call("editMessageText", **where, text="2", **keyboard(["Done"]))
    await expect(page.locator(".message.in .text")).to_have_text("2")
    await expect(page.locator("button.inline")).to_have_attribute("aria-busy", "true")
    await place.bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await expect(page.locator("button.inline")).to_have_attribute("aria-busy", "false")
