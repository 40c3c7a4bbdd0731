"""The tables; their names are the vocabulary of the whole project (design, section 3)."""

from db.base import Base
from db.models.core import (
    EntryVersion,
    GateAnswer,
    Inbox,
    Mark,
    Media,
    Occurrence,
    Person,
    Reminder,
    Session,
    SideFelt,
    StepRecord,
    Unanswered,
)
from db.models.growth import (
    CheckIn,
    Correction,
    Level,
    LevelChange,
    Pause,
    Proposal,
    Reached,
)
from db.models.news import Broadcast, BroadcastCopy
from db.models.own import OwnRoutine

__all__ = [
    "Base",
    "Broadcast",
    "BroadcastCopy",
    "CheckIn",
    "Correction",
    "EntryVersion",
    "GateAnswer",
    "Inbox",
    "Level",
    "LevelChange",
    "Mark",
    "Media",
    "Occurrence",
    "OwnRoutine",
    "Pause",
    "Person",
    "Proposal",
    "Reached",
    "Reminder",
    "Session",
    "SideFelt",
    "StepRecord",
    "Unanswered",
]
