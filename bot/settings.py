"""Reads the settings from the environment and `.env`, and says in one line each what is wrong."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidationInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

import content
from bot.addresses import TELEGRAM, listening_at, on_loopback, passwords, split, wrong_with_webhook

FREE_RATE = 30  # messages a second to many people that Telegram carries for nothing


class BadSettings(Exception):  # noqa: N818 - says what happened
    """Settings that cannot be used; `lines` has one line for each, naming the variable.

    No line repeats a value: the token may have been put into the wrong variable.
    """

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)


def cache_folder() -> Path | None:
    """Return where files are kept that can be made anew, as the XDG base directories say.

    None where the user has no home.
    """
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        named = home is not None and Path(home).is_absolute()
        return (Path(home or "") if named else Path("~/.cache").expanduser()) / "limber"
    except RuntimeError:
        return None


def _bad(reason: str) -> PydanticCustomError:
    return PydanticCustomError("bad_setting", "{reason}", {"reason": reason})


class Settings(BaseSettings):
    """Every setting there is; the variable's name is the field's in capitals."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",
        str_strip_whitespace=True,
        hide_input_in_errors=True,
        validate_default=False,
    )

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    database_url: str = Field(default="sqlite+aiosqlite:///data/limber.db", repr=False)
    content_dir: Path = Field(default_factory=lambda: Path(content.__file__).parent)
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    webhook_secret: SecretStr | None = None
    webhook_url: str | None = None
    webhook_cert: Path | None = None
    listen: str = "127.0.0.1:8443"
    metrics: bool = False
    send_rate: float = Field(default=30, gt=0, le=1000, allow_inf_nan=False)
    paid_broadcast: bool = False
    pictures: Annotated[Literal["moving", "still"], BeforeValidator(str.lower)] = "moving"
    speech: str = ""
    sandbox_port: int = Field(default=8080, ge=0, le=65535)
    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(str.upper)
    ] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(str.lower)] = "text"
    clock_file: Path | None = None

    @property
    def data_dir(self) -> Path:
        """Return the folder for what else is kept: that of the database file, else `data`."""
        if self.database_url.startswith("postgresql"):
            return Path("data")
        return Path(self.database_url.partition("///")[2]).parent

    @property
    def listen_at(self) -> tuple[str, int]:
        """Return the host and port of LISTEN."""
        found = listening_at(self.listen)
        assert found is not None
        return found

    @property
    def serves_http(self) -> bool:
        """Return whether anything is served: a webhook, numbers, or health where LISTEN is set."""
        asked = "listen" in self.model_fields_set
        return asked or self.metrics or self.webhook_url is not None

    @property
    def secrets(self) -> list[str]:
        """Return what no log line may hold."""
        held = (self.telegram_bot_token, self.webhook_secret)
        return [one.get_secret_value() for one in held if one] + passwords(self.database_url)

    @property
    def over_free_rate(self) -> bool:
        """Return whether more is to go out than Telegram carries, which answers with refusals."""
        return self.send_rate > FREE_RATE and not self.paid_broadcast

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[0-9]{1,20}:[A-Za-z0-9_-]+", value.get_secret_value(), re.ASCII):
            raise _bad("must be a bot's token: digits, a colon, letters and digits")
        return value

    @field_validator("telegram_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        parts = split(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _bad("must be an address that starts with http:// or https://")
        if parts.username is not None or parts.query or parts.fragment:
            raise _bad("must be an address without a user, a query or a fragment")
        if "/bot" in parts.path:
            raise _bad("must be the address without /bot and what follows it")
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value(), re.ASCII):
            raise _bad("must be 1 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _webhook(cls, value: str, info: ValidationInfo) -> str:
        if reason := wrong_with_webhook(value, info.data.get("telegram_api_url", "")):
            raise _bad(reason)
        if info.data.get("webhook_secret", "is bad") is None:
            raise _bad("needs a WEBHOOK_SECRET beside it")
        return value

    @field_validator("webhook_cert")
    @classmethod
    def _certificate(cls, value: Path) -> Path:
        try:
            text = value.read_text(errors="replace")
        except OSError:
            raise _bad("must name a file that the bot's user can read") from None
        if "-----BEGIN CERTIFICATE-----" not in text or "PRIVATE KEY" in text:
            raise _bad("must name a PEM file with the certificate alone, without its key")
        return value

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        if listening_at(value) is None:
            raise _bad("must be a host and a port like 127.0.0.1:8443 or [::1]:8443")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return database_url(value)

    @field_validator("speech")
    @classmethod
    def _speech(cls, value: str) -> str:
        try:
            shlex.split(value)
        except ValueError:
            raise _bad("must be a command, off, or nothing for espeak-ng") from None
        return value

    @field_validator("content_dir")
    @classmethod
    def _content(cls, value: Path) -> Path:
        if not value.is_dir():
            raise _bad("must name a folder that exists")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(re.fullmatch(r"[0-9]{1,15}", part, re.ASCII) for part in parts):
            raise _bad("must be Telegram user ids, divided by commas")
        return frozenset(map(int, parts))

    @field_validator("clock_file")
    @classmethod
    def _clock(cls, value: Path, info: ValidationInfo) -> Path:
        if not on_loopback(info.data.get("telegram_api_url", "")):
            raise _bad("is only for a TELEGRAM_API_URL on this machine (127.0.0.1)")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `read_settings` hands over first, then `.env`; nothing is read unasked."""
        return init_settings, dotenv_settings


def read_settings(
    environ: Mapping[str, str] | None = None, env_file: str | Path | None = ".env"
) -> Settings:
    """Return the settings of the environment, and of the file for what it does not name.

    An empty value counts as none. A secret may stand in a file of its own, which the name with
    `_FILE` names. Raises BadSettings.
    """
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {"_env_file": env_file, **_secrets_in_files(environ)}
    given |= {
        field: value
        for field in Settings.model_fields
        if (value := environ.get(field.upper(), "").strip())
    }
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BadSettings([_line(fault) for fault in error.errors()]) from None
    except (OSError, UnicodeDecodeError):
        raise BadSettings([f"{env_file}: cannot be read as a text in UTF-8"]) from None


def _secrets_in_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets that files hold, as systemd's credentials and Docker's secrets do."""
    found = {}
    for field, told in Settings.model_fields.items():
        path = environ.get(f"{field.upper()}_FILE", "").strip()
        if path and "SecretStr" in str(told.annotation):
            try:
                found[field] = Path(path).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise BadSettings(
                    [f"{field.upper()}_FILE must name a text that can be read"]
                ) from None
    return found


def _line(fault: Any) -> str:
    name = str(fault["loc"][0]).upper()
    reason = str(fault["msg"]).replace("Input should be", "must be")
    return f"{name} {reason[0].lower()}{reason[1:]}"


def database_url(value: str) -> str:
    """Return the URL that a path or URL of DATABASE_URL means; raises ValueError in one line."""
    scheme, separator, rest = value.partition("://")
    if not separator:
        path = value.replace("%", "%25").replace("?", "%3F")  # as a URL writes them
    elif scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return _server(f"postgresql+psycopg://{rest}")
    elif scheme in ("sqlite", "sqlite+aiosqlite") and rest[:1] in ("", "/"):
        path = rest[1:]
    else:
        raise _bad("must be a path or a URL like sqlite+aiosqlite:///data/limber.db")
    if not path or path.endswith("/") or path.startswith((":memory:", "file:")):
        raise _bad("must name a file: what the bot knows has to outlive the process")
    if "?" in path:
        raise _bad("must be without options after a question mark")
    return f"sqlite+aiosqlite:///{path}"


def _server(url: str) -> str:
    """Return the URL of a database on a server, if it names one."""
    if not split(url).path.strip("/"):
        raise _bad("must name a database, like postgresql://user:password@host/limber")
    return url
