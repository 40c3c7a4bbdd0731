"""Answers questions on the command line as the bot would in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Answer, Answers, to_json
from bot.domain.catalogue import Catalogue
from bot.packs import read_content
from bot.reply import Reply
from bot.running import settings_or_exit
from bot.services.planned import as_written
from bot.texts import Texts, pick
from bot.views import answers as view
from bot.views import routines
from content.loader import load, over_packaged


def answer_lines(questions: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one answer a question, in the form of the interface's section 3."""
    answers = Answers(load(*over_packaged(settings_or_exit().content_dir)))
    for question in questions:
        yield to_json(question, answers.ask(question))


def spoken_lines(questions: Iterable[str]) -> Iterator[str]:
    """Yield one answer a question in English words, each on a single line."""
    content = read_content(settings_or_exit().content_dir)
    catalogue, texts = content.catalogue, pick(content.languages, None)
    for question in questions:
        answer = content.answers.ask(question)
        near = ", ".join(map(catalogue.name_of, answer.suggestions))
        yield " ".join(filter(None, [_reply(answer, catalogue, texts).text.striptags(), near]))


def _reply(answer: Answer, catalogue: Catalogue, texts: Texts) -> Reply:
    if answer.kind == "safety":
        script = catalogue.safety.scripts[answer.script or answer.tier or ""]
        return view.safety(script, texts, paused=False, screen=False)
    if answer.kind in ("exercise", "practice") and answer.key:
        return view.entry(answer.key, answer.facet, catalogue, texts, None)
    if answer.kind == "routine" and answer.key:
        page = as_written(catalogue, answer.key)
        assert page is not None  # answers name what is in the pack
        return routines.page(page, texts)
    if answer.kind == "knowledge" and answer.key:
        return view.note(answer.key, catalogue, texts, None)
    if answer.names_none:
        return view.which(catalogue, texts)
    return view.unknown(answer.suggestions, catalogue, texts, None)
