"""What must be true of a burst after each of its days."""

from __future__ import annotations

from sandbox.person import Person
from tests.process.burst import Burst, stamp


def doubles(burst: Burst) -> int:
    """How many reminders came once more than they should have."""
    extra = (
        len(copies) - burst.copies_allowed(occurrence)
        for occurrence, copies in burst.deliveries.by_occurrence.items()
    )
    return sum(each for each in extra if each > 0)


def check(burst: Burst) -> None:
    """Nothing was lost, nothing came twice without an excuse, and nothing is left over."""
    for person in burst.people:
        _check_arrival(burst, person)
        _check_copies(burst, person)
    assert burst.bot.stored("select update_id, state, error from inbox where state != 'done'") == []
    _check_sessions(burst)
    assert burst.refused == 0, "a tap on a reminder that reached the person took no effect"


def _check_arrival(burst: Burst, person: Person) -> None:
    rows = burst.bot.stored(
        "select id, message_id, state from occurrence where person_id = ? and due_at = ?",
        person.id,
        stamp(burst.planned),
    )
    assert rows, f"{person.id} has no occurrence at {burst.planned}"
    for number, message_id, state in rows:
        came = burst.deliveries.by_occurrence.get(int(str(number)))
        assert came or _came_along(burst, person, message_id), (
            f"lost: occurrence {number} ({state}) of {person.id} at {burst.planned}\n"
            f"{person.transcript()}"
        )
    burst.due += 1


def _came_along(burst: Burst, person: Person, message_id: object) -> bool:
    """Return whether an occurrence shared the message of today's head.

    Which message that was the bot does not know where it learnt of its arrival by a tap.
    """
    if message_id in burst.deliveries.message_ids(person.id):
        return True
    heads = {one.occurrence for one in burst.deliveries.by_person[person.id]}
    today = [head for head in heads if burst.due_at(head) == stamp(burst.planned)]
    untold = burst.deliveries.unheard(person.id) or any(
        burst.excused[head] or _learnt_by_tap(burst, head) for head in today
    )
    return message_id is None and bool(today) and bool(untold)


def _learnt_by_tap(burst: Burst, head: int) -> bool:
    """Return whether a kill took the note of a delivery whose reminder was tapped before."""
    ((noted,),) = burst.bot.stored("select message_id from occurrence where id = ?", head)
    return noted is None


def _check_copies(burst: Burst, person: Person) -> None:
    """Each came as often as it should, and once more at most for each excuse."""
    left = burst.deliveries.unheard(person.id)
    for occurrence in {one.occurrence for one in burst.deliveries.by_person[person.id]}:
        copies = len(burst.deliveries.by_occurrence[occurrence])
        wanted = burst.copies_allowed(occurrence)
        left -= max(copies - wanted - burst.excused[occurrence], 0)
        assert copies >= wanted, f"lost: {occurrence} came {copies} times for {wanted}"
        assert left >= 0, f"{occurrence} came {copies} times for {wanted}"


def _check_sessions(burst: Burst) -> None:
    """Each start and each done counted once."""
    twice = "select occurrence_id from session where occurrence_id is not null"
    assert burst.bot.stored(f"{twice} group by occurrence_id having count(*) > 1") == []
    assert burst.bot.stored("select id from session where state = 'active'") == []
    records = burst.bot.stored("select outcome from step_record")
    assert records == [("done",)] * burst.walked
