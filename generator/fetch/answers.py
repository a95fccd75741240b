"""What an answer over HTTP says: its body, its validators, when to ask again."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from generator.fetch.routes import Unanswered
from generator.model.errors import ContentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a service said with an answer, by which it tells later whether that has changed."""

    etag: str = ""
    modified: str = ""


async def body_of(response: httpx.Response, largest: int) -> bytes:
    """The body of an answer, unpacked. What was not asked for, such as gzip in gzip, is not.

    Args:
        response: whose body has not been read yet.
        largest: bytes that it may have, packed or not.

    Raises:
        ContentError: it is broken or cut off.
        Unanswered: it is too large, or packed in another way than was asked for.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Unanswered(
            f"expected an answer in gzip, in deflate or as it is, found it in “{encoding}”. "
            "Download it in a browser.",
            passing=False,
        )
    packed, body = 0, bytearray()
    unpacking = None if encoding in ("", "identity") else _unpacking()
    async for part in response.aiter_raw():
        packed += len(part)
        while part:
            if unpacking is None:
                body += part
                break
            if unpacking.eof:
                unpacking = _unpacking()  # gzip may have several members
            try:
                body += unpacking.decompress(part, largest + 1 - len(body))
            except zlib.error as error:
                raise ContentError(f"expected {encoding}, found: {error}") from None
            if len(body) > largest:
                break
            part = unpacking.unused_data
        if max(packed, len(body)) > largest:
            raise Unanswered(
                f"expected at most {largest:,} bytes, found more. Ask for less.", passing=False
            )
    if unpacking is not None and not unpacking.eof:
        raise ContentError(f"expected {encoding}, found it cut off")
    return bytes(body)


def _unpacking() -> zlib._Decompress:
    """What unpacks gzip and deflate, which are told apart by how they begin."""
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)


def validators(response: httpx.Response) -> Validators:
    """The validators of an answer that can be sent back, since they are ASCII."""
    etag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Validators(
        etag=etag if etag.isascii() else "", modified=modified if modified.isascii() else ""
    )


def retry_after(headers: httpx.Headers) -> float:
    """The seconds to wait that `Retry-After` states, as a number or as a date; 0 without one."""
    value = headers.get("Retry-After", "")
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return 0.0
