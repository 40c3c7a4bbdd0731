"""A coach's pack over the packaged one, with every kind of file and without faults."""

from __future__ import annotations

from tests.content.media_files import jpeg

_CARD = """\
setup: Sit tall on a firm chair.
cues:
  - Sit tall, feet flat.
  - Breathe out as you move.
steps:
  - in: Grow tall.
  - out: Move slowly.
"""
_WORDS = """\
muscles: Upper back.
feel: A little work.
why: It may feel good.
mistakes:
  - Rushing
easier:
  - Smaller
stop_if:
  - It hurts
"""
_POSES = """\
poses:
  start: hip 0,50 | T 90 | H 90 | N 0/270/0 285/330 | F same | seat x -18..24, top 42
  end: hip 0,50 | T 92>88 | H 90 | N 0/270/0 90/90 | F 0/270/0 95/85 | seat x -18..24, top 42
"""

TEXTS = {
    "pack.yaml": "name: Mine\ndaily: morning-3\nlanguages:\n  - en\nhide:\n  - kn-soul\n",
    "equipment.yaml": """\
things:
  - key: rope
    name: Skipping rope
    own: gear
    aliases:
      - jump rope
""",
    "exercises/arm-wave.yaml": f"""\
key: arm-wave
name: Arm wave
summary: Let your arms float up and down.
aliases:
  - arm waves
  - waving arms
position: sitting
kind: mobility
sides: alternating
level: beginner
equipment:
  - thing: rope
    text: a rope between your hands
    household:
      belt: a belt between your hands
  - thing: chair
    text: a firm chair
    optional: yes
    without: no chair, stand instead
instead:
  - seated-roll
{_CARD}doses:
  beginner:
    reps: 5
    tempo: 2-2
  standard:
    reps: 8
    tempo: 2-2
  advanced:
    sets: 2
    reps: 8
    tempo: 2-2
    rest: 0:20
    note: Slower is harder.
{_WORDS}harder:
  - Slower
not_for:
  - A frozen shoulder
{_POSES}""",
    "exercises/seated-roll.yaml": f"""\
key: seated-roll
name: Seated roll
summary: Roll your shoulders back.
position: sitting
kind: mobility
sides: none
level: beginner
gentle: yes
{_CARD}doses:
  beginner:
    hold: 30
  standard:
    hold: 45
  advanced:
    hold: 1:00
{_WORDS}picture: roll.jpg
sources:
  - A book
""",
    "exercises/belly-hold.yaml": f"""\
key: belly-hold
name: Belly hold
summary: A hand on your belly, in two stages.
position: lying
kind: release
sides: each
level: standard
gate: release
{_CARD}stages:
  - name: Settle
    text: Lay a hand on your belly.
    breath: easy
    seconds: 0:20
  - name: Stay
    text: Let it rise and sink.
    breath: in_out
    seconds:
      standard: 20
      advanced: 40
    reps: 4
    movement: [end]
doses:
  beginner:
    hold: 20
  standard:
    hold: 40
  advanced:
    hold: 60
{_WORDS}{_POSES}""",
    "practices/breath-3-5.yaml": f"""\
key: breath-3-5
name: Three in, five out
summary: In for 3, out for 5.
aliases:
  - 3-5 breath
gentle: yes
{_CARD}phases:
  - in: 3
  - out: 5
rounds:
  beginner: 8
  standard: 15
  advanced: 30
feel: Soft.
why: It may settle you.
cautions:
  - Dizzy? Stop.
{_POSES}""",
    "routines/morning-3.yaml": """\
key: morning-3
name: Morning 3
summary: Four and a half minutes after getting up.
aliases:
  - my morning
seconds: 4:40
items:
  - entry: arm-wave
    seconds: 1:10
    dose:
      reps: 8
      tempo: 2-2
    breathing: breath-3-5
    note: Slow is right.
  - entry: seated-roll
    seconds: 1:00
    level: standard
  - entry: belly-hold
    seconds: 1:30
    level: standard
    otherwise:
      - entry: constructive-rest
        seconds: 1:30
        dose:
          hold: 80
  - entry: breath-3-5
    seconds: 1:00
""",
    "routines/two-days.yaml": """\
key: two-days
name: Two days
summary: A day of moving, a day of rest.
days:
  - name: First day
    seconds: 1:00
    note: Slow is right.
    items:
      - entry: seated-roll
        seconds: 1:00
  - name: Second day
    seconds: 4:40
    routine: morning-3
""",
    "knowledge/kn-shoulders.yaml": """\
key: kn-shoulders
name: Why move the shoulders?
aliases:
  - shoulder question
text: They may feel lighter.
see:
  - arm-wave
  - morning-3
sources:
  - A book
""",
    "questions/kn-shoulders.yaml": """\
key: kn-shoulders
why:
  - what have shoulders to do with it
""",
    "safety/screening.yaml": "note: Ask me first.\nconditions:\n  - A frozen shoulder\n",
    "safety/gates/release.yaml": (
        "key: release\nquestions:\n  - A new scar?\nalternatives:\n  - seated-roll\n"
    ),
    "safety/rules.yaml": "stop:\n  - A shoulder clicks\nnot_today:\n  - You slept badly\n",
    "safety/signs.yaml": """\
scripts:
  shoulder: Let the shoulder rest today.
signs:
  - tier: stop
    script: shoulder
    phrases:
      - shoulder .. clicks|locks
      - (my|the)? arm went dead
""",
}
FILES: dict[str, bytes] = {
    **{path: text.encode() for path, text in TEXTS.items()},
    "media/roll.jpg": jpeg(),
}
