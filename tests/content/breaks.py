"""What a coach may get wrong, one change (or file) each, by what it is about."""

from __future__ import annotations

from tests.content.own_pack import TEXTS

WAVE = "exercises/arm-wave.yaml"
ROLL = "exercises/seated-roll.yaml"
HOLD = "exercises/belly-hold.yaml"
BREATH = "practices/breath-3-5.yaml"
MORNING = "routines/morning-3.yaml"
DAYS = "routines/two-days.yaml"
NOTE = "knowledge/kn-shoulders.yaml"
GATE = "safety/gates/release.yaml"
SCREEN = "safety/screening.yaml"
SIGNS = "safety/signs.yaml"
THINGS = "equipment.yaml"

Change = tuple[str, str, str]  # file, what was, what is

_DOSES: tuple[Change, ...] = (
    (WAVE, "    reps: 5\n", "    reps: 5\n    hold: 20\n"),
    (WAVE, "    reps: 5\n    tempo: 2-2\n", "    sets: 2\n"),
    (WAVE, "    reps: 5\n    tempo: 2-2\n", "    reps: 5\n"),
    (WAVE, "tempo: 2-2", "tempo: slowly"),
    (WAVE, "tempo: 2-2", "tempo: 0-0"),
    (WAVE, "rest: 0:20", "rest: -20"),
    (WAVE, "sets: 2", "sets: 900"),
    (WAVE, "  advanced:\n    sets: 2\n", "  expert:\n    sets: 2\n"),
    (ROLL, "hold: 30", "hold: 30000"),
    (ROLL, "  beginner:\n    hold: 30\n", ""),
    (HOLD, "    seconds: 0:20", "    seconds:\n      standard: 20\n      expert: 30"),
    (HOLD, "    reps: 4", "    reps: none"),
    (BREATH, "beginner: 8", "beginner: 8.5"),
    (BREATH, "advanced: 30", "advanced: 30000"),
    (BREATH, "  beginner: 8\n", ""),
    (BREATH, "- out: 5", "- hold: 5"),
    (BREATH, "- out: 5", "- out: 0.5"),
    (BREATH, "- out: 5", "- 5"),
    (MORNING, "seconds: 4:40", "seconds: 5:00"),
    (MORNING, "seconds: 4:40\n", ""),
    (MORNING, "      reps: 8", "      reps: 9"),
    (MORNING, "seconds: 1:10", "seconds: 2:40"),
    (MORNING, "      tempo: 2-2\n", ""),
    (MORNING, "    level: standard\n", "    level: standard\n    dose:\n      hold: 20\n"),
    (MORNING, "  - entry: breath-3-5\n", "  - entry: breath-3-5\n    level: standard\n"),
    (MORNING, "  - entry: breath-3-5\n", "  - entry: breath-3-5\n    dose:\n      hold: 9\n"),
    (MORNING, "        seconds: 1:30", "        seconds: 1:20"),
    (MORNING, "          hold: 80", "          hold: 95"),
    (DAYS, "    seconds: 4:40", "    seconds: 4:30"),
    (DAYS, "  - name: First day\n    seconds: 1:00", "  - name: First day\n    seconds: 1:05"),
    (DAYS, "days:\n", "seconds: 5:40\ndays:\n"),
)
_RULES: tuple[Change, ...] = (
    (WAVE, "key: arm-wave", "key: arm_wave"),
    (WAVE, "key: arm-wave", "key: Arm-Wave"),
    (WAVE, "name: Arm wave", f"name: {'Wave ' * 10}"),
    (WAVE, "kind: mobility", "kind: yoga"),
    (WAVE, "kind: mobility", "kind: stretch"),
    (WAVE, "kind: mobility", "kind: [mobility, stretch]"),
    (WAVE, "sides: alternating", "sides: both"),
    (WAVE, "level: beginner", "level: easy"),
    (WAVE, "level: beginner", "level: beginner\ngentle: perhaps"),
    (WAVE, "setup: Sit tall", f"setup: {'Sit tall. ' * 17}"),
    (WAVE, "  - Sit tall, feet flat.\n", ""),
    (WAVE, "  - Sit tall, feet flat.", f"  - {'Sit. ' * 13}"),
    (WAVE, "in: Grow tall.", f"in: {'Grow tall. ' * 90}"),
    (WAVE, "- in: Grow", "- inhale: Grow"),
    (WAVE, "- in: Grow", "- Grow"),
    (WAVE, "- seated-roll", "- belly-hold"),
    (WAVE, "- seated-roll", "- glute-bridge"),
    (WAVE, "- seated-roll", "- psoas-broomstick-release"),
    (WAVE, "- seated-roll", "- morning-3"),
    (WAVE, "belt: a belt", "cord: a cord"),
    (WAVE, "    optional: yes\n", ""),
    (WAVE, "a rope between", f"a rope {'long enough ' * 5}between"),
    (
        WAVE,
        "  - thing: rope\n    text: a rope between your hands\n    household",
        "  - rope\n    h",
    ),
    (ROLL, "gentle: yes", "gentle: yes\ngate: release"),
    (ROLL, "picture: roll.jpg", "picture: media/roll.jpg"),
    (ROLL, "picture: roll.jpg\n", ""),
    (HOLD, "text: Lay", f"text: {'Lay ' * 60}"),
    (HOLD, "  - name: Settle\n    text: Lay a hand on your belly.\n", "  - name: Settle\n"),
    (MORNING, "    otherwise:\n      - entry: constructive-rest", "    other:\n      - entry: x"),
    (MORNING, "- entry: constructive-rest", "- entry: psoas-crusher"),
    (
        MORNING,
        "    level: standard\n  - entry: belly-hold",
        "    level: more\n  - entry: belly-hold",
    ),
    (MORNING, "note: Slow is right.", f"note: {'Slow is right. ' * 6}"),
    (MORNING, "entry: arm-wave", "entry: psoas-broomstick-release"),
    (MORNING, "breathing: breath-3-5", "breathing: breath-into-ball"),
    (MORNING, "breathing: breath-3-5", "breathing: constructive-rest"),
    (MORNING, "seconds: 4:40", "gentle: yes\nseconds: 4:40"),
    (MORNING, "items:\n", "days:\n"),
    (MORNING, "name: Morning 3", f"name: {'Morning ' * 6}"),
    (DAYS, "    routine: morning-3\n", ""),
    (DAYS, "    routine: morning-3\n", "    routine: beginner-week\n"),
    (DAYS, "    note: Slow is right.\n", "    routine: gentle-8\n"),
    (DAYS, "days:\n", "gentle: yes\ndays:\n"),
    (NOTE, "text: They may feel lighter.", f"text: {'They may feel lighter. ' * 20}"),
    (NOTE, "  - morning-3\n", "  - morning-3\n  - seated-roll\n  - breath-3-5\n"),
    (NOTE, "  - morning-3\n", "  - kn-shoulders\n"),
    (NOTE, "  - morning-3\n", "  - kn-soul\n"),
)
_SAFETY: tuple[Change, ...] = (
    (GATE, "key: release", "key: release\ndays: 9999"),
    (GATE, "key: release", "key: release\nrefused: Go on."),
    (GATE, "key: release", "key: relaese"),
    (GATE, "questions:\n  - A new scar?", "questions: A new scar?"),
    (GATE, "- seated-roll", "- belly-hold"),
    (GATE, "- seated-roll", "- morning-3"),
    (SCREEN, "note: Ask me first.", "question: All fine?"),
    (SCREEN, "note: Ask me first.", "advice: Go on."),
    (SCREEN, "note: Ask me first.", "routine: morning-3"),
    (SCREEN, "note: Ask me first.", "routine: nothing"),
    ("safety/rules.yaml", "stop:", "effort: As hard as you can.\nstop:"),
    (SIGNS, "- tier: stop", "- tier: urgent"),
    (SIGNS, "script: shoulder", "script: elbow"),
    (SIGNS, "shoulder .. clicks|locks", "Shoulder clicks"),
    (SIGNS, "shoulder .. clicks|locks", "shoulder ... clicks"),
    (SIGNS, "shoulder .. clicks|locks", "shoulder, clicks"),
    (SIGNS, "shoulder .. clicks|locks", "(shoulder clicks"),
    (SIGNS, "shoulder .. clicks|locks", "(my|the)? arm went dead"),
    (SIGNS, "    phrases:\n", "    phrase:\n"),
    ("pack.yaml", "hide:\n  - kn-soul", "hide:\n  - release"),
    ("pack.yaml", "hide:\n  - kn-soul", "hide:\n  - mat"),
    ("pack.yaml", "hide:\n  - kn-soul", "hide: kn-soul"),
    ("pack.yaml", "languages:\n  - en", "languages: en"),
    ("pack.yaml", "daily: morning-3", "daily: arm-wave"),
    (THINGS, "own: gear", "own: bought"),
    (THINGS, "key: rope", "key: Skipping rope"),
    (THINGS, "key: rope", "key: rope\n    name: Rope"),
    (THINGS, "    own: gear\n", ""),
    (THINGS, "name: Skipping rope", "name: Block"),
    (THINGS, "- jump rope", "- mat"),
)
CHANGES = (*_DOSES, *_RULES, *_SAFETY)

WRITES = (
    ("exercises/plank.yml", TEXTS[ROLL]),
    ("exercises/plank.txt", "a plank"),
    ("exercises/plank", "a plank"),
    ("exercises/core/p.yaml", TEXTS[ROLL]),
    ("safety/gate", TEXTS[GATE]),
    ("safety/red-flags.yaml", TEXTS[SIGNS]),
    ("Pack.yaml", TEXTS["pack.yaml"]),
    ("package.yaml", TEXTS["pack.yaml"]),
    ("exercises/Seated Roll.yaml", TEXTS[ROLL]),
    ("exercises/seated-roll-2.yaml", TEXTS[ROLL]),
    ("routines/seated-roll.yaml", TEXTS[MORNING].replace("morning-3", "seated-roll")),
    ("practices/mat.yaml", TEXTS[ROLL]),
    ("routines/arm-wave.yaml", TEXTS[MORNING].replace("key: morning-3", "key: arm-wave")),
    ("knowledge/kn-too.yaml", TEXTS[NOTE].replace("key: kn-shoulders", "key: kn-too")),
    ("exercises/psoas-crusher.yaml", TEXTS[ROLL].replace("key: seated-roll", "key: psoas-crusher")),
    (
        "exercises/psoas-broomstick-release.yaml",
        TEXTS[ROLL].replace("key: seated-roll", "key: psoas-broomstick-release"),
    ),
    ("texts", "not a folder"),
)
