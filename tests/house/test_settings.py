"""The settings: where they are read, what they take, and how they are refused and documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

import content
from bot.settings import BadSettings, Settings, read_settings

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAF-secret_part-of_the_token"

EXAMPLE = (ROOT / ".env.example").read_text()
DOCUMENTED = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def settings(**environ: str) -> Settings:
    """Read settings from nothing but the given variables."""
    return read_settings(environ, None)


def refused(**environ: str) -> tuple[str, ...]:
    """Return what is said about bad variables."""
    with pytest.raises(BadSettings) as bad:
        settings(**environ)
    return bad.value.lines


def test_example_names_exactly_the_settings() -> None:
    """Whoever reads .env.example sees every setting, and no setting that nothing reads."""
    assert sorted(DOCUMENTED) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_example_shows_the_default(name: str) -> None:
    """The value beside each name is the one that holds anyway; none where there is none to show."""
    default = getattr(settings(), name.lower())
    if default is None or name == "CONTENT_DIR":
        assert DOCUMENTED[name] == ""
    else:
        assert getattr(settings(**{name: DOCUMENTED[name]}), name.lower()) == default


@pytest.mark.parametrize("name", DOCUMENTED)
def test_example_explains_each_in_one_line(name: str) -> None:
    """Above each name stands exactly one line that says what it does."""
    assert re.search(rf"\n\n# [^\n]+\n#{name}=", EXAMPLE)


def test_example_changes_nothing_when_copied(tmp_path: Path) -> None:
    """A copied example is as good as none."""
    (tmp_path / ".env").write_text(EXAMPLE)
    assert read_settings({}, tmp_path / ".env") == settings()


def test_defaults() -> None:
    """Without any variable there is no token, and all else is ours or Telegram's."""
    found = settings()
    assert found.telegram_bot_token is None
    assert found.telegram_api_url == "https://api.telegram.org"
    assert found.database_url == "sqlite+aiosqlite:///data/limber.db"
    assert content.__file__ is not None
    assert found.content_dir == Path(content.__file__).parent


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    """The file fills in what the environment leaves unset or empty, and nothing else."""
    env_file = tmp_path / ".env"
    env_file.write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\nSEND_RATE=5\nSANDBOX_PORT=9\nLOG_LEVEL=\nSOMETHING_ELSE=1\n"
    )
    found = read_settings({"SEND_RATE": "7", "SANDBOX_PORT": "", "PATH": "/bin"}, env_file)
    assert found.telegram_bot_token == SecretStr(TOKEN)
    assert (found.send_rate, found.sandbox_port, found.log_level) == (7, 9, "INFO")


def test_process_environment_and_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Asked for nothing special, it reads the process's environment and .env where it runs."""
    for name in DOCUMENTED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEND_RATE", "11")
    Path(".env").write_text("SANDBOX_PORT=12\n")
    found = read_settings()
    assert (found.send_rate, found.sandbox_port) == (11, 12)


def test_missing_file_is_none(tmp_path: Path) -> None:
    """Without an .env everything comes from the environment."""
    assert read_settings({}, tmp_path / ".env") == settings()


def test_unreadable_file_is_refused(tmp_path: Path) -> None:
    """An .env that is no text is named in one line."""
    (tmp_path / ".env").write_bytes(b"SEND_RATE=\xff\xfe")
    with pytest.raises(BadSettings) as bad:
        read_settings({}, tmp_path / ".env")
    assert len(bad.value.lines) == 1
    assert ".env" in bad.value.lines[0]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param("data/my.db", "data/my.db", id="path"),
        pytest.param("/srv/my.db", "/srv/my.db", id="absolute path"),
        pytest.param("sqlite:///data/my.db", "data/my.db", id="url"),
        pytest.param("sqlite:////srv/my.db", "/srv/my.db", id="url of an absolute path"),
        pytest.param("sqlite+aiosqlite:///data/my.db", "data/my.db", id="url with driver"),
        pytest.param(" data/my own.db ", "data/my own.db", id="space inside"),
        pytest.param("50%20 or ?.db", "50%2520 or %3F.db", id="path that looks like a url"),
        pytest.param("sqlite:///my%20own.db", "my%20own.db", id="url with a space"),
    ],
)
def test_database_url_takes_paths_and_urls(given: str, meant: str) -> None:
    """A bare path and both URLs of SQLite name the same file."""
    assert settings(DATABASE_URL=given).database_url == f"sqlite+aiosqlite:///{meant}"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param("http://127.0.0.1:8081/", "http://127.0.0.1:8081", id="one slash"),
        pytest.param("https://bots.example/api//", "https://bots.example/api", id="path"),
    ],
)
def test_api_url_loses_its_last_slash(given: str, meant: str) -> None:
    """The address is kept in one form, so that /bot can be put behind it."""
    assert settings(TELEGRAM_API_URL=given).telegram_api_url == meant


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("TELEGRAM_BOT_TOKEN", "AAF-secret", id="token without its number"),
        pytest.param("TELEGRAM_BOT_TOKEN", "12345:", id="token without its secret"),
        pytest.param("TELEGRAM_BOT_TOKEN", "12345:a secret", id="token with a space"),
        pytest.param("TELEGRAM_BOT_TOKEN", "bot12345:AAF-secret", id="token as in an address"),
        pytest.param("TELEGRAM_API_URL", "api.telegram.org", id="address without http"),
        pytest.param("TELEGRAM_API_URL", "ftp://api.telegram.org", id="address of another kind"),
        pytest.param("TELEGRAM_API_URL", "http://", id="address of nobody"),
        pytest.param("TELEGRAM_API_URL", "http://host:port", id="port in words"),
        pytest.param("TELEGRAM_API_URL", "http://[::1", id="half a host"),
        pytest.param("TELEGRAM_API_URL", "https://me:hush@host", id="address with a user"),
        pytest.param("TELEGRAM_API_URL", "https://host/?a=b", id="address with a query"),
        pytest.param("TELEGRAM_API_URL", f"https://host/bot{TOKEN}", id="address with the token"),
        pytest.param("DATABASE_URL", ":memory:", id="memory"),
        pytest.param("DATABASE_URL", "data/", id="folder"),
        pytest.param("DATABASE_URL", "file::memory:?cache=shared", id="memory, as sqlite says"),
        pytest.param("DATABASE_URL", "sqlite://", id="memory, as a short url"),
        pytest.param("DATABASE_URL", "sqlite+aiosqlite://", id="memory, with driver"),
        pytest.param("DATABASE_URL", "sqlite:///:memory:", id="memory, as a url"),
        pytest.param("DATABASE_URL", "sqlite:///x?mode=memory&uri=true", id="memory, by an option"),
        pytest.param("DATABASE_URL", "sqlite:///x.db?timeout=5", id="an option"),
        pytest.param("DATABASE_URL", "sqlite://host/x.db", id="a host"),
        pytest.param("DATABASE_URL", "mysql://me:hush@host/x", id="another database"),
        pytest.param("CONTENT_DIR", "/nowhere/at/all", id="no folder"),
        pytest.param("CONTENT_DIR", __file__, id="a file"),
        pytest.param("SEND_RATE", "0", id="rate of nothing"),
        pytest.param("SEND_RATE", "1001", id="rate above Telegram's highest"),
        pytest.param("SEND_RATE", "nan", id="rate that is no number"),
        pytest.param("SEND_RATE", "fast", id="rate in words"),
        pytest.param("WEBHOOK_SECRET", "a secret", id="secret with a space"),
        pytest.param("WEBHOOK_SECRET", "x" * 257, id="secret too long"),
        pytest.param("WEBHOOK_URL", "https://bot.example.org/x", id="webhook without a secret"),
        pytest.param("WEBHOOK_CERT", "/nowhere/at/all", id="no certificate"),
        pytest.param("WEBHOOK_CERT", __file__, id="certificate that is none"),
        pytest.param("LISTEN", "8443", id="port without a host"),
        pytest.param("LISTEN", "127.0.0.1:99999", id="port that cannot be"),
        pytest.param("LISTEN", "http://127.0.0.1:8443", id="address to listen on"),
        pytest.param("METRICS", "maybe", id="neither on nor off"),
        pytest.param("SANDBOX_PORT", "-1", id="negative port"),
        pytest.param("SANDBOX_PORT", "65536", id="port too high"),
        pytest.param("SANDBOX_PORT", "http", id="port by name"),
        pytest.param("LOG_LEVEL", "loud", id="level"),
        pytest.param("LOG_FORMAT", "xml", id="format"),
    ],
)
def test_bad_setting_is_named_and_not_shown(name: str, value: str) -> None:
    """A bad value gives one line that starts with the variable and does not repeat the value."""
    (line,) = refused(**{name: value})
    assert line.startswith(f"{name} ")
    assert "\n" not in line
    assert not any(word in line for word in ("secret", "hush", "12345", "nowhere", "loud"))


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_database_url_takes_a_server(scheme: str) -> None:
    """Each way to write PostgreSQL names it, and no setting shows its password."""
    found = settings(DATABASE_URL=f"{scheme}://me:hush@host/limber")
    assert found.database_url == "postgresql+psycopg://me:hush@host/limber"
    assert found.data_dir == Path("data")
    assert "hush" in found.secrets
    assert "hush" not in repr(found)


@pytest.mark.parametrize(
    ("options", "held"),
    [
        ("?password=hush", ["hush"]),
        ("?sslmode=verify-full&sslpassword=h%20s+h", ["h s h", "h%20s+h", "h s+h"]),
        ("?password=one&sslpassword=two", ["one", "two"]),
        ("?sslmode=require", []),
    ],
)
def test_passwords_among_the_options(options: str, held: list[str]) -> None:
    """A password may stand behind the address, too, where the library takes it as well."""
    found = settings(DATABASE_URL=f"postgresql://me@host/limber{options}")
    assert sorted(set(found.secrets) - {TOKEN}) == sorted(held)


def test_a_server_without_a_database() -> None:
    """Which database of a server is meant has to be said."""
    (line,) = refused(DATABASE_URL="postgresql://me:hush@host/")
    assert line == (
        "DATABASE_URL must name a database, like postgresql://user:password@host/limber"
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://bot.example.org/x",
        "bot.example.org/x",
        "https:///x",
        "https://me:hush@bot.example.org/x",
        "https://bot.example.org/x?a=b",
        "https://bot.example.org/healthz",
        "https://bot.example.org/metrics",
    ],
)
def test_webhook_that_cannot_be(url: str) -> None:
    """Telegram wants https, and the path must be free."""
    (line,) = refused(WEBHOOK_URL=url, WEBHOOK_SECRET="x")
    assert line.startswith("WEBHOOK_URL ")
    assert "hush" not in line


def test_webhook_of_a_local_bot_api() -> None:
    """A Bot API server of one's own posts to plain http."""
    given = {"WEBHOOK_URL": "http://bot:8443/x", "WEBHOOK_SECRET": "x"}
    assert settings(TELEGRAM_API_URL="http://api:8081", **given).webhook_url == "http://bot:8443/x"


@pytest.mark.parametrize(
    ("given", "served"),
    [
        ({}, False),
        ({"WEBHOOK_SECRET": "x"}, False),
        ({"LISTEN": "127.0.0.1:8443"}, True),
        ({"METRICS": "on"}, True),
        ({"WEBHOOK_URL": "https://bot.example.org/x", "WEBHOOK_SECRET": "x"}, True),
    ],
    ids=str,
)
def test_nothing_is_served_unless_asked_for(given: dict[str, str], served: bool) -> None:
    """HTTP is on with a webhook, with LISTEN or with METRICS, and on loopback unless told."""
    found = settings(**given)
    assert found.serves_http is served
    assert found.listen_at == ("127.0.0.1", 8443)


def test_each_bad_setting_has_its_line() -> None:
    """All bad settings are told at once, so that one start is enough to mend them."""
    lines = refused(SEND_RATE="0", SANDBOX_PORT="x", TELEGRAM_BOT_TOKEN="x", LOG_LEVEL="x")
    assert {line.partition(" ")[0] for line in lines} == {
        "SEND_RATE",
        "SANDBOX_PORT",
        "TELEGRAM_BOT_TOKEN",
        "LOG_LEVEL",
    }


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8081",
        "http://127.9.9.9",
        "http://localhost:80/api",
        "http://[::1]:8081",
        "HTTP://LOCALHOST",
    ],
)
def test_clock_file_on_loopback(url: str) -> None:
    """Where the Bot API is on this machine, a file may move the clock."""
    assert settings(TELEGRAM_API_URL=url, CLOCK_FILE="clock").clock_file == Path("clock")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://api.telegram.org",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "http://[::2]",
    ],
)
def test_clock_file_elsewhere_is_refused(url: str) -> None:
    """Nobody moves the clock of a bot that talks to people."""
    (line,) = refused(TELEGRAM_API_URL=url, CLOCK_FILE="clock")
    assert line.startswith("CLOCK_FILE ")


def test_token_in_a_file(tmp_path: Path) -> None:
    """A secret may stand in a file of its own; the variable itself wins, no other setting may."""
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert settings(TELEGRAM_BOT_TOKEN_FILE=str(file)).telegram_bot_token == SecretStr(TOKEN)
    other = "1:other-token"
    both = settings(TELEGRAM_BOT_TOKEN_FILE=str(file), TELEGRAM_BOT_TOKEN=other)
    assert both.telegram_bot_token == SecretStr(other)
    assert settings(SEND_RATE_FILE=str(file)) == settings()


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"no token"])
def test_a_bad_file_of_a_token(tmp_path: Path, content: bytes | None) -> None:
    """A file that is not there, or holds no token, is told by the variable's name alone."""
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    (line,) = refused(TELEGRAM_BOT_TOKEN_FILE=str(file))
    assert line.startswith("TELEGRAM_BOT_TOKEN")
    assert "no token" not in line


def test_token_is_hidden() -> None:
    """Printing the settings shows no token."""
    found = settings(TELEGRAM_BOT_TOKEN=TOKEN, WEBHOOK_SECRET="hush-hush")
    shown = f"{found!r} {found} {found.model_dump()} {found.model_dump_json()}"
    assert "secret_part" not in shown
    assert "hush" not in shown
    assert found.telegram_bot_token is not None
    assert found.telegram_bot_token.get_secret_value() == TOKEN


def test_settings_cannot_be_changed() -> None:
    """What was read at the start holds until the end."""
    with pytest.raises(ValidationError, match="frozen"):
        settings().send_rate = 1


@pytest.mark.parametrize(
    ("rate", "paid", "over"),
    [("30", "off", False), ("31", "off", True), ("1000", "on", False), ("1000", "ON", False)],
)
def test_rate_over_the_free_one(rate: str, paid: str, over: bool) -> None:
    """More than Telegram carries for nothing is told where it may not charge."""
    assert settings(SEND_RATE=rate, PAID_BROADCAST=paid).over_free_rate is over
