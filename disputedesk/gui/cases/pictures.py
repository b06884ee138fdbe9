"""Pictures of exhibits and pages, decoded in reader jobs with caps; nothing remote is ever loaded.

Reading functions here run off the GUI thread and give `QImage`s, which may cross threads.
"""

from __future__ import annotations

import dataclasses
import email
import email.policy
import html
import re
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from disputedesk.common.texts import tr
from disputedesk.media import pdfium

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.case import Exhibit

_FORMATS: Final = {
    "image/png": b"png",
    "image/jpeg": b"jpeg",
    "image/gif": b"gif",
    "image/webp": b"webp",
    "image/bmp": b"bmp",
}
_MOST_PIXELS: Final = 120_000_000
_MOST_TEXT: Final = 200_000
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]{0,2000}>", re.S | re.I)


class UnreadablePicture(ValueError):
    """Bytes that are no picture we show; the message says so."""


def picture_of(data: bytes, media_type: str, side: int) -> QImage | None:
    """The picture in `data`, no side longer than `side`; `None` for what is no picture we show.

    Sizes are looked at before anything is decoded, so a small file cannot claim a huge picture.
    """
    form = _FORMATS.get(media_type)
    if form is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


@dataclasses.dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF and the sizes of its pages in points."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]


def measure(data: bytes) -> Pdf:
    """`data` with the sizes of its pages.

    Raises:
        UnreadablePicture: It is no PDF, or a broken one.
    """
    import pypdfium2

    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadablePicture(tr("This file cannot be shown as pages.")) from error
        try:
            sizes = tuple(document.get_page_size(at) for at in range(len(document)))
        finally:
            document.close()
    return Pdf(data, sizes)


def page_image(data: bytes, at: int, width: int) -> QImage:
    """Page `at` of a PDF, `width` pixels wide.

    Raises:
        UnreadablePicture: The page cannot be drawn.
    """
    import pypdfium2

    with pdfium.LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[at]
                scale = width / max(1.0, page.get_width())
                bitmap = page.render(scale=min(scale, 8.0), rev_byteorder=True, prefer_bgrx=True)
                image = QImage(
                    bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
                    QImage.Format.Format_RGBX8888,
                ).copy()  # fmt: skip
                bitmap.close()
                page.close()
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise UnreadablePicture(tr("This page cannot be shown.")) from error
    return image


def read_page(desk: Desk, data: bytes, at: int, width: int) -> tuple[int, int, QImage]:
    """A job that draws one page: its number, its width, its picture."""
    return at, width, page_image(data, at, width)


def exhibit_picture(desk: Desk, exhibit: Exhibit, side: int) -> QImage | None:
    """A job that makes the thumbnail of an exhibit; `None` where an icon has to serve."""
    from disputedesk.desk.queries.evidence import exhibit_bytes

    media = exhibit.evidence.media_type
    if media in _FORMATS:
        return picture_of(exhibit_bytes(desk, exhibit.id), media, side)
    if media == "application/pdf":
        try:
            return page_image(exhibit_bytes(desk, exhibit.id), 0, side)
        except UnreadablePicture:
            return None
    return None


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """What an original looks like: a picture, pages, or plain text."""

    image: QImage | None = None
    pdf: Pdf | None = None
    text: str = ""


def original(desk: Desk, exhibit: Exhibit, side: int) -> Seen:
    """A job that reads an original for the viewer; never anything from elsewhere."""
    from disputedesk.desk.queries.evidence import exhibit_bytes

    data = exhibit_bytes(desk, exhibit.id)
    media = exhibit.evidence.media_type
    if media in _FORMATS:
        return Seen(image=picture_of(data, media, side))
    if media == "application/pdf":
        try:
            return Seen(pdf=measure(data))
        except UnreadablePicture:
            return Seen()
    if media == "message/rfc822":
        return Seen(text=mail_text(data))
    if media.startswith("text/") or media in ("application/json", "application/xml"):
        text = data[:_MOST_TEXT].decode("utf-8", "replace")
        return Seen(text=without_tags(text) if media == "text/html" else text)
    return Seen()


def mail_text(data: bytes) -> str:
    """A mail as plain text: who, whom, when, what about, and what it says; nothing is loaded."""
    message = email.message_from_bytes(data[: _MOST_TEXT * 10], policy=email.policy.default)
    lines = []
    for name in ("From", "To", "Date", "Subject"):
        try:
            value = str(message.get(name, ""))
        except (ValueError, LookupError, IndexError):
            value = ""
        if value:
            lines.append(f"{name}: {value}")
    return "\n".join([*lines, "", _body(message)])[:_MOST_TEXT]


def _body(message: object) -> str:
    if not isinstance(message, EmailMessage):
        return ""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        return tr("The words of this mail cannot be read.")
    return without_tags(text) if part.get_content_type() == "text/html" else text


def without_tags(text: str) -> str:
    """The words of a page without its markup; hidden programs and styles are left out."""
    plain = html.unescape(_TAGS.sub("\n", text))
    lines = [" ".join(line.split()) for line in plain.splitlines()]
    return "\n".join(line for line in lines if line)
