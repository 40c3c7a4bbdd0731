"""A tiny pack without faults, to be broken one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.loader import faults

FILES = {
    "pack.yaml": """\
name: Tiny
daily: short
""",
    "equipment.yaml": """\
things:
  - key: bar
    name: Bar
    own: gear
    aliases:
      - rail
  - key: chair
    name: Chair
    own: household
  - key: palm
    name: Palm
    own: body
""",
    "exercises/hang.yaml": """\
key: hang
name: Hang
summary: Let your arms grow long.
position: standing
kind: mobility
sides: none
level: beginner
equipment:
  - thing: bar
    text: bar above your head
    household:
      chair: back of a chair, arms long
  - thing: palm
    optional: yes
    without: no palm needed
instead:
  - nod
setup: Stand tall.
cues:
  - Arms long.
  - Breathe out and soften.
steps:
  - out: Let go of your shoulders.
doses:
  beginner:
    hold: 20
  standard:
    hold: 30
  advanced:
    hold: 0:40
muscles: Back.
feel: Long.
why: It may feel good.
mistakes:
  - Swinging
easier:
  - Feet on the floor
stop_if:
  - It hurts
poses:
  start: hip 0,86 | T 90 | H 90 | N 270/270/0 90/90 | F same
""",
    "exercises/nod.yaml": """\
key: nod
name: Nod
summary: Say yes with your head.
aliases:
  - yes move
position: sitting
kind: mobility
sides: none
level: beginner
gentle: yes
setup: Sit tall.
cues:
  - Head up.
  - Breathe out as it comes down.
steps:
  - in: Look up.
  - out: Look down.
doses:
  beginner:
    reps: 5
    tempo: 2-2
  standard:
    reps: 6
    tempo: 2-2
  advanced:
    sets: 2
    hold: 10
    rest: 0:05
muscles: Neck.
feel: A little.
why: It is easy.
mistakes:
  - Rushing
easier:
  - Smaller
stop_if:
  - It hurts
poses:
  start: hip 0,50 | T 90 | H 90 | N 0/270/0 285/330 | F same
""",
    "exercises/press.yaml": """\
key: press
name: Press
summary: Press with a palm.
position: lying
kind: release
sides: each
level: advanced
gate: release
setup: Lie down.
cues:
  - Palm on.
  - Breathe out.
steps:
  - easy: Press.
stages:
  - name: Rest
    text: Rest the palm.
    seconds: 0:30
doses:
  beginner:
    hold: 30
  standard:
    hold: 30
  advanced:
    hold: 30
muscles: Belly.
feel: Soft.
why: It may feel looser.
mistakes:
  - Chasing
easier:
  - Less
stop_if:
  - It hurts
poses:
  start: hip 0,9 | T 180 | H 180 | N 50/302/0 355/68 | F same
""",
    "practices/sigh.yaml": """\
key: sigh
name: Sigh
summary: One long out-breath.
gentle: yes
setup: Sit.
cues:
  - In.
  - Out.
steps:
  - in: In.
  - out: Out.
phases:
  - in: 3.5
  - out: 6
rounds:
  beginner: 3
  standard: 6
  advanced: 9
feel: Soft.
why: It may settle you.
cautions:
  - Dizzy? Stop.
poses:
  hold: hip 0,50 | T 90 | H 90 | N 0/270/0 285/330 | F same
""",
    "knowledge/why-nod.yaml": """\
key: why-nod
name: Why nod at all?
aliases:
  - nodding reason
text: It may feel easier afterwards.
see:
  - nod
  - soft
sources:
  - Somebody's book
""",
    "questions/nod.yaml": """\
key: nod
how:
  - the one where you say yes
dose:
  - how many times do I say yes
who_not:
  - is saying yes for everyone
""",
    "questions/unknown-other.yaml": """\
key: unknown-other
said:
  - will it rain
""",
    "routines/days.yaml": """\
key: days
name: Two days
summary: One thing a day.
days:
  - name: First day
    seconds: 0:50
    note: Slow is right.
    items:
      - entry: hang
        seconds: 0:50
        dose:
          hold: 30
  - name: Second day
    seconds: 60
    routine: soft
""",
    "routines/short.yaml": """\
key: short
name: Short
summary: Two minutes.
seconds: 2:00
items:
  - entry: nod
    seconds: 0:50
    dose:
      reps: 10
      tempo: 2-2
    breathing: sigh
  - entry: press
    seconds: 1:10
    otherwise:
      - entry: sigh
        seconds: 1:10
""",
    "routines/soft.yaml": """\
key: soft
name: Soft
summary: One minute.
seconds: 60
gentle: yes
items:
  - entry: nod
    seconds: 30
  - entry: sigh
    seconds: 30
""",
    "safety/gates/release.yaml": """\
key: release
intro: Some questions.
questions:
  - A hernia?
days: 30
passed: Begin softly.
refused: Skip it.
alternatives:
  - sigh
""",
    "safety/rules.yaml": """\
effort: Easy.
breath: Smooth.
warm_up: Walk first.
stop:
  - It hurts
not_today:
  - You feel ill
after: Rest a day.
""",
    "safety/screening.yaml": """\
note: Stop when it hurts.
question: Does any of this apply?
conditions:
  - Blood thinners
advice: Stay gentle.
refusal: Not open to you.
routine: soft
""",
    "safety/signs.yaml": """\
scripts:
  emergency: Call now.
  today: See someone today.
  soon: See someone soon.
  stop: Stop here.
  condition: Ask first.
  pulse: Take it off.
signs:
  - tier: emergency
    pauses: yes
    phrases:
      - numb* .. saddle|between (my|the)? legs
      - chest pain
""",
}


@dataclass(frozen=True)
class TinyPack:
    """A pack on disk whose files a test may change, alone or over the packs `below` it."""

    folder: Path
    below: tuple[Path, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the packs that make this one, as the loader takes them."""
        return (*self.below, self.folder)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the pack as it is given."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def change(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which must be there, once."""
        text = (self.folder / path).read_text()
        assert old in text, f"{path} holds no {old!r}"
        self.write(path, text.replace(old, new, 1))

    def faults(self) -> list[str]:
        """Return the faults of the pack as lines."""
        return [str(fault) for fault in faults(*self.folders)]
