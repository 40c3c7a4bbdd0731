"""Uploads, ids that can be sent again, downloads, and what Telegram would not take."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import multipart
from sandbox.errors import Refusal
from sandbox.images import look, png
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call

PICTURE = png(40, 30, (10, 20, 30))


@pytest.fixture(autouse=True)
async def ana(telegram: TelegramServer) -> None:
    """Ana, who has started the bot."""
    await telegram.person(1001, "Ana").send("/start")


async def upload(
    telegram: TelegramServer,
    http: httpx.AsyncClient,
    method: str,
    files: dict[str, Any],
    **fields: str,
) -> Any:
    """Call a method with files and return the result or the words of the refusal."""
    form = {"chat_id": "1001"} | fields
    answer = await http.post(f"/bot{telegram.token}/{method}", data=form, files=files)
    body = answer.json()
    return body["result"] if body["ok"] else body["description"]


async def test_an_upload_comes_back_whole(
    telegram: TelegramServer, http: httpx.AsyncClient, call: Call
) -> None:
    """A photo is measured, and its bytes can be downloaded where getFile says."""
    message = await upload(telegram, http, "sendPhoto", {"photo": ("p.png", PICTURE)}, caption="c")
    size = message["photo"][-1]
    assert (size["width"], size["height"], size["file_size"]) == (40, 30, len(PICTURE))
    path = (await call("getFile", file_id=size["file_id"]))["file_path"]
    download = await http.get(f"/file/bot{telegram.token}/{path}")
    assert (download.status_code, download.content) == (200, PICTURE)
    assert (await http.get(f"/file/bot{telegram.token}/photos/none.jpg")).status_code == 404


async def test_an_id_is_sent_again(
    telegram: TelegramServer, http: httpx.AsyncClient, call: Call
) -> None:
    """What was uploaded once is sent by its id, as the same kind only."""
    message = await upload(telegram, http, "sendPhoto", {"photo": ("p.png", PICTURE)})
    identity = message["photo"][-1]["file_id"]
    again = await call("sendPhoto", chat_id=1001, photo=identity)
    assert again["photo"] == message["photo"]
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await call("sendAnimation", chat_id=1001, animation=identity) == wrong
    assert await call("sendPhoto", chat_id=1001, photo="AgACnonsense") == wrong


async def test_a_file_is_attached_by_name(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """attach:// names a part of the request, in a parameter and inside media."""
    message = await upload(
        telegram, http, "sendPhoto", {"pic": ("p.png", PICTURE)}, photo="attach://pic"
    )
    edited = await upload(
        telegram,
        http,
        "editMessageMedia",
        {"clip": ("c.gif", b"GIF89a\x04\0\x02\0" + bytes(9))},
        message_id=str(message["message_id"]),
        media='{"type": "animation", "media": "attach://clip"}',
    )
    assert (edited["animation"]["width"], edited["animation"]["height"]) == (4, 2)
    assert edited["document"]["file_id"] == edited["animation"]["file_id"]
    assert "photo" not in edited


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"not a picture", "IMAGE_PROCESS_FAILED", id="no image"),
        pytest.param(png(21, 1, (0, 0, 0)), "PHOTO_INVALID_DIMENSIONS", id="too narrow"),
        pytest.param(png(6000, 4001, (0, 0, 0))[:40], "PHOTO_INVALID_DIMENSIONS", id="too large"),
        pytest.param(PICTURE + bytes(10_000_000), "PHOTO_SAVE_FILE_INVALID", id="above 10 MB"),
        pytest.param(b"", "file must be non-empty", id="empty"),
    ],
)
async def test_bad_photos_are_refused(
    telegram: TelegramServer, http: httpx.AsyncClient, content: bytes, words: str
) -> None:
    """A photo Telegram would not take is refused and leaves no message."""
    refusal = await upload(telegram, http, "sendPhoto", {"photo": ("p.png", content)})
    assert refusal == f"Bad Request: {words}"
    assert len(telegram.world.messages(1001)) == 1


async def test_a_caption_is_limited(telegram: TelegramServer, http: httpx.AsyncClient) -> None:
    """A caption has 1024 units after parsing."""
    files = {"photo": ("p.png", PICTURE)}
    long = await upload(telegram, http, "sendPhoto", files, caption="😀" * 513)
    assert long == "Bad Request: message caption is too long"
    fits = await upload(
        telegram, http, "sendPhoto", files, caption=f"<b>{'x' * 1024}</b>", parse_mode="HTML"
    )
    assert len(fits["caption"]) == 1024


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("sendPhoto", "photo"),
        ("sendAnimation", "animation"),
        ("sendDocument", "document"),
        ("sendVoice", "voice"),
    ],
)
async def test_the_file_must_be_there(call: Call, method: str, kind: str) -> None:
    """A call without its file says which."""
    assert await call(method, chat_id=1001) == f"Bad Request: there is no {kind} in the request"


async def test_who_lets_no_voice_messages_in(
    telegram: TelegramServer, http: httpx.AsyncClient, call: Call
) -> None:
    """They refuse a voice message in Telegram's words, take audio, and getChat says so."""
    ana = telegram.person(1001, "Ana")
    await ana.refuse_voice()
    files = {"voice": ("v.ogg", b"OggS voice")}
    refusal = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    assert await upload(telegram, http, "sendVoice", files) == refusal
    sent = await upload(telegram, http, "sendAudio", {"audio": ("a.m4a", b"\0\0\0\x1cftypM4A ")})
    assert "audio" in sent
    assert ana.messages[-1].audio == sent["audio"]["file_id"]
    known = await call("getChat", chat_id=1001)
    assert known["has_restricted_voice_and_video_messages"] is True
    await ana.refuse_voice(False)
    assert "voice" in await upload(telegram, http, "sendVoice", files)
    assert "has_restricted_voice_and_video_messages" not in await call("getChat", chat_id=1001)


async def test_opus_as_audio_is_a_voice_message(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """Whatever method sends it, Telegram makes a voice message of Opus, and refuses it as one."""
    files = {"audio": ("a.ogg", b"OggS" + bytes(24) + b"OpusHead")}
    assert "voice" in await upload(telegram, http, "sendAudio", files)
    await telegram.person(1001, "Ana").refuse_voice()
    refusal = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
    assert await upload(telegram, http, "sendAudio", files) == refusal


async def test_the_network_is_not_there(call: Call) -> None:
    """A file by address is refused, as the sandbox fetches nothing."""
    refusal = await call("sendPhoto", chat_id=1001, photo="https://e.org/p.png")
    assert refusal == "Bad Request: failed to get HTTP URL content"


@pytest.mark.parametrize(
    ("file_id", "words"),
    [("", "file_id not specified"), ("x", "wrong file_id or the file is temporarily unavailable")],
)
async def test_get_file_refuses(call: Call, file_id: str, words: str) -> None:
    """getFile needs an id it gave."""
    assert await call("getFile", file_id=file_id) == f"Bad Request: {words}"


async def test_uploads_end_at_50_megabytes(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """A larger request is refused by its announced length."""
    answer = await http.post(f"/bot{telegram.token}/sendDocument", content=bytes(50_000_001))
    assert (answer.status_code, answer.json()["description"]) == (413, "Request Entity Too Large")


@given(
    st.dictionaries(st.text("abcxyz_", min_size=1), st.binary(max_size=200), min_size=1, max_size=4)
)
def test_multipart_keeps_every_byte(files: dict[str, bytes]) -> None:
    """Whatever bytes an upload holds, line ends and dashes too, they arrive as sent."""
    parts = {name: (f"{name}.bin", content) for name, content in files.items()}
    request = httpx.Request("POST", "http://x", files=parts, data={"text": "ä\r\nb"})
    fields, uploads = multipart.parse(request.headers["content-type"], request.read())
    assert fields == {"text": "ä\r\nb"}
    assert {name: file.content for name, file in uploads.items()} == files
    assert all(file.name == f"{name}.bin" for name, file in uploads.items())


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("multipart/form-data", b"", id="no boundary"),
        pytest.param("multipart/form-data; boundary=x", b"--x\r\n\r\nhalf", id="cut off"),
        pytest.param("multipart/form-data; boundary=x", b"--x\r\n\r\nhalf\r\n--x--", id="no name"),
    ],
)
def test_broken_multipart_is_refused(content_type: str, body: bytes) -> None:
    """A body that is no multipart is a bad request."""
    with pytest.raises(Refusal, match="multipart"):
        multipart.parse(content_type, body)


@pytest.mark.parametrize(
    ("content", "mime", "width", "height"),
    [
        pytest.param(PICTURE, "image/png", 40, 30, id="png"),
        pytest.param(b"GIF89a\x04\0\x02\0", "image/gif", 4, 2, id="gif"),
        pytest.param(
            bytes.fromhex("ffd8ffe000040000ffc0000b080010002001"), "image/jpeg", 32, 16, id="jpeg"
        ),
        pytest.param(
            b"RIFF....WEBPVP8X" + bytes(8) + b"\x0f\0\0\x07\0\0", "image/webp", 16, 8, id="webp"
        ),
        pytest.param(b"%PDF-1.7", "application/pdf", 0, 0, id="pdf"),
        pytest.param(b"", "application/octet-stream", 0, 0, id="nothing"),
    ],
)
def test_bytes_tell_what_they_are(content: bytes, mime: str, width: int, height: int) -> None:
    """The media type and the size are read from the bytes, not from a name."""
    seen = look(content)
    assert (seen.mime, seen.width, seen.height) == (mime, width, height)
