"""The mail a paper is attached to: plain words, one attachment, nothing that is loaded or reports.

It is a draft for the user's own mail program, which adds sender and date and sends it; this program
sends nothing. Its headers are made by `email`, from lines without any break.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import tomllib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from disputedesk.common import locations
from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr

_LONGEST_SUBJECT: Final = 200


@dataclasses.dataclass(frozen=True, slots=True)
class MailDraft:
    """A mail before it is a file.

    Attributes:
        to: An address; empty where none is known.
        to_name: Whose it is; may be empty.
        name: The attached file's name.
        media_type: What the attached file is.
    """

    to: str
    to_name: str
    subject: str
    body: str
    name: str
    media_type: str
    data: bytes


@functools.cache
def _file() -> dict[str, Any]:
    return tomllib.loads((locations.forms() / "mail.toml").read_text(encoding="utf-8"))


def mail_body(language: str, *, title: str, reference: str, name: str) -> str:
    """The few words of the mail, in a letter's language; English where it has none."""
    text: str = _file().get(language, _file()["en"])["letter"]
    values = {"title": title, "reference": reference, "name": name}
    return text.strip().format(**{key: _line(value) for key, value in values.items()}) + "\n"


def _line(text: str) -> str:
    """`text` as one harmless line; spaces that hold figures together are none a mail needs."""
    return mask_text(clean_line(text).replace("\u00a0", " ").replace("\u202f", " "))


def mail_file(draft: MailDraft) -> bytes:
    """The draft as an `.eml` file; the same draft gives the same bytes.

    Raises:
        Refused: The address is none.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if draft.to.strip():
        message["To"] = _address(draft)
    message["Subject"] = _line(draft.subject)[:_LONGEST_SUBJECT].strip()
    message.set_content(draft.body, cte="quoted-printable")
    main, _, sub = draft.media_type.partition("/")
    message.add_attachment(draft.data, maintype=main, subtype=sub, filename=clean_line(draft.name))
    message.set_boundary("paper-" + hashlib.sha256(draft.data).hexdigest()[:32])
    return message.as_bytes()


def _address(draft: MailDraft) -> Address:
    """The recipient for the header.

    Raises:
        Refused: What was given is no address, or more than one.
    """
    given = draft.to.strip()
    try:
        address = Address(clean_line(draft.to_name), addr_spec=given)
    except (ValueError, IndexError, MessageError) as error:
        raise _no_address(given) from error
    bare = address.username.isascii() and address.domain.isascii() and given.isprintable()
    if not bare or " " in given or "." not in address.domain or not address.username:
        raise _no_address(given)
    return address


def _no_address(given: str) -> Refused:
    return Refused(
        tr("This is not one e-mail address: {text}.", text=clean_line(given)[:80]),
        tr("recipient of the mail"),
        tr("Write one address, as name@example.org, or leave it empty."),
    )
