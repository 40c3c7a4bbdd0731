"""The chat page shows what the bot says and passes on what a person does."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.sandbox.page_site import YOU, Site, button, keyboard, picture, write

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_empty_chat_offers_start(place: Site) -> None:
    """An empty chat says what the bot is for, and its START sends /start once."""
    await place.bot.call("setMyDescription", description="Moves you <b>daily</b>.")
    page = await place.page()
    await expect(page.locator(".intro")).to_contain_text("Moves you <b>daily</b>.")
    await page.click("button.start")
    assert (await place.bot.update())["message"]["text"] == "/start"
    await expect(page.locator("button.start")).to_be_hidden()
    await expect(page.locator(".intro")).to_be_hidden()


async def test_enter_sends_and_shift_enter_breaks_the_line(place: Site) -> None:
    """Enter sends what is written; Shift+Enter only begins a new line."""
    page = await place.page()
    box = page.locator("#composer")
    await box.press_sequentially("one")
    await box.press("Shift+Enter")
    await box.press_sequentially("two")
    await box.press("Enter")
    assert (await place.bot.update())["message"]["text"] == "one\ntwo"
    await expect(page.locator(".message.out .text")).to_have_text("one\ntwo")
    await expect(box).to_have_value("")


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        pytest.param("<b>x</b>", "strong", id="bold"),
        pytest.param("<i>x</i>", "em", id="italic"),
        pytest.param("<u>x</u>", "u", id="underline"),
        pytest.param("<s>x</s>", "s", id="strike"),
        pytest.param("<tg-spoiler>x</tg-spoiler>", ".spoiler", id="spoiler"),
        pytest.param("<code>x</code>", "code", id="code"),
        pytest.param('<pre><code class="language-sh">x</code></pre>', "pre code", id="pre"),
        pytest.param("<blockquote>x</blockquote>", "blockquote", id="quotation"),
        pytest.param('<a href="https://example.org/">x</a>', "a[href]", id="link"),
        pytest.param("<b><i>x</i></b>", "strong em", id="nested"),
    ],
)
async def test_formatting_is_shown(place: Site, html: str, selector: str) -> None:
    """Every kind of formatting has its own look, around exactly its words."""
    page = await place.started()
    await place.bot.say(f"before 🧘 {html} after")
    text = page.locator(".message.in .text")
    await expect(text.locator(selector)).to_have_text("x")
    await expect(text).to_contain_text("before 🧘 ")


async def test_markup_in_a_text_stays_text(place: Site) -> None:
    """What looks like HTML in a text, a name or a button is shown and never becomes HTML."""
    nasty = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    page = await place.started()
    await write(page, nasty)
    escaped = nasty.replace("<", "&lt;")
    await place.bot.say(escaped, [{"text": nasty[:40], "callback_data": "x"}])
    await expect(page.locator(".message.in .text")).to_have_text(nasty)
    await expect(page.locator(".message.out .text").last).to_have_text(nasty)
    assert await page.locator(".message img, .message script").count() == 0
    assert await page.evaluate("window.hit") is None


async def test_spoiler_opens(place: Site) -> None:
    """A press on hidden words shows them."""
    page = await place.started()
    await place.bot.say("<tg-spoiler>secret</tg-spoiler>")
    await page.locator(".spoiler").press("Enter")
    await expect(page.locator(".revealed")).to_have_text("secret")


async def test_long_quotation_opens(place: Site) -> None:
    """An expandable quotation is cut until its arrow is pressed."""
    page = await place.started()
    await place.bot.say(f"<blockquote expandable>{'many words ' * 60}</blockquote>")
    quoted = page.locator(".quoted")
    cut = await quoted.evaluate("node => node.scrollHeight - node.clientHeight")
    await page.click(".expand")
    opened = await quoted.evaluate("node => node.scrollHeight - node.clientHeight")
    assert cut > 50
    assert opened <= 0


async def test_command_in_a_text_is_sent_by_a_press(place: Site) -> None:
    """A command inside the bot's words can be pressed."""
    page = await place.started()
    await place.bot.say("Try /help now")
    await page.locator(".message.in .command").click()
    assert (await place.bot.update())["message"]["text"] == "/help"


async def test_deep_link_to_this_bot_starts_it_with_its_key(place: Site) -> None:
    """A link to the bot itself sends its start key instead of leaving the page."""
    page = await place.started()
    name = (await place.bot.call("getMe"))["username"]
    await place.bot.say(f'<a href="https://t.me/{name}?start=ex_plank">plank</a>')
    await page.locator(".text a").click()
    assert (await place.bot.update())["message"]["text"] == "/start ex_plank"


async def test_photo_keeps_its_shape_before_it_is_loaded(place: Site) -> None:
    """A photo's room is there at once, in its ratio, with the caption under it."""
    page = await place.started()
    photo = await picture(page, 900, 600)
    await page.route("**/sandbox/file/*", lambda route: route.abort())
    caption = "Step <b>1</b>"
    await place.bot.call("sendPhoto", chat_id=YOU, photo=photo, caption=caption, parse_mode="HTML")
    box = await page.locator(".message .media").bounding_box()
    words = await page.locator(".message.in .text").bounding_box()
    assert box is not None
    assert words is not None
    assert box["width"] / box["height"] == pytest.approx(1.5, abs=0.02)
    assert words["y"] >= box["y"] + box["height"]


async def test_photo_is_seen(place: Site) -> None:
    """A photo's bytes arrive, and a press opens it in full."""
    page = await place.started()
    await place.bot.call("sendPhoto", chat_id=YOU, photo=await picture(page, 300, 200))
    image = page.locator(".media img")
    await expect(image).to_have_js_property("naturalWidth", 300)
    await page.click("button.zoom")
    await expect(page.locator("dialog[open] img")).to_be_visible()


async def test_animation_is_a_silent_loop(place: Site) -> None:
    """A clip is a muted video that plays by itself, again and again."""
    page = await place.started()
    clip = {"width": 480, "height": 360, "duration": 2}
    await place.bot.call("sendAnimation", chat_id=YOU, animation=b"\0\0\0\x18ftypmp42", **clip)
    video = page.locator(".media video")
    for name in ("muted", "loop", "autoplay"):
        await expect(video).to_have_js_property(name, value=True)
    box = await page.locator(".message .media").bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(4 / 3, abs=0.02)


async def test_buttons_stand_in_their_rows(place: Site) -> None:
    """Inline buttons keep their rows and carry their style."""
    page = await place.started()
    done = {"text": "Done", "callback_data": "d", "style": "success"}
    await place.bot.say("Now", [done], ["Skip", "Back"])
    rows = page.locator(".keyboard .row")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1).locator("button.inline")).to_have_text(["Skip", "Back"])
    await expect(rows.first.locator("button")).to_have_attribute("data-style", "success")


async def test_pressed_button_waits_for_its_answer(place: Site) -> None:
    """A pressed button shows progress until the bot answers, whose words appear as a notice."""
    page = await place.started()
    await place.bot.say("Now", ["Done"])
    await button(page, "Done").click()
    query = (await place.bot.update())["callback_query"]
    pressed = page.locator("button.inline")
    await expect(pressed).to_have_attribute("aria-busy", "true")
    await place.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Well done")
    await expect(page.get_by_role("status")).to_have_text("Well done")
    await expect(pressed).to_have_attribute("aria-busy", "false")
    assert query["data"] == "Done"


async def test_alert_is_a_dialog(place: Site) -> None:
    """An answer with show_alert stands in a dialog until it is closed."""
    page = await place.started()
    await place.bot.say("Now", ["Stop"])
    await button(page, "Stop").click()
    query = (await place.bot.update())["callback_query"]
    answer = {"callback_query_id": query["id"], "text": "Really?", "show_alert": True}
    await place.bot.call("answerCallbackQuery", **answer)
    await expect(page.locator("dialog[open]")).to_contain_text("Really?")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog[open]")).to_have_count(0)


async def test_edit_happens_in_place(place: Site) -> None:
    """An edited message changes where it stands, is marked, and keeps the keyboard's focus."""
    page = await place.started()
    message = await place.bot.say("Step 1", ["Done"], ["Stop"])
    await page.locator("button.inline").first.focus()
    where = {"chat_id": YOU, "message_id": message["message_id"]}
    await place.bot.call("editMessageText", **where, text="Step 2", **keyboard(["Back"], ["Done"]))
    bubble = page.locator(f'[data-message-id="{message["message_id"]}"]')
    await expect(bubble.locator(".text")).to_have_text("Step 2")
    await expect(bubble.locator(".edited")).to_be_visible()
    await expect(button(page, "Done").locator("..")).to_be_focused()
    await expect(page.locator(".message.in")).to_have_count(1)


async def test_effect_plays_when_the_message_arrives(place: Site) -> None:
    """A message with an effect is marked as such; one without is not."""
    page = await place.started()
    await place.bot.say("plain")
    await place.bot.say("festive", message_effect_id="5046509860389126442")
    await expect(page.locator(".message.effect")).to_have_count(1)
    await expect(page.locator(".message.effect")).to_contain_text("festive")


async def test_deleted_message_goes(place: Site) -> None:
    """A message the bot deletes leaves the page."""
    page = await place.started()
    message = await place.bot.say("Gone soon")
    await expect(page.locator(".message.in")).to_have_count(1)
    await place.bot.call("deleteMessage", chat_id=YOU, message_id=message["message_id"])
    await expect(page.locator(".message.in")).to_have_count(0)


async def test_reply_keyboard_shares_a_location(place: Site) -> None:
    """The button that asks for a location opens the form, and the bot gets the chosen city."""
    page = await place.started()
    keys = [[{"text": "Share my location", "request_location": True}], ["UTC+2"]]
    await place.bot.say("Where?", reply_markup={"keyboard": keys, "one_time_keyboard": True})
    await page.locator("button.reply-key").first.click()
    await page.locator("dialog select").select_option("Berlin")
    await page.get_by_role("button", name="Send location").click()
    location = (await place.bot.update())["message"]["location"]
    assert (round(location["latitude"], 2), round(location["longitude"], 2)) == (52.52, 13.4)


async def test_reply_keyboard_sends_its_words(place: Site) -> None:
    """A plain key sends its own words; when the bot takes the keyboard away it goes."""
    page = await place.started()
    await place.bot.say("Where?", reply_markup={"keyboard": [["UTC+2", "UTC+3"]]})
    await page.get_by_role("button", name="UTC+3").click()
    assert (await place.bot.update())["message"]["text"] == "UTC+3"
    await place.bot.say("Good", reply_markup={"remove_keyboard": True})
    await expect(page.locator("button.reply-key")).to_have_count(0)


@pytest.mark.parametrize("kind", ["Photo", "Sticker", "Voice message"])
async def test_attachments_reach_the_bot(place: Site, kind: str) -> None:
    """The attach menu sends a photo, a sticker or a voice message."""
    page = await place.started()
    await page.click("button.attach")
    await page.get_by_role("menuitem", name=kind).click()
    assert kind.split()[0].lower() in (await place.bot.update())["message"]


async def test_a_file_goes_both_ways(place: Site) -> None:
    """A file chosen under the paperclip reaches the bot; the bot's is downloaded by a press."""
    page = await place.started()
    await page.click("button.attach")
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("menuitem", name="File").click()
    chosen = {"name": "mine.yaml", "mimeType": "text/yaml", "buffer": b"key: mine\n"}
    await (await choosing.value).set_files([chosen])  # type: ignore[list-item]
    message = (await place.bot.update())["message"]
    assert message["document"]["file_name"] == "mine.yaml"
    await expect(page.locator(".message.out .strip .name")).to_have_text("mine.yaml")
    await place.bot.call("sendDocument", chat_id=YOU, document=b"key: yours\n")
    strip = page.locator(".message.in .strip")
    async with page.expect_download() as coming:
        await strip.click()
    file = await coming.value
    assert (await file.path()).read_bytes() == b"key: yours\n"
    assert file.suggested_filename == "document.bin"
