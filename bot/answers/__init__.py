"""Question in, answer out: which entry of the content, and which facet of it, or a warning."""

from bot.answers.answer import Answer, to_json
from bot.answers.ask import Answers

__all__ = ["Answer", "Answers", "to_json"]
