"""Answers questions on the command line as the bot would in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Answer, Answers, to_json
from bot.domain.catalogue import Catalogue
from bot.reply import Reply
from bot.running import settings_or_exit
from bot.texts import Texts, load_texts, pick
from bot.views import answers as view
from content.loader import load, packaged


def answer_lines(questions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one answer a question, in the form of the interface's section 3."""
    answers = Answers(load(settings_or_exit().content_dir))
    for question in questions:
        yield to_json(question, answers.ask(question))


def spoken_lines(questions: Iterable[str]) -> Iterator[str]:
    """Yield one answer a question in English words, each on a single line."""
    folder = settings_or_exit().content_dir
    catalogue = load(folder)
    texts = pick(load_texts(packaged() / "texts", folder / "texts"), None)
    answers = Answers(catalogue)
    for question in questions:
        answer = answers.ask(question)
        near = ", ".join(_name(key, catalogue) for key in answer.suggestions)
        yield " ".join(filter(None, [_reply(answer, catalogue, texts).text.striptags(), near]))


def _reply(answer: Answer, catalogue: Catalogue, texts: Texts) -> Reply:
    if answer.kind == "safety":
        script = catalogue.safety.scripts[answer.script or answer.tier or ""]
        return view.safety(script, texts, paused=False, screen=False)
    if answer.kind in ("exercise", "practice") and answer.key:
        return view.entry(answer.key, answer.facet, catalogue, texts, None)
    if answer.kind == "routine" and answer.key:
        return view.routine(answer.key, catalogue, texts)
    return view.unknown(answer.suggestions, catalogue, texts, None)


def _name(key: str, catalogue: Catalogue) -> str:
    found = catalogue.entry(key) or catalogue.routines.get(key)
    return found.name if found else key
