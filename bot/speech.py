"""Which command speaks in recordings: what the operator names, or espeak-ng where it is there."""

from __future__ import annotations

import shlex
import shutil

import structlog

log = structlog.get_logger(__name__)

OFF = "off"
USUAL = ("espeak-ng", "-v", "{language}", "-s", "150", "--stdin", "--stdout")


def speech_engine(setting: str) -> tuple[str, ...]:
    """Return the command of a setting, empty where nobody speaks.

    `{language}` in it stands for the code of a language. One that is named and not there is logged.
    """
    if setting.lower() == OFF:
        return ()
    command = tuple(shlex.split(setting)) or USUAL
    if shutil.which(command[0]):
        return command
    if setting:
        log.warning("speech_engine_missing", engine=command[0])
    return ()
