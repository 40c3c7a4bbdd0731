"""Letters that people use for a zone, as they mean them and not as the zone files do."""

from __future__ import annotations

from collections.abc import Mapping

_BY_ZONES = {
    ("America/Los_Angeles",): "pst pdt pt,pacific time",
    ("America/Denver",): "mdt,mountain time",
    ("America/Denver", "America/Phoenix"): "mst mt",
    ("America/Chicago",): "cdt ct,central time",
    ("America/Chicago", "Asia/Shanghai"): "cst",
    ("America/New_York",): "edt et,eastern time",
    ("America/New_York", "EST"): "est",
    ("America/Anchorage",): "akst akdt",
    ("America/Halifax",): "adt,atlantic time",
    ("America/Halifax", "Asia/Riyadh"): "ast",
    ("America/St_Johns",): "nst ndt",
    ("America/Sao_Paulo",): "brt",
    ("Europe/London",): "bst",
    ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"): "ist",
    ("Europe/Berlin",): "cest mez mesz",
    ("Europe/Athens",): "eest",
    ("Europe/Moscow",): "msk",
    ("Europe/Istanbul",): "trt",
    ("Asia/Dubai",): "gst",
    ("Asia/Karachi",): "pkt",
    ("Asia/Jakarta",): "wib",
    ("Asia/Singapore",): "sgt",
    ("Asia/Hong_Kong",): "hkt",
    ("Asia/Tokyo",): "jst",
    ("Asia/Seoul",): "kst",
    ("Australia/Perth",): "awst",
    ("Australia/Adelaide", "Australia/Darwin"): "acst",
    ("Australia/Adelaide",): "acdt",
    ("Australia/Sydney", "Australia/Brisbane"): "aest",
    ("Australia/Sydney",): "aedt",
    ("Pacific/Auckland",): "nzst nzdt",
    ("Africa/Johannesburg",): "sast",
}

# EST and MST are zones too, without daylight saving: whoever types them rarely means those.
ZONES_BY_LETTERS: Mapping[str, tuple[str, ...]] = {
    name: zones
    for zones, names in _BY_ZONES.items()
    for name in (*names.split(",")[0].split(), *names.split(",")[1:])
}

# Words that may stand around the name of a place.
BEFORE = ("i live in", "i am in", "im in", "in", "near", "from", "time zone", "timezone")
BEHIND = ("time", "time zone", "timezone")
