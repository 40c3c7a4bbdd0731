"""What the shipped pack must say, as tables: doses, sides, breaths, routines, careful words."""

from __future__ import annotations

# key | sides | dose at beginner, standard, advanced: sets x seconds, or sets x repetitions
EXERCISES = """
psoas-box-stretch           each        2x20s  2x30s  2x60s
kneeling-hip-flexor-stretch each        2x20s  2x30s  2x45s
psoas-crusher               each        1x45s  1x90s  1x120s
psoas-broomstick-release    each        -      -      1x20s
dead-bug-hold-foam-roller   none        3x10s  3x20s  3x30s
bird-dog-lumbar             alternating 1x5    1x6    3x6
dead-bug-band               alternating 1x5    2x6    3x10
segmented-cat-cow           none        1x4    1x6    1x8
psoas-self-release          each        1x120s 1x210s 1x300s
constructive-rest           none        1x120s 1x300s 1x600s
pelvic-tilt-supine          none        1x5    1x10   1x12
glute-bridge                none        1x8    2x10   3x12
supine-psoas-march          alternating 1x6    1x10   3x10
thomas-stretch-bed          each        2x20s  2x30s  3x60s
side-lying-quad-stretch     each        1x20s  2x30s  2x45s
standing-hip-flexor-stretch each        1x20s  2x30s  2x45s
hip-9090-switch             alternating 1x4    1x6    2x8
hip-cars-standing           each        1x4    1x6    1x10
childs-pose                 none        1x20s  1x60s  1x120s
crocodile-breathing         none        1x60s  1x120s 1x300s
seated-hip-march            alternating 1x5    1x10   2x10
walk-and-shake              none        1x30s  1x60s  1x120s
"""

TEMPOS = {
    "bird-dog-lumbar": "2-5-2",
    "dead-bug-band": "3-1-2",
    "pelvic-tilt-supine": "2-5-2",
    "glute-bridge": "2-3-3",
    "supine-psoas-march": "2-1-2",
    "hip-9090-switch": "2-3-2",
    "seated-hip-march": "1-1-1",
}

# The order of the article, and then what was added to it.
ARTICLE = [
    "psoas-box-stretch",
    "kneeling-hip-flexor-stretch",
    "psoas-self-release",
    "dead-bug-hold-foam-roller",
    "bird-dog-lumbar",
    "dead-bug-band",
    "segmented-cat-cow",
]

GATED = {"psoas-crusher", "psoas-broomstick-release", "psoas-self-release", "breath-into-ball"}

# Open to everyone for whom something on the safety list applies. A walk and breathing without
# holds belong to the set; what needs lying flat on the belly or a ball does not.
GENTLE = {
    *("constructive-rest", "pelvic-tilt-supine", "glute-bridge", "segmented-cat-cow"),
    *("seated-hip-march", "walk-and-shake"),
    *("breath-diaphragmatic-360", "breath-extended-exhale-4-6"),
    *("breath-coherent-5-5", "breath-cyclic-sigh"),
}

# What each exercise is done with: a thing, or what does instead; ? where it is only nicer.
EQUIPMENT = """
psoas-box-stretch           box|sofa|bed|stair|table mat|cushion|towel? chair|wall?
kneeling-hip-flexor-stretch mat|towel|cushion? block|book|chair?
psoas-crusher               ball|soft-ball|palm kettlebell|bottle? cushion|towel?
psoas-broomstick-release    wall towel|soft-ball
dead-bug-hold-foam-roller   roller|towel|cushion|soft-ball|bottle chair|sofa?
dead-bug-band               band|belt|towel|mini-band?
psoas-self-release          ball|soft-ball|palm kettlebell|bottle? mat|towel|bed?
supine-psoas-march          mini-band|belt?
thomas-stretch-bed          bed|box|table|sofa
side-lying-quad-stretch     strap|belt|towel? cushion?
standing-hip-flexor-stretch table|chair|wall
hip-cars-standing           wall|chair|table
seated-hip-march            chair|box
"""

# key | seconds of each phase | rounds at beginner, standard, advanced
PRACTICES = """
breath-diaphragmatic-360   in4,out6             6 12 30
breath-extended-exhale-4-6 in4,out6             6 12 30
breath-coherent-5-5        in5,out5             30 60 120
breath-box-4444            in4,hold4,out4,hold4 4 6 8
breath-cyclic-sigh         in3,sip1,out7        3 14 27
breath-478                 in4,hold7,out8       2 3 4
breath-into-ball           in4,out6             5 5 5
breath-crocodile           in4,out6             6 15 30
"""

# Slot, entry and what is done in it: a dose, a level, or nothing for a practice.
ROUTINES = {
    "desk-reset-5": """
        60 breath-extended-exhale-4-6 -
        60 seated-hip-march 1x10
        75 standing-hip-flexor-stretch 1x30s
        75 hip-cars-standing 1x4
        30 walk-and-shake 1x30s
    """,
    "daily-psoas-12": """
        90 constructive-rest 1x80s
        60 pelvic-tilt-supine 1x6
        105 segmented-cat-cow 1x6
        165 kneeling-hip-flexor-stretch 2x30s
        120 supine-psoas-march 1x10
        75 glute-bridge 1x8
        60 childs-pose 1x50s
        45 breath-extended-exhale-4-6 -
    """,
    "full-article-25": """
        60 breath-diaphragmatic-360 -
        180 psoas-box-stretch 2x30s
        180 kneeling-hip-flexor-stretch 2x30s
        420 psoas-self-release standard
        135 dead-bug-hold-foam-roller 3x20s
        180 bird-dog-lumbar 1x6
        180 dead-bug-band 2x6
        120 segmented-cat-cow 1x6
        45 breath-extended-exhale-4-6 -
    """,
    "evening-release-15": """
        240 constructive-rest 1x230s
        60 pelvic-tilt-supine 1x6
        180 thomas-stretch-bed 2x30s
        120 side-lying-quad-stretch 1x45s
        90 childs-pose 1x80s
        120 crocodile-breathing 1x110s
        90 breath-coherent-5-5 -
    """,
}
TOTALS = {
    "desk-reset-5": 300,
    "daily-psoas-12": 720,
    "full-article-25": 1500,
    "evening-release-15": 900,
    "gentle-8": 480,
}

_DAY_1 = ["120 constructive-rest", "60 pelvic-tilt-supine", "90 segmented-cat-cow"]
_STANDING = "120 standing-hip-flexor-stretch"
_KNEELING = "180 kneeling-hip-flexor-stretch"
_BREATH = "90 breath-extended-exhale-4-6"
# Minutes of each day of the first week, and its slots where it is not another routine.
WEEK: list[tuple[int, list[str] | str]] = [
    (6, [*_DAY_1, _BREATH]),
    (8, [*_DAY_1, _STANDING, _BREATH]),
    (5, "desk-reset-5"),
    (9, [*_DAY_1, _KNEELING, _BREATH]),
    (10, [*_DAY_1, _KNEELING, "60 glute-bridge", _BREATH]),
    (11, [*_DAY_1, _KNEELING, "60 glute-bridge", "60 dead-bug-band", _BREATH]),
    (
        12,
        [
            *("90 constructive-rest", "60 pelvic-tilt-supine", "105 segmented-cat-cow"),
            *("165 kneeling-hip-flexor-stretch", "120 supine-psoas-march", "75 glute-bridge"),
            *("60 childs-pose", "45 breath-extended-exhale-4-6"),
        ],
    ),
]

STAGES = [
    *("Root", "Find the spot", "Breathe, palm only", "Load", "Breathe", "Sideways"),
    *("Bend and lengthen", "Hug"),
]

# Words that the careful answer to each claim does not go without.
NOTES = {
    "kn-bridge": "trunk legs hips stiff walk bend",
    "kn-iliopsoas": "iliacus psoas-minor 40%",
    "kn-attachments": "T12 L5 hip lesser-trochanter",
    "kn-only-muscle": "not piriformis gluteus-maximus lat",
    "kn-mighty-protects": "hip-flexor low-back upright one-side",
    "kn-back-pain": "mixed 600-conscripts 4-years no-link finding",
    "kn-sitting": "7-hours 6-degrees does-not-prove 11-people breaks",
    "kn-diaphragm": "neighbours medial-arcuate-ligament connective-tissue behind",
    "kn-shallow-breath": "no-study stress see-a-doctor",
    "kn-digestion": "no-solid-evidence lining check",
    "kn-nerves-blood": "vessels serious numb weak cold examined never-press",
    "kn-neutral-pelvis": "glutes abdominals pelvic-floor differs",
    "kn-soul": "poetic somatic not-based-on-science emotional no-therapy",
    "kn-release-word": "may-feel-looser bowel mri do-not-last",
    "kn-reflex": "guarding quick-stretch spindle ease-off breathe used-to-the-stretch calf",
    "kn-short-long": "nothing-is-forced not-proven",
    "kn-plinth": "floor experience no-study firm-bed",
    "kn-how-long": "10-30-seconds 2-4-times 60-seconds 30-60 4-minutes weeks",
    "kn-warmup-power": "30-120-seconds very-long may-not 2-5-minutes",
    "kn-tuck": "arches front-of-the-hip 26-healthy",
    "kn-weak-or-tight": "weak guarded irritated strengthen judgement",
    "kn-sides": "one-extra-set not-more-force judgement",
    "kn-best": "opinion well-rounded swap",
}

# Claims of the article that no source bears out.
OVERCLAIMS = (
    r"inevitabl|muscle of the soul is|stored? in (?:the|this|one) muscle|only muscle that"
    r"|causes? (?:low )?back pain|crowds? (?:the|your) organs\.|instability|hampers?"
)
