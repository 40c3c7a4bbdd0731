"""No parameters, however odd, make the sandbox fail in a way of its own."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import acts
from sandbox.errors import Refusal
from sandbox.parameters import METHODS, Given, typed
from sandbox.store import Store
from sandbox.world import World
from tests.sandbox.server.conftest import HandClock
from tests.sandbox.server.forms import SPEC, faults_of

NAMES = sorted(method.name for method in METHODS.values() if method.name != "getUpdates")
NAMES_IN_OBJECTS = (
    "type text chat_id media photo inline_keyboard keyboard callback_data message_id chat default "
    "emoji url 1001 command id article title message_text input_message_content photo_file_id "
    "description request_location style scope user_id offset length bold"
)
WORDS = st.sampled_from(NAMES_IN_OBJECTS.split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | WORDS
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A world where person 1001 has started the bot."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        world = World(store, HandClock())
        acts.say(world, 1001, 1001, "/start")
        yield world
        store.close()


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_any_parameters_are_taken_or_refused(world: World, name: str, data: st.DataObject) -> None:
    """Every method gives a result of the documented form or one of Telegram's refusals."""
    method = METHODS[name.lower()]
    message = world.post(1001, world.bot, {"text": "hello"})
    likely = {"chat_id": 1001, "message_id": message["message_id"], "user_id": 1001}
    raw: dict[str, Any] = {key: value for key, value in likely.items() if key in method.kinds}
    raw |= data.draw(st.dictionaries(st.sampled_from([*method.kinds, "x"]), ANYTHING, max_size=4))
    assert not inspect.iscoroutinefunction(method.act)
    try:
        result = method.act(world, Given(typed(raw, method.kinds)))
    except Refusal as refusal:
        assert refusal.status in (400, 403, 404)  # noqa: PT017 - either outcome is right
    else:
        assert not faults_of(result, SPEC["methods"][name]["returns"], name)
