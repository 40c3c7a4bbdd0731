"""What /metrics tells of a day: numbers of what happened, and nobody's name or id."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import House, Walk
from tests.conversations.test_by_webhook import free_port

Numbers = dict[tuple[str, str], float]


async def numbers(at: str) -> Numbers:
    """Return what Prometheus would read, by name and label."""
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"http://{at}/metrics")
    assert answer.status_code == 200
    samples = [
        sample
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
        if sample.name.startswith("limber_")
    ]
    labels = {value for one in samples for name, value in one.labels.items() if name != "le"}
    assert not any(character.isdigit() for value in labels for character in value)
    return {(one.name, "".join(one.labels.values())): one.value for one in samples}


async def test_a_day_in_numbers(
    house: House, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates, answers, reminders, faults and queues are counted, each once."""
    await house.stop()
    at = f"127.0.0.1:{free_port()}"
    await house.start(METRICS="on", LISTEN=at)
    before = await numbers(at)
    ana = await onboarded(house.person(), zone="UTC", at="07:30")
    await ana.send("why breathe")
    await house.settled()
    house.telegram.faults.next("sendPhoto", status=429, retry_after=1)
    await ana.send("/today")
    await ana.sees("1/", timeout=15)
    house.clock.push(days=1, hours=1, minutes=40)
    await house.settled()
    after = await numbers(at)

    def more(name: str, label: str = "") -> float:
        return after.get((name, label), 0) - before.get((name, label), 0)

    taps, messages = (
        more("limber_updates_total", "callback_query"),
        more("limber_updates_total", "message"),
    )
    assert (taps, messages) == (4, 5)
    assert more("limber_answered_seconds_count", "message") == messages
    answers = [label for name, label in after if name == "limber_answers_total"]
    assert sum(more("limber_answers_total", kind) for kind in answers) == 1
    assert more("limber_reminders_due_total") == 1
    assert more("limber_reminders_sent_total") == 1
    assert more("limber_reminders_late_total") == 1  # ten minutes after its time
    assert more("limber_rate_limited_total") == 1
    assert more("limber_renders_total", "still") > 0
    async with asyncio.timeout(10):
        while after["limber_inbox_waiting", ""]:  # over all processes it is counted now and then
            await asyncio.sleep(0.1)
            after = await numbers(at)
    assert after["limber_inbox_age_seconds", ""] == 0
    assert after["limber_queue_depth", "bulk"] == 0
    await house.stop()
