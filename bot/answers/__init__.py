"""From a question to an answer, without a network: safety first, then what is surely meant."""

from bot.answers.answer import Answer, to_json
from bot.answers.ask import Answers

__all__ = ["Answer", "Answers", "to_json"]
