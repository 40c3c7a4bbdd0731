"""Answers questions on the command line as the bot would in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Answers, to_json
from bot.running import settings_or_exit
from content.loader import load


def answer_lines(questions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one answer a question, in the form of the interface's section 3."""
    answers = Answers(load(settings_or_exit().content_dir))
    for question in questions:
        yield to_json(question, answers.ask(question))
