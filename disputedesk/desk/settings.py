"""The settings, declared once: the dialog, the command and the documentation are made from this."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import mark, tr


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """One thing the user can choose.

    Attributes:
        default: Its value until the user chooses; always text.
        choices: Allowed values with their words (English messages); empty for free text.
        text: What it does, one line; an English message.
    """

    key: str
    title: str
    text: str
    default: str
    choices: tuple[tuple[str, str], ...] = ()


SETTINGS: Final = (
    Setting(
        "language",
        mark("Language"),
        mark("The language of screens and commands."),
        "system",
        (("system", mark("As the system")), ("en", "English"), ("ru", "Русский")),
    ),
    Setting(
        "theme",
        mark("Colours"),
        mark("Light or dark, or as the system has it."),
        "system",
        (("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark"))),
    ),
    Setting(
        "density",
        mark("Rows"),
        mark("Two lines for each row, or one for long lists."),
        "calm",
        (("calm", mark("Two lines")), ("dense", mark("One line"))),
    ),
    Setting(
        "paper",
        mark("Paper"),
        mark("The sheet letters are printed on; by default the recipient's country decides."),
        "recipient",
        (("recipient", mark("By the recipient's country")), ("a4", "A4"), ("letter", "Letter")),
    ),
    Setting(
        "layout",
        mark("Layout"),
        mark("Where the address stands for the window of the envelope."),
        "recipient",
        (
            ("recipient", mark("By the recipient's country")),
            ("din_b", mark("DIN 5008 form B, window left")),
            ("din_a", mark("DIN 5008 form A, window left")),
            ("us_10", mark("US #10 envelope, window left")),
            ("uk_dl", mark("UK DL envelope, window left")),
            ("fr_dl", mark("French DL envelope, window right")),
            ("ch_c5", mark("Swiss C5 envelope, window right")),
            ("ru_dl", mark("Russian DL envelope, window right")),
            ("plain", mark("Without a window")),
        ),
    ),
    Setting(
        "code",
        mark("QR code"),
        mark("Whether letters bear your reference as a QR code as well; nothing else is in it."),
        "no",
        (("no", mark("No")), ("yes", mark("Yes"))),
    ),
)

_BY_KEY: Final = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The chosen values over the declared defaults; frozen, read again after a change."""

    __slots__ = ("_chosen",)

    def __init__(self, chosen: Mapping[str, str]) -> None:
        self._chosen = dict(chosen)

    def get(self, key: str) -> str:
        """The value in force for a declared key; a stored value no longer allowed is ignored."""
        setting = _BY_KEY[key]
        value = self._chosen.get(key, setting.default)
        allowed = {choice for choice, _ in setting.choices}
        return value if not allowed or value in allowed else setting.default


def check_setting(key: str, value: str) -> Setting:
    """The declaration of `key`, if `value` is allowed for it.

    Raises:
        Refused: There is no such setting, or it does not take this value.
    """
    setting = _BY_KEY.get(key)
    if setting is None:
        raise Refused(
            tr("There is no setting named {key}.", key=key),
            key,
            tr("Settings are: {names}.", names=", ".join(_BY_KEY)),
        )
    allowed = [choice for choice, _ in setting.choices]
    if allowed and value not in allowed:
        raise Refused(
            tr("{value} is not a choice for {key}.", value=value, key=key),
            key,
            tr("Choose one of: {names}.", names=", ".join(allowed)),
        )
    return setting
