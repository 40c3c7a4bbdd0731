"""The chat page plays voice messages and audio, and lets a person refuse voice messages."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.domain.recording import Form, Recording
from bot.domain.score import Cue, Score, Sound
from bot.sounds.record import record
from tests.sandbox.page_site import YOU, Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

BELL = Score((Cue(0.5, Sound.START),), 85.0)
VOICE = record(Recording(BELL))


async def test_a_voice_message_plays(place: Site) -> None:
    """It shows how long it is, plays and pauses, and goes to where the bar is put."""
    page = await place.started()
    await place.bot.call("sendVoice", chat_id=YOU, voice=VOICE, duration=90)
    told = page.locator(".listen .detail")
    await expect(told).to_have_text("1:30")
    turn = page.get_by_role("button", name="Play the voice message")
    await turn.click()
    await expect(told).to_have_text("0:01 / 1:30")
    await page.locator(".seek").fill("60")
    await expect(told).to_contain_text("1:0")
    await page.get_by_role("button", name="Pause the voice message").click()
    await expect(page.locator("audio")).to_have_js_property("paused", value=True)


async def test_a_place_can_be_chosen_before_it_plays(place: Site) -> None:
    """The bar works at once; what was not loaded is."""
    page = await place.started()
    await place.bot.call("sendVoice", chat_id=YOU, voice=VOICE, duration=90)
    await page.locator(".seek").fill("45")
    await expect(page.locator(".listen .detail")).to_have_text("0:45 / 1:30")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_audio_has_a_title(place: Site, scheme: str) -> None:
    """A piece of audio says who plays and what it is called, above its caption."""
    page = await place.started(color_scheme=scheme, viewport={"width": 390, "height": 844})
    content = record(Recording(BELL, form=Form.AUDIO))
    words = {"title": "Daily", "performer": "Limber", "duration": 90, "caption": "0:00 Rest"}
    await place.bot.call("sendAudio", chat_id=YOU, audio=content, **words)
    await expect(page.locator(".listen .name")).to_have_text("Limber · Daily")
    await expect(page.locator(".message.in .text")).to_have_text("0:00 Rest")
    box = await page.locator(".listen").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390


async def test_a_person_refuses_voice_messages(place: Site) -> None:
    """The chat's menu turns them away, and lets them in again."""
    page = await place.started()
    await page.get_by_role("button", name="Options of You's chat").click()
    await page.get_by_role("menuitem", name="Refuse voice messages").click()
    await expect(page.get_by_label("Chat", exact=True)).to_be_hidden()
    with pytest.raises(AssertionError, match="VOICE_MESSAGES_FORBIDDEN"):
        await place.bot.call("sendVoice", chat_id=YOU, voice=VOICE)
    await page.get_by_role("button", name="Options of You's chat").click()
    await page.get_by_role("menuitem", name="Let voice messages in").click()
    await expect(page.get_by_label("Chat", exact=True)).to_be_hidden()
    assert (await place.bot.call("sendVoice", chat_id=YOU, voice=VOICE))["voice"]
