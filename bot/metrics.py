"""The numbers that Prometheus is told, each counted by one line where it happens.

Nothing here names a person or a chat: every label has a handful of values.
"""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

OURS = CollectorRegistry()
ProcessCollector(registry=OURS)
PlatformCollector(registry=OURS)

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

UPDATES = Counter(
    "limber_updates", "Updates taken; callback_query is a tap", ["kind"], registry=OURS
)
ANSWERED = Histogram(
    "limber_answered_seconds",
    "From when an update was taken until it was answered",
    ["kind"],
    buckets=SECONDS,
    registry=OURS,
)
DUE = Counter("limber_reminders_due", "Reminders found due", registry=OURS)
SENT = Counter("limber_reminders_sent", "Messages with reminders sent", registry=OURS)
LATE = Counter("limber_reminders_late", "Those of them that said they were late", registry=OURS)
RETRIES = Counter("limber_retries", "Messages to be sent again after a fault", registry=OURS)
RATE_LIMITED = Counter("limber_rate_limited", "Calls answered with 429", registry=OURS)
RENDERS = Counter("limber_renders", "Pictures, clips and recordings made", ["kind"], registry=OURS)
ANSWERS = Counter("limber_answers", "Questions answered", ["kind"], registry=OURS)
QUEUE = Gauge("limber_queue_depth", "Messages that wait for their turn", ["lane"], registry=OURS)
WAITING = Gauge("limber_inbox_waiting", "Updates taken and not answered", registry=OURS)
AGE = Gauge("limber_inbox_age_seconds", "How long the oldest of them has waited", registry=OURS)


def text() -> bytes:
    """Return all numbers as Prometheus reads them."""
    return generate_latest(OURS)
