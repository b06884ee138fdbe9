"""The sample desk's texts with their days: `{{d-52}}` is the day 52 days before it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from zoneinfo import ZoneInfo

_PLACE: Final = re.compile(r"\{\{d([+-]\d+)(?:\|(\w+))?\}\}")
_EN: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DE: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
    "Oktober", "November", "Dezember",
)  # fmt: skip
_RU: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
_FORMS: Final[Mapping[str, Callable[[dt.date], str]]] = {
    "": lambda day: f"{_EN[day.month - 1][:3]} {day.day:02}, {day.year}",
    "en_long": lambda day: f"{_EN[day.month - 1]} {day.day}, {day.year}",
    "de": lambda day: f"{day.day}. {_DE[day.month - 1]} {day.year}",
    "ru": lambda day: f"{day.day} {_RU[day.month - 1]} {day.year}",
    "dmy": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "iso": lambda day: day.isoformat(),
}


def filled(text: str, today: dt.date) -> str:
    """`text` with every `{{d…}}` written as that day, counted from `today`."""

    def write(found: re.Match[str]) -> str:
        day = today + dt.timedelta(days=int(found[1]))
        return _FORMS[found[2] or ""](day)

    return _PLACE.sub(write, text)


def mail_bytes(mail: Mapping[str, object], recipient: str, today: dt.date) -> bytes:
    """One sample mail as a mail program would save it.

    Args:
        mail: An entry of `resources/demo/mails.toml`.
        recipient: The address it was sent to.
        today: The day the sample desk is made.
    """
    day = today + dt.timedelta(days=int(str(mail["day"])))
    at = dt.datetime.combine(day, dt.time(9, 14, 3), ZoneInfo("Europe/Berlin"))
    message = EmailMessage(policy=SMTP)
    message["From"] = str(mail["from"])
    message["To"] = recipient
    message["Subject"] = filled(str(mail["subject"]), today)
    message["Date"] = at
    body = filled(str(mail.get("text") or mail["html"]), today).strip() + "\n"
    if "html" in mail:
        message.set_content(f"<html><body>{body}</body></html>", subtype="html", cte="base64")
    else:
        message.set_content(body, cte="base64")
    return message.as_bytes()
