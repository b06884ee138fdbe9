"""Other people's text for paper: what no bundled font can show is said in words, never boxes.

A letter refuses such characters, because its writer can change them. An exhibit is as it is: an
emoji becomes its name, a run of a script that cannot be set becomes one remark with its length.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from disputedesk.common.texts import language, trn
from disputedesk.papers.pdf import fonts

_SHORT: Final = 2
"""Up to so many letters are named one by one; a whole sentence would be unreadable that way."""

_SCRIPTS: Final = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese",
                   "HANGUL": "Korean"}  # fmt: skip
_CODES: Final = {
    "Chinese": "Hani", "Japanese": "Jpan", "Korean": "Kore", "Arabic": "Arab", "Hebrew": "Hebr",
    "Thai": "Thai", "Devanagari": "Deva", "Bengali": "Beng", "Tamil": "Taml", "Georgian": "Geor",
    "Armenian": "Armn", "Khmer": "Khmr", "Lao": "Laoo", "Myanmar": "Mymr", "Sinhala": "Sinh",
    "Ethiopic": "Ethi",
}  # fmt: skip
"""The scripts that other languages have a word for, by their codes in ISO 15924."""
_SKIN_TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_PLAIN_NAME: Final = re.compile(r"[A-Z]+")


def printable(text: str) -> str:
    """`text` with each character that no font can show put into words in brackets."""
    bad = frozenset(fonts.unprintable(text))
    if not bad:
        return text
    pieces: list[str] = []
    place = 0
    while place < len(text):
        end = _run_end(text, place, bad)
        if end == place:
            pieces.append(text[place])
            place += 1
            continue
        pieces.append(_told(text[place:end]))
        place = end
    return "".join(pieces)


def _run_end(text: str, place: int, bad: frozenset[str]) -> int:
    """Where the run of unprintable characters ends that begins at `place`.

    Letters run on over spaces and signs between them, so that a sentence is one run.
    """
    if text[place] not in bad:
        return place
    if not _is_letter(text[place]):
        return place + 1
    script = _script(text[place])
    end = look = place + 1
    while look < len(text) and text[look] != "\n":
        char = text[look]
        if char in bad and _is_letter(char):
            if _script(char) != script:
                break
            end = look + 1
        elif char.isalnum() or (char in bad and not _is_sign(char)):
            break
        look += 1
    return end


def _told(run: str) -> str:
    letters = sum(_is_letter(char) for char in run)
    if letters <= _SHORT or all(unicodedata.combining(char) for char in run):
        return "".join(_named(char) for char in run)
    return trn(
        "[{count} character of {script} script]", "[{count} characters of {script} script]",
        letters, script=_script_word(_script(run[0])),
    )  # fmt: skip


def _named(char: str) -> str:
    if unicodedata.combining(char) or char in _SKIN_TONES:
        return ""
    if not _is_letter(char) and not fonts.unprintable(char):
        return char
    return f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]"


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"


def _script_word(script: str) -> str:
    """A script's name in the language in force; the English one where it has none."""
    from babel import Locale

    code = _CODES.get(script, "")
    spoken = language()
    return script if spoken == "en" else Locale.parse(spoken).scripts.get(code, script)


def _script(char: str) -> str:
    """The script's name, taken from the character's; they begin with it."""
    match = _PLAIN_NAME.match(unicodedata.name(char, ""))
    if match is None:
        return "unknown"
    first = match.group()
    return _SCRIPTS.get(first, first.capitalize())
