"""The languages of papers: more than the screens speak, because the reader may be abroad."""

from __future__ import annotations

from typing import Final

LETTER_LANGUAGES: Final = {
    "en": "English",
    "ru": "Русский",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "pt": "Português",
    "pl": "Polski",
}
"""Each by its own name. A form says which of them it is written in."""
