"""What the image, the compose file and the service promise is in them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "limber.service"
EXPOSURE = 20  # tenths, of 100 at most; systemd calls up to 4.9 medium


def steps() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile with what follows them."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines) if word]


def last_stage() -> list[tuple[str, str]]:
    """Return the instructions that make the image itself."""
    found = steps()
    begin = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[begin:]


def test_base_is_pinned() -> None:
    """The image begins with one exact version of Python on one release of Debian."""
    (base, *others) = [rest for word, rest in steps() if word == "FROM"]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+ AS base", base)
    assert {other.split()[0] for other in others} == {"base"}


def test_all_that_is_installed_is_pinned() -> None:
    """What pip installs is from the lock, by its hashes, or is Limber itself without anything."""
    installs = [rest for word, rest in steps() if word == "RUN" and " install " in rest]
    pip = [rest for rest in installs if "pip" in rest]
    assert len(pip) == 2
    assert "--require-hashes -r requirements.lock" in pip[0]
    assert "--no-deps --no-build-isolation ." in pip[1]
    assert not [rest for _, rest in steps() if "requirements-dev" in rest]


def test_image_runs_as_nobody_special() -> None:
    """The last word on the user is not root, and it writes to the volume alone."""
    stage = last_stage()
    users = [rest for word, rest in stage if word == "USER"]
    assert users == ["limber"]
    assert stage.index(("USER", "limber")) < stage.index(("WORKDIR", "/data"))
    assert ("VOLUME", "/data") in stage
    env = dict(pair.split("=", 1) for word, rest in stage if word == "ENV" for pair in rest.split())
    assert env["DATABASE_URL"].startswith("/data/")
    assert env["XDG_CACHE_HOME"].startswith("/data/")


def test_health_is_asked_where_it_is_told() -> None:
    """The health check asks where the image says that the bot shall listen, polling or not."""
    stage = last_stage()
    env = " ".join(rest for word, rest in stage if word == "ENV")
    (check,) = [rest for word, rest in stage if word == "HEALTHCHECK"]
    listen = re.search(r"LISTEN=(127\.0\.0\.1:\d+)", env)
    assert listen is not None
    assert f"http://{listen[1]}/healthz" in check


def test_image_holds_no_secret() -> None:
    """Nothing goes into the image but what is named, and neither settings nor data are."""
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    named = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        part
        for word, rest in steps()
        if word == "COPY" and "--from" not in rest
        for part in rest.split()[:-1]
    }
    assert copied == named
    assert not {".env", "data", ".git", "tests"} & named


def test_compose() -> None:
    """The container can write to its volume and /tmp, gains no rights, and ends in time."""
    service = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["limber"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert [mount.split(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert [volume.split(":")[1] for volume in service["volumes"]] == ["/data"]
    assert service["env_file"] == ".env"
    assert "environment" not in service
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert {"mem_limit", "pids_limit", "restart"} <= service.keys()
    assert not {"privileged", "ports", "network_mode", "cap_add"} & service.keys()


def test_unit_promises() -> None:
    """The service has what an operator relies on, whatever systemd thinks of the rest."""
    lines = UNIT.read_text().splitlines()
    for promise in (
        "User=limber",
        "UMask=0077",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "LoadCredential=token:/etc/limber/token",
        "LimitCORE=0",
        "RestartPreventExitStatus=2 3",
        "ExecReload=/bin/kill -HUP $MAINPID",
        "MemoryDenyWriteExecute=yes",
    ):
        assert promise in lines
    stop = next(line for line in lines if line.startswith("TimeoutStopSec="))
    assert int(stop.partition("=")[2]) > 10
    assert not [line for line in lines if "TELEGRAM_BOT_TOKEN=" in line]


def test_backups_read_the_settings_of_the_service() -> None:
    """The timer that the documentation describes backs up the database that the service uses."""
    page = (ROOT / "docs" / "hosting.md").read_text()
    backup = next(part for part in page.split("```ini\n")[1:] if "limber backup" in part)
    described, service = backup.partition("```")[0].splitlines(), UNIT.read_text().splitlines()
    (settings,) = [line for line in service if line.startswith("EnvironmentFile=")]
    assert {settings, "User=limber", "UMask=0077"} <= set(described)


def test_as_limber_gives_the_settings_of_the_service(tmp_path: Path) -> None:
    """They are read as systemd reads them: what the shell would take for its own stays a value."""
    etc, home, told = tmp_path / "etc", tmp_path / "home", tmp_path / "limber"
    etc.mkdir()
    url = "postgresql://limber:a b@db/limber?sslmode=require&x=$HOME"
    (etc / "limber.env").write_text(f"# a remark\n\nDATABASE_URL={url}\nSEND_RATE=12")
    (etc / "token").write_text("1:token\n")
    told.write_text(
        '#!/bin/sh\nprintf "%s|" "$DATABASE_URL" "$SEND_RATE" "$TELEGRAM_BOT_TOKEN" "$@"\npwd\n'
    )
    told.chmod(0o755)
    text = (ROOT / "deploy" / "as-limber").read_text()
    for there, here in (
        ("setpriv --reuid limber --regid limber --clear-groups ", ""),
        ("-o limber -g limber ", ""),
        ("/srv/limber/.venv/bin/limber", str(told)),
        ("/etc/limber", str(etc)),
        ("/var/lib/limber", str(home)),
        ("/var/cache", str(tmp_path / "cache")),
    ):
        assert there in text
        text = text.replace(there, here)
    found = subprocess.run(
        ["/bin/sh", "-c", text, "as-limber", "backup", "a b.db"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == f"{url}|12|1:token|backup|a b.db|{home}\n"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a command that is on this machine."""
    text = UNIT.read_text()
    assert "ExecStart=/srv/limber/.venv/bin/limber run" in text
    path = tmp_path / UNIT.name
    path.write_text(text.replace("/srv/limber/.venv/bin/limber", sys.executable))
    return path


@pytest.mark.systemd
@pytest.mark.parametrize("question", ["verify", "security"])
def test_systemd_has_no_complaint(unit: Path, question: str) -> None:
    """systemd understands each line of the unit, and calls it exposed to little."""
    analyze = shutil.which("systemd-analyze")
    assert analyze is not None, "the package systemd is not installed"
    more = ["--offline=true", f"--threshold={EXPOSURE}"] if question == "security" else []
    done = subprocess.run(
        [analyze, question, *more, "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    assert question == "security" or done.stdout + done.stderr == ""
