"""Reads the coded pose lines of the content.

A line reads `hip x,y | T trunk | H head | N thigh/shin/foot upper arm/forearm | F the same |
props`, in degrees; `T a>b` bends the trunk in its middle, `F same` puts the far limbs behind the
near ones, and `45*0.6` is a bone of which six tenths are seen. Among the props stands from where
the body is seen, where that is not the side: `prone` turns its front down, `from above` says that
it lies on its side, `front view` that it faces us; `on the back from above` and `sitting from
above` look down on it. Seen from the front or above, N is its right side.
"""

from __future__ import annotations

import re

from bot.domain.plane import Point
from bot.domain.pose import Limbs, Pose, Seen
from bot.domain.props import NUMBER, PoseError, Prop, coordinate, parse_prop

_SHARE = r"(?:\*(?:1|0?\.[0-9]{1,2}))?"
_RAY = rf"({NUMBER}{_SHARE})"
_LIMBS = rf"{_RAY}/{_RAY}/{_RAY}\s+{_RAY}/{_RAY}"
_PARTS = {
    "hip": (rf"hip\s+({NUMBER})\s*,\s*({NUMBER})", "hip 0,46"),
    "T": (rf"T\s+{_RAY}(?:\s*>\s*({NUMBER}))?", "T 90' or 'T 48>350"),
    "H": (rf"H\s+{_RAY}", "H 90"),
    "N": (rf"N\s+{_LIMBS}", "N 270/180/180 290/330"),
    "F": (rf"F\s+{_LIMBS}", "F 0/270/0 292/330' or 'F same"),
}
_VIEWS = [seen.value for seen in Seen if seen.value]


def parse_pose(line: str) -> Pose:
    """Return the pose that `line` codes; every fault raises PoseError with a sentence."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < len(_PARTS):
        raise PoseError(f"a pose has at least the parts {', '.join(_PARTS)}, divided by '|'")
    hip, trunk, head, near, far, *rest = parts
    (lumbar, body), chest = _trunk(trunk)
    first = _limbs("N", near)
    seen, props = _props(rest)
    looks, neck = _ray(_match("H", head)[0])
    return Pose(
        hip=_hip(hip),
        lumbar=lumbar,
        chest=chest,
        head=looks,
        near=first,
        far=first if re.fullmatch(r"F\s+same", far) else _limbs("F", far),
        props=props,
        seen=seen,
        shares=(body, neck),
    )


def _match(part: str, text: str) -> tuple[str, ...]:
    pattern, example = _PARTS[part]
    if found := re.fullmatch(pattern, text):
        return tuple(number for number in found.groups() if number is not None)
    raise PoseError(f"the part {part} should read like '{example}', not '{text}'")


def _hip(text: str) -> Point:
    x, y = _match("hip", text)
    return Point(coordinate(x), coordinate(y))


def _trunk(text: str) -> tuple[tuple[float, float], float]:
    rays = [_ray(number) for number in _match("T", text)]
    return rays[0], rays[-1][0]


def _limbs(part: str, text: str) -> Limbs:
    rays = [_ray(number) for number in _match(part, text)]
    return Limbs.of((angle for angle, _ in rays), (share for _, share in rays))


def _ray(text: str) -> tuple[float, float]:
    """Return the angle of a bone, and how much of its length is seen."""
    number, _, share = text.partition("*")
    value = float(number)
    if not -360 <= value <= 360:
        raise PoseError(f"{number} is no angle between -360 and 360 degrees")
    return value, float(share or 1)


def _props(rest: list[str]) -> tuple[Seen, tuple[Prop, ...]]:
    seen, props = Seen.SIDE, []
    for text in (item.strip() for part in rest for item in part.split(";")):
        if text in _VIEWS:
            seen = Seen(text)
        else:
            props.append(parse_prop(text))
    return seen, tuple(props)
