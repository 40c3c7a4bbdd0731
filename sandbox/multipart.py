"""Reads a multipart/form-data body into its fields and its files."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from sandbox.errors import bad


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request: its name as the sender gave it, its type and its bytes."""

    name: str
    content_type: str
    content: bytes


def parse(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """Return the fields and the uploads of a body by name; the last of a name counts."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise bad("multipart boundary is missing")
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise bad("multipart body is cut off")
    for piece in pieces[1:-1]:
        head, _, content = piece.lstrip(b" \t").removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head)
        name = headers.get_param("name", header="Content-Disposition")
        file = headers.get_filename()
        if not isinstance(name, str):
            raise bad("multipart part has no name")
        if file is None:
            fields[name] = content.decode()
        else:
            uploads[name] = Upload(file, headers.get_content_type(), content)
    return fields, uploads
