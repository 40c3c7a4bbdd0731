"""The chat of a raw update, whatever its kind or shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake.chat_of import LARGEST, chat_of

# A busy machine is no fault of the rule.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHAT = {"chat": {"id": -7, "type": "group"}}
ANN = {"from": {"id": 5, "is_bot": False}}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param({"message": CHAT | ANN}, -7, id="message"),
        pytest.param({"edited_message": CHAT | ANN}, -7, id="edited message"),
        pytest.param({"channel_post": CHAT}, -7, id="channel post"),
        pytest.param({"callback_query": ANN | {"message": CHAT}}, -7, id="button"),
        pytest.param({"callback_query": ANN | {"inline_message_id": "x"}}, 5, id="inline button"),
        pytest.param({"my_chat_member": CHAT | ANN}, -7, id="blocked or unblocked"),
        pytest.param({"chat_member": CHAT | ANN}, -7, id="member"),
        pytest.param({"inline_query": ANN | {"query": "x"}}, 5, id="inline query"),
        pytest.param({"poll_answer": {"user": {"id": 5}, "poll_id": "1"}}, 5, id="poll answer"),
        pytest.param({"message_reaction": CHAT | {"user": {"id": 5}}}, -7, id="reaction"),
        pytest.param({"chat_boost": CHAT}, -7, id="boost"),
        pytest.param({"business_message": CHAT | ANN}, -7, id="business message"),
        pytest.param({"poll": {"id": "1"}}, 0, id="poll of nobody"),
        pytest.param({"not_yet_invented": {"from": {"id": 5}}}, 5, id="unknown kind, sender"),
        pytest.param({"not_yet_invented": {"chat": {"id": 9}}}, 9, id="unknown kind, chat"),
        pytest.param({"not_yet_invented": "words"}, 0, id="unknown kind, no object"),
        pytest.param({"message": {"chat": "x"}}, 0, id="chat is no object"),
        pytest.param({"message": {"chat": {"id": "7"}}}, 0, id="id is text"),
        pytest.param({"message": {"chat": {"id": True}}}, 0, id="id is a truth value"),
        pytest.param({"message": {"chat": {"id": 2**64}} | ANN}, 5, id="id too large to store"),
        pytest.param({}, 0, id="nothing"),
    ],
)
def test_chat_of(raw: dict[str, Any], expected: int) -> None:
    """The chat comes first, then whoever caused the update, then nobody."""
    assert chat_of({"update_id": 1} | raw) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["chat", "from", "message", "id", "user"]) | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@PATIENT
@given(st.dictionaries(st.sampled_from(["message", "callback_query", "x"]), JSON))
def test_any_shape_has_a_chat(raw: dict[str, Any]) -> None:
    """No shape of an update breaks the search, and what it finds can be stored."""
    assert abs(chat_of(json.loads(json.dumps(raw)))) <= LARGEST
