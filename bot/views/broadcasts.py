"""What an operator tells everybody: the preview, how far it is, and what people can say to it."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.callbacks import (
    CancelBroadcast,
    ConfirmBroadcast,
    HearNews,
    LeaveBroadcast,
    NoMoreNews,
    OpenPage,
    StopBroadcast,
)
from bot.domain.broadcast import LONGEST, CopyState, Draft, Tally, Why
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs


def ask(texts: Texts) -> Reply:
    """Ask what everybody shall be told."""
    cancel: Key = (texts("button.cancel"), LeaveBroadcast())
    return Reply(texts("broadcast.ask", most=texts.number(LONGEST)), keyboard=keyboard([cancel]))


def too_long(length: int, texts: Texts) -> Reply:
    """Say by how much a text is too long."""
    return Reply(
        texts("broadcast.too_long", length=texts.number(length), most=texts.number(LONGEST))
    )


def copy(broadcast: int, text: str, texts: Texts) -> Reply:
    """Return what people get: the words as they were typed, and the way out."""
    stop: Key = (texts("button.no_more_news"), NoMoreNews(broadcast))
    return Reply(escape(text), keyboard=keyboard([stop]))


def confirm(found: Draft, texts: Texts) -> Reply:
    """Say whom it reaches, and ask whether it shall go out."""
    audience = found.audience
    cancel: Key = (texts("button.cancel"), CancelBroadcast(found.broadcast))
    send: Key = (texts("button.send_to", n=audience.people), ConfirmBroadcast(found.broadcast))
    shown = texts(
        "broadcast.confirm",
        n=audience.people,
        out=audience.opted_out,
        gone=audience.unreachable,
    )
    return Reply(shown, keyboard=keyboard([send, cancel] if audience.people else [cancel]))


def cancelled(texts: Texts) -> Reply:
    """Say that nothing goes out."""
    return Reply(texts("broadcast.cancelled"))


def going(found: Tally, texts: Texts, *, refused: bool = False) -> Reply:
    """Say how far it is; where it is in the way of another text, say that this was not taken."""
    stop: Key = (texts("button.stop_broadcast"), StopBroadcast(found.broadcast))
    far = texts("broadcast.going", n=found.people, sent=found.count(CopyState.SENT))
    missed = found.count(CopyState.GONE) or found.count(CopyState.UNWANTED)
    return Reply(
        paragraphs(
            _lines(far, _others(found, texts)) if missed else far,
            texts("broadcast.not_taken") if refused else texts("broadcast.going_on"),
        ),
        keyboard=keyboard([stop] if found.count(CopyState.DUE) else []),
    )


def stopped(texts: Texts) -> Reply:
    """Say that nothing more goes out; how much did comes when the last is under way no more."""
    return Reply(texts("broadcast.stopping"))


def over(found: Tally, texts: Texts) -> Reply:
    """Tell the author what became of it."""
    key = "broadcast.stopped" if found.stopped else "broadcast.over"
    said = texts(key, n=found.people, sent=found.count(CopyState.SENT))
    return Reply(_lines(said, _others(found, texts)))


def _lines(*lines: Markup) -> Markup:
    return Markup("\n").join(lines)


def _others(found: Tally, texts: Texts) -> Markup:
    """Say how many did not get it."""
    return texts(
        "broadcast.others",
        gone=found.count(CopyState.GONE),
        out=found.count(CopyState.UNWANTED),
    )


def refused(why: Why, texts: Texts) -> Reply:
    """Say in the answer to a tap why nothing was changed."""
    return Reply(toast=str(texts(f"broadcast.refused.{why.value}").unescape()))


def no_more(texts: Texts) -> Reply:
    """Say below a copy that no more come, with the way back."""
    again: Key = (texts("button.hear_news"), HearNews(True))
    return Reply(texts("news.off"), keyboard=keyboard([again]), place=Place.BELOW)


def hearing(texts: Texts, *, hears: bool) -> Reply:
    """Say whether news come, with the button that changes it."""
    switch: Key = (texts("button.no_more_news"), HearNews(False))
    if not hears:
        switch = (texts("button.hear_news"), HearNews(True))
    back: Key = (texts("button.go_back"), OpenPage("manners"))
    return Reply(texts("news.on" if hears else "news.off"), keyboard=keyboard([switch], [back]))
