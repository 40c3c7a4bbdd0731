"""The tables of people, their reminders and sessions, and of the updates they send."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.dose import Level
from bot.domain.pace import Pace
from bot.domain.person import Expecting, PauseReason, PersonState, Question, Screened
from bot.domain.player import Awaits, Feedback, Outcome, SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.domain.sides import Ease
from bot.domain.step import Length, Side
from db.base import NEVER_AGAIN, Base, one_a_person, only_set
from db.types import Json


class Person(Base):
    """Somebody who talks with the bot; `id` is their Telegram user id and private chat id."""

    __tablename__ = "person"
    __table_args__ = (only_set("ix_person_home_at", "home_at"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[PersonState] = mapped_column(default=PersonState.ACTIVE)
    language: Mapped[str | None] = mapped_column(String(16))  # chosen, else Telegram's hint
    zone: Mapped[str | None] = mapped_column(String(64))  # IANA name; None until it was answered
    day_end: Mapped[time] = mapped_column(Time, default=time(3))
    onboarding: Mapped[Question] = mapped_column(default=Question.SAFETY)
    screened: Mapped[Screened | None]
    screened_at: Mapped[datetime | None]
    expecting: Mapped[Expecting | None]
    expecting_id: Mapped[int | None]
    routine: Mapped[str | None] = mapped_column(String(64))  # None: the pack's daily routine
    things: Mapped[Json] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )  # thing -> has it, where they said so
    paused_at: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]  # None while paused: until /resume
    pause_reason: Mapped[PauseReason | None]
    home_zone: Mapped[str | None] = mapped_column(String(64))  # while they travel: where they live
    home_at: Mapped[datetime | None]  # when the home zone counts again by itself
    quiet_from: Mapped[time | None] = mapped_column(Time)  # local; nothing goes out until quiet_to
    quiet_to: Mapped[time | None] = mapped_column(Time)
    repeat_minutes: Mapped[int | None]  # an unanswered reminder comes again after so many
    around: Mapped[bool] = mapped_column(default=False, server_default=false())
    eased_on: Mapped[date | None]  # the day of the gentle question: half as often until answered
    pace: Mapped[Pace] = mapped_column(default=Pace.BUTTON, server_default=Pace.BUTTON)
    undo: Mapped[Json | None] = mapped_column(
        JSON(none_as_null=True)
    )  # the reminders before the last change
    undo_at: Mapped[datetime | None]  # when that change was made
    audio: Mapped[str | None] = mapped_column(String(64))  # what they last wanted to listen to
    audio_at: Mapped[datetime | None]  # when they did, then when it was sent
    passes_on: Mapped[bool | None]  # unanswered questions may be read by the operator; None: unsaid
    streak_hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    checks_in: Mapped[bool] = mapped_column(default=True, server_default=true())  # tightness asked
    hears: Mapped[bool] = mapped_column(default=True, server_default=true())  # the operator's news
    created_at: Mapped[datetime]


class Reminder(Base):
    """A local rule that says when a person is reminded of a routine or a practice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person_id", "kind", "rule"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ReminderKind]
    entry: Mapped[str | None] = mapped_column(String(64))  # key of the practice
    rule: Mapped[str] = mapped_column(Text)  # canonical JSON of domain.schedule.Rule
    next_at: Mapped[datetime | None]  # the next planned moment; None: stopped (blocked, paused)
    wake_at: Mapped[datetime | None] = mapped_column(index=True)  # when it is claimed: near next_at
    settled_at: Mapped[datetime | None]  # moments up to here were claimed, or moved elsewhere
    paused_at: Mapped[datetime | None]  # this one alone rests, until it is resumed
    aside: Mapped[bool] = mapped_column(default=False, server_default=false())  # by the pace
    created_at: Mapped[datetime]


class Occurrence(Base):
    """One due moment of one reminder; unique on (reminder, due_at), so once means once."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("reminder_id", "due_at"),
        Index("ix_occurrence_person_day", "person_id", "practice_day"),
        Index("ix_occurrence_state_expires_at", "state", "expires_at"),
        only_set("ix_occurrence_send_at", "send_at"),
        only_set("ix_occurrence_stale_message_id", "stale_message_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="CASCADE"))
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id", ondelete="SET NULL"))
    kind: Mapped[ReminderKind]
    entry: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime] = mapped_column(index=True)
    practice_day: Mapped[date]  # the person's day it belongs to
    expires_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    send_at: Mapped[datetime | None]  # when it goes out, or goes out again; None: no more
    sent_at: Mapped[datetime | None]
    state: Mapped[OccurrenceState] = mapped_column(default=OccurrenceState.DUE)
    reason: Mapped[str | None] = mapped_column(String(32))  # why it was skipped
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # shared by those sent as one
    stale_message_id: Mapped[int | None] = mapped_column(BigInteger)  # still has buttons to lose
    attempts: Mapped[int] = mapped_column(default=0)
    repeats: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    share: Mapped[Json | None] = mapped_column(
        JSON(none_as_null=True)
    )  # of a movement: domain.spreading.Share, once it was handed out


class Session(Base):
    """One run through one routine, exercise or practice, expanded into its steps at the start."""

    __tablename__ = "session"
    __table_args__ = (
        one_a_person("ix_session_one_active", "state = 'active'"),
        one_a_person("ix_session_one_spread", "state = 'spread'"),
        Index("ix_session_person_day", "person_id", "practice_day"),
        only_set("ix_session_deadline", "deadline"),
        only_set("ix_session_occurrence_id", "occurrence_id"),
        only_set("ix_session_owed_at", "owed_at"),
        only_set("ix_session_undo_at", "undo_at", of="undo"),
        only_set("ix_session_finished_at", "finished_at", "state"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrence.id", ondelete="SET NULL")
    )
    kind: Mapped[SessionKind]
    entry: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))  # the pack it was expanded from
    entries: Mapped[Json] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )  # key -> digest of entry_version
    day: Mapped[int | None]  # which day of a programme
    level: Mapped[Level | None]  # whose doses it has; None: as written
    steps: Mapped[list[Json]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)  # index of the current step
    shown_at: Mapped[datetime]  # when the current step was shown, for its seconds
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[SessionState] = mapped_column(default=SessionState.ACTIVE)
    practice_day: Mapped[date]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    feedback: Mapped[Feedback | None]
    pace: Mapped[Pace] = mapped_column(default=Pace.BUTTON, server_default=Pace.BUTTON)
    length: Mapped[Length] = mapped_column(default=Length.FULL, server_default=Length.FULL)
    awaits: Mapped[Awaits | None]  # what is done by itself at the deadline
    deadline: Mapped[datetime | None]
    owed_at: Mapped[datetime | None]  # when it goes out as a new message; None: it is shown
    left: Mapped[int | None]  # while paused: seconds of the current step that are left to do
    undo: Mapped[Json | None] = mapped_column(
        JSON(none_as_null=True)
    )  # the session before the last answer
    undo_at: Mapped[datetime | None]  # when that answer was given
    planned: Mapped[bool | None]  # of a routine that was finished: on a day it was planned for


class EntryVersion(Base):
    """An entry of the content as a session began with it, whatever became of it since."""

    __tablename__ = "entry_version"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[Json]
    person_id: Mapped[int | None] = mapped_column(  # whose own routine it is
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )


class StepRecord(Base):
    """What became of one step of a session; overwritten when the person goes back."""

    __tablename__ = "step_record"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome | None]  # None while it hurt and is not answered yet
    seconds: Mapped[int]  # from showing the step to the tap
    pain: Mapped[int | None]  # 0 to 10, where it was said
    asked_in: Mapped[int | None] = mapped_column(BigInteger)  # the message that asked for it
    recorded_at: Mapped[datetime]


class SideFelt(Base):
    """How a side of an exercise felt when the person last said so: the stiffer one gets more."""

    __tablename__ = "side_felt"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    side: Mapped[Side] = mapped_column(primary_key=True)
    ease: Mapped[Ease]
    felt_at: Mapped[datetime]


class Unanswered(Base):
    """A question that got no answer; its words only where the person lets them be read."""

    __tablename__ = "unanswered"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str | None] = mapped_column(Text)
    near: Mapped[list[str]] = mapped_column(JSON)  # keys of what was offered instead
    asked_at: Mapped[datetime] = mapped_column(index=True)


class GateAnswer(Base):
    """One answered question of a safety gate, asked again when it has grown old."""

    __tablename__ = "gate_answer"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    gate: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[str | None] = mapped_column(String(64))  # hash of the question's words
    yes: Mapped[bool]
    answered_at: Mapped[datetime]


class Inbox(Base):
    """A raw update, kept until it took effect; afterwards only its id stays, against repetition."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_state_seq", "state", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, index=True)  # None once done
    raw: Mapped[str] = mapped_column(Text)  # empty once done
    state: Mapped[str] = mapped_column(String(16))  # pending, done, poison
    applied: Mapped[bool] = mapped_column(default=False)  # set in the transaction of its effect
    expecting: Mapped[Expecting | None]  # what its text was taken to answer when it took effect
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)  # type and place, never the message
    received_at: Mapped[datetime]


class Media(Base):
    """A picture already uploaded: file ids belong to one bot and are used again."""

    __tablename__ = "media"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(255))
    uploaded_at: Mapped[datetime]


class Mark(Base):
    """What the installation remembers about itself, such as the time zone data it planned with."""

    __tablename__ = "mark"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
