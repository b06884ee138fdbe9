"""Text as the search index holds it, and what people type as a query that cannot fail."""

from __future__ import annotations

from typing import Final

_YO: Final = str.maketrans({"ё": "е", "\x00": " "})


def folded(text: str) -> str:
    """`text` without case and with ё as е: SQLite itself knows no Cyrillic case."""
    return text.casefold().translate(_YO)


def search_query(text: str) -> str:
    """A full-text query for the words of `text`, the last ones possibly unfinished.

    Each word is quoted, so that no sign in it is taken for the query language.

    Returns:
        The query; empty when there is nothing to search.
    """
    words = [word for word in folded(text).split() if any(sign.isalnum() for sign in word)]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)
