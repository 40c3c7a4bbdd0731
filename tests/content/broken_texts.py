"""Ways to break what stands in the files of a coach's pack."""

from __future__ import annotations

import re
from random import Random

from tests.content.draft import Draft, any_line
from tests.content.media_files import jpeg, mp4
from tests.content.own_pack import FILES, TEXTS

# --- YAML -------------------------------------------------------------------------------------


def wrong_yaml(rng: Random, draft: Draft) -> str:
    """Write a value as YAML cannot read it, or reads it as something else."""
    path, lines, number = any_line(rng, draft, r" *[a-z_]+: \w.*")
    key, value = lines[number].split(": ", 1)
    spoilt = rng.choice(
        [
            *('{key}: "{value}', "{key}: '{value}", "{key}: [{value}", "{key}: {{{value}"),
            *("{key}: a: {value}", "{key}: *{value}", "{key}: &a", "{key}: !x!y {value}"),
            *("{key}: @{value}", "{key}: `{value}", "{key}: %{value}", "{key}:\t{value}"),
            *('{key}: "\\q {value}"', "{key} {value}", "{key}:{value}", "? [{key}]\n: {value}"),
            *("{key}: {value}\n---\nmore: x", "{key}: {value}\n...\nmore: x"),
            *("{key}: {value}\n{key}: {value}", "{key}: - {value}"),
            *("{key}:", "{key}: ''", "{key}: ~\x07", "{key}: \x00", "{key}: | x\n{value}"),
        ]
    )
    lines[number] = spoilt.format(key=key, value=value)
    return draft.put(path, "\n".join(lines))


def wrong_indent(rng: Random, draft: Draft) -> str:
    """Move a line that belongs to others to where it belongs to nothing."""
    while True:
        path, lines, number = any_line(rng, draft, r" +[a-z_]+: \w.*")
        spaces = lines[number].partition(lines[number].strip())[0]
        beside = (lines[number - 1], (*lines, "")[number + 1])
        if any(re.match(rf"{spaces}[a-z]", line) for line in beside):
            break
    lines[number] = rng.choice([" " + lines[number], lines[number][1:], "       " + lines[number]])
    return draft.put(path, "\n".join(lines))


def no_text(rng: Random, draft: Draft) -> str:
    """Write bytes that are no text, or none."""
    path = rng.choice(sorted(TEXTS))
    text = draft.text(path)
    draft.files[path] = rng.choice(
        [
            rng.randbytes(rng.randint(1, 5000)) + b"\xff",
            jpeg(),
            mp4(),
            text.encode("utf-16"),
            text.replace("e", "\xe9", 1).encode("latin-1"),
            b"\x00" * rng.randint(1, 100),
            b"",
            b"# nothing\n",
            b"- a\n- b\n",
            b"just words\n",
            b"\xef\xbb\xbf",
        ]
    )
    return path


def too_much(rng: Random, draft: Draft) -> str:
    """Write a file without end."""
    path = rng.choice(sorted(TEXTS))
    size = rng.randint(130_000, 900_000)
    text = rng.choice(
        [
            draft.text(path) + "# " + "x" * size,
            draft.text(path) + "\n" * size + "more: x",
            "a: " + "[" * rng.randint(501, 3000),
            "a: " + "{a: " * rng.randint(501, 3000),
            "- " * rng.randint(100, 3000),
            "\n".join(" " * depth + "a:" for depth in range(rng.randint(20, 400))),
            "a: &a [x, x]\n" + "\n".join(f"b{n}: [*a, *a]" for n in range(20)),
            f'key: "{"x" * rng.randint(1000, 100_000)}"\n',
            f"? {'x' * 2000}\n: y\n",
        ]
    )
    return draft.put(path, text)


# --- keys and types ---------------------------------------------------------------------------

OPTIONAL = re.compile(
    r" *(?:- )?(?:aliases|harder|not_for|sources|gentle|rest|note|languages|hide|breath|breathing"
    r"|questions|see|household|optional|without|text|equipment|instead|script|scripts|signs"
    r"|conditions|alternatives|stop|not_today|level|pose|reps|daily|name|sets|stages|picture"
    r"|poses|gate|otherwise|items|beginner|standard|advanced)"
)


def key_missing(rng: Random, draft: Draft) -> str:
    """Leave a key out that must be there, with all that belongs to it."""
    path, lines, number = any_line(rng, draft, rf"(?!{OPTIONAL.pattern}:)[a-z_]+:.*")
    end = number + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    return draft.put(path, "\n".join([*lines[:number], *lines[end:]]))


def key_unknown(rng: Random, draft: Draft) -> str:
    """Misspell a key, or add one of another kind of file."""
    path, lines, number = any_line(rng, draft, r" *(?:- )?(?!start:)[a-z_]{4,}:.*")
    spaces, key, rest = re.fullmatch(r"( *(?:- )?)(\w+)(:.*)", lines[number]).groups()  # type: ignore[union-attr]
    at = rng.randrange(len(key))
    other = rng.choice([key[:at] + key[at + 1 :], key[:at] + "x" + key[at:], key.title(), "zzz"])
    lines[number] = spaces + other + rest
    return draft.put(path, "\n".join(lines))


def wrong_type(rng: Random, draft: Draft) -> str:
    """Write a text where a list or a group belongs, or the other way round."""
    # A stage's seconds may be one number for all levels or one for each.
    path, lines, number = any_line(rng, draft, r"(?!    seconds:$) *[a-z_]+:.*")
    key, value = lines[number].split(":", 1)
    inside = len(key) - len(key.lstrip()) + 1
    end = number + 1
    while end < len(lines) and lines[end].startswith(" " * inside):
        end += 1
    if value:
        put = [f"{key}:", " " * inside + rng.choice(["- a", "more: x"])]
    else:
        put = [f"{key}: {rng.choice(['words', '7', 'yes', '1:30', 'null'])}"]
    return draft.put(path, "\n".join([*lines[:number], *put, *lines[end:]]))


NUMBERED = r" *(?:- )?(?:seconds|reps|hold|sets|rest|in): [0-9:]+"


def wrong_number(rng: Random, draft: Draft) -> str:
    """Write something else where a number of 1 or more belongs."""
    path, lines, number = any_line(
        rng, draft, r" *(?:- )?(?:seconds|reps|hold|sets|rest|in): [0-9:]+"
    )
    key = lines[number].split(": ")[0]
    values = ["two", "-3", "0:75", "1:2:3", "nan", "inf", "1e999", "9" * 5000, "30s", "7,5", "٣ s"]
    lines[number] = f"{key}: {rng.choice(values)}"
    return draft.put(path, "\n".join(lines))


# --- what is named and not there ---------------------------------------------------------------

NAMES = re.compile(
    r" *(?:- )?(?:entry|breathing|routine|gate|thing|daily|pose|picture|script): [a-z0-9.-]+"
)


def dangling(rng: Random, draft: Draft) -> str:
    """Name something that is not there."""
    path, lines, number = any_line(rng, draft, NAMES.pattern)
    key, name = lines[number].split(": ")
    at = rng.randrange(len(name))
    other = rng.choice([name[:at] + "q" + name[at:], "nothing", "x" * 500, name + " x"])
    lines[number] = f"{key}: {other}"
    return draft.put(path, "\n".join(lines))


def file_missing(rng: Random, draft: Draft) -> str:
    """Take away a file that others name."""
    gone, by = rng.choice(
        [
            ("exercises/arm-wave.yaml", "routines/morning-3.yaml"),
            ("exercises/arm-wave.yaml", "knowledge/kn-shoulders.yaml"),
            ("exercises/seated-roll.yaml", "exercises/arm-wave.yaml"),
            ("exercises/seated-roll.yaml", "safety/gates/release.yaml"),
            ("exercises/belly-hold.yaml", "routines/morning-3.yaml"),
            ("practices/breath-3-5.yaml", "routines/morning-3.yaml"),
            ("routines/morning-3.yaml", "pack.yaml"),
            ("routines/morning-3.yaml", "routines/two-days.yaml"),
            ("equipment.yaml", "exercises/arm-wave.yaml"),
            ("media/roll.jpg", "exercises/seated-roll.yaml"),
        ]
    )
    del draft.files[gone]
    if rng.random() < 0.3:
        draft.files[f"{gone}.bak"] = FILES[gone]
    return by


def circle(rng: Random, draft: Draft) -> str:
    """Let stand-ins lead round in a circle, or a programme to itself."""
    length = rng.randint(1, 5)
    keys = [f"circle-{number}" for number in range(length)]
    if rng.random() < 0.3:
        text = draft.text("routines/two-days.yaml")
        for key, following in zip(keys, [*keys[1:], keys[0]], strict=True):
            turned = text.replace("two-days", key).replace("Two days", key.title())
            draft.put(
                f"routines/{key}.yaml",
                turned.replace("routine: morning-3", f"routine: {following}"),
            )
        return f"routines/{rng.choice(keys)}.yaml"
    text = re.sub(r"aliases:\n(?:  - .*\n)+", "", draft.text("exercises/arm-wave.yaml"))
    for key, following in zip(keys, [*keys[1:], keys[0]], strict=True):
        turned = text.replace("key: arm-wave", f"key: {key}").replace("Arm wave", key.title())
        draft.put(f"exercises/{key}.yaml", turned.replace("- seated-roll", f"- {following}"))
    return f"exercises/{rng.choice(keys)}.yaml"


def clash(rng: Random, draft: Draft) -> str:
    """Call an entry what another is called already, here or in the packaged pack."""
    path = rng.choice([path for path in sorted(TEXTS) if "aliases:\n" in TEXTS[path]])
    taken = ["glute bridge", "Box-Breathing", "gentle 8", "Seated Roll", "morning-3"]
    if path == "equipment.yaml":
        taken = ["mat", "Block", "sofa", "CHAIR"]
    text = draft.text(path)
    if rng.random() < 0.3 and path != "equipment.yaml":
        alias = text.split("aliases:\n", 1)[1].split("\n")[0]
        return draft.put(path, text.replace(alias, f"{alias}\n{alias.upper()}", 1))
    own = path.replace("-", " ")
    other = rng.choice([name for name in taken if name.lower().replace("-", " ") not in own])
    spaces = text.split("aliases:\n", 1)[1].split("-")[0]
    return draft.put(path, text.replace("aliases:\n", f"aliases:\n{spaces}- {other}\n", 1))


def bad_pose(rng: Random, draft: Draft) -> str:
    """Spoil the line of a pose."""
    path, lines, number = any_line(rng, draft, r"  (?:start|end): hip .*")
    line = lines[number]
    old, new = rng.choice(
        [
            *(("hip 0,50", "hip 0"), ("hip 0,50", "hip x,50"), ("hip 0,50", "hip 0,5000")),
            *(("T 9", "T x"), ("T 9", "9"), ("H 90", "H 900"), ("H 90", "H"), ("H 90", "G 90")),
            *((" | H 90", ""), (" | ", " "), ("0/270/0", "0/270"), ("0/270/0", "0/270/a")),
            *(("seat x -18..24", "seat x 24..-18"), ("seat x", "sofa x"), ("top 42", "top -1")),
            *(("top 42", "top"), ("seat x -18..24, top 42", "seat same"), ("24", "2" * 3000)),
            *(("seat", "ball"), ("seat", "wall"), ("seat x -18..24, top 42", "band 1,1 to 1,1")),
            *(("hip", "hpi"), ("|", "||"), ("0/270/0", "0/270/0/0"), ("seat", ";")),
        ]
    )
    lines[number] = line.replace(old, new, 1) if old in line else f"{line} | {new} |"
    return draft.put(path, "\n".join(lines))
