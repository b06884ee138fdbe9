"""The catalogues of words: collected from code and data, merged into the `.po`, compiled to `.mo`.

Run `python -m tests.catalogues` after adding a text. Messages come from `tr`, `trn` and `mark` in
the code, and from the data whose texts the code looks up by a variable; `DATA_TEXTS` says which
those are. The files hold no dates and no line numbers, so that they change only with the words.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import io
import struct
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT: Final = Path(__file__).resolve().parent.parent
TEXTS: Final = ROOT / "resources" / "texts"
LANGUAGES: Final = ("ru",)
"""The languages of screens that need a catalogue; English is the message itself."""

PAPER_LANGUAGES: Final = ("de", "es", "fr", "pt", "pl")
"""The languages that only papers speak; their catalogues hold what papers say, and no more."""

_KEYWORDS: Final[dict[str, Any]] = {"tr": None, "trn": (1, 2), "mark": None}


@dataclasses.dataclass(slots=True)
class Found:
    """One message and where it stands.

    Attributes:
        plural: Its plural form; empty for a message without a count.
        places: The files that use it.
    """

    plural: str = ""
    places: set[str] = dataclasses.field(default_factory=set)


class PluralClash(Exception):
    """Two calls give one singular two different plurals."""


@functools.cache
def collect(root: Path = ROOT) -> Mapping[str, Found]:
    """Every message of the code and the data, by its English text.

    Raises:
        PluralClash: One singular has two plurals.
    """
    found: dict[str, Found] = {}
    for path in sorted((root / "disputedesk").rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for _line, message, _comments, _context in extract_from_file(
            "python", path, keywords=_KEYWORDS
        ):
            singular, plural = message if isinstance(message, tuple) else (message, "")
            _add(found, singular, place, plural)
    for pattern, texts_of in DATA_TEXTS:
        for path in sorted(root.glob(pattern)):
            place = path.relative_to(root).as_posix()
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            for text in texts_of(data):
                _add(found, text, place)
    return found


def collect_outgoing(root: Path = ROOT) -> dict[str, Found]:
    """Every message that a paper which leaves the desk may say."""
    whole = collect(root)
    return {
        text: Found(whole[text].plural, {place})
        for place, others in OUTGOING.items()
        for text in _said(ast.parse((root / place).read_text(encoding="utf-8")), others)
    }


def _said(node: ast.AST, others: frozenset[str]) -> Iterator[str]:
    """The messages in `node`, without those of errors and progress and of the parts `others`."""
    match node:
        case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)) if name in others:
            return
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *_]):
            if name in _TO_THE_USER:
                return
            if name in _KEYWORDS and isinstance(first, ast.Constant):
                yield str(first.value)
    for child in ast.iter_child_nodes(node):
        yield from _said(child, others)


_TO_THE_USER: Final = frozenset(
    {"Refused", "DeskError", "DamagedDesk", "NotFound", "progress", "_progress"}
)
"""Calls whose words are for the user, not for the reader of a paper."""

_PDF: Final = "disputedesk/papers/pdf"
OUTGOING: Final[Mapping[str, frozenset[str]]] = {
    **{
        f"{_PDF}/{name}.py": frozenset()
        for name in (
            "archival", "assembling", "chronology", "cover", "exhibits", "foreign", "index",
            "manifest", "pictures", "printable", "settling",
        )
    },
    "disputedesk/desk/chronology.py": frozenset(),
    "disputedesk/desk/operations/bundles.py": frozenset({"keep_bundle"}),
    "disputedesk/model/platforms.py": frozenset(),
    "disputedesk/papers/packets/separate.py": frozenset(),
    "disputedesk/papers/packets/wording.py": frozenset(
        {
            "_CHANGED", "limits", "confidence", "unknown", "sentence", "_warning", "_change",
            "_remedy",
        }
    ),
    "disputedesk/papers/sections.py": frozenset(),
}  # fmt: skip
"""The modules that give outgoing papers their words, with what in them speaks to the user only."""


def _add(found: dict[str, Found], message: str, place: str, plural: str = "") -> None:
    if not message:
        return
    entry = found.setdefault(message, Found())
    if plural and entry.plural and entry.plural != plural:
        raise PluralClash(f"{place}: {message!r} has {plural!r} and {entry.plural!r}")
    entry.plural = entry.plural or plural
    entry.places.add(place)


# -- what the data hold that is looked up by a variable ------------------------------------------

_RULE_KEYS: Final = frozenset({"title", "summary", "text", "note", "because", "otherwise"})


def _pack_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """Titles, summaries, notes and consequences of rules; examples and sources stay as they are."""
    yield str(data.get("pack", {}).get("title", ""))
    for fact in data.get("fact", {}).values():
        yield from (str(fact.get(key, "")) for key in ("text", "phrase", "question"))
    for part in ("rule", "common"):
        yield from _nested(data.get(part, ()), _RULE_KEYS, without="example")


def _nested(value: object, keys: frozenset[str], *, without: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in keys and isinstance(inner, str):
                yield inner
            elif key != without:
                yield from _nested(inner, keys, without=without)
    elif isinstance(value, list):
        for inner in value:
            yield from _nested(inner, keys, without=without)


def _field_texts(data: Mapping[str, Any]) -> Iterator[str]:
    for part in ("composed", "fact"):
        for entry in data.get(part, {}).values():
            yield from (str(entry.get(key, "")) for key in ("text", "phrase", "question"))


def _form_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """What the screen says of a form; reasons and wishes are the platform's own words."""
    yield from (data["title"], data["summary"], *data.get("enclosures", ()))
    yield from (limit["limit_source"] for limit in data.get("limit", ()))


def _layout_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """What the screen says of a layout; its sources keep their own titles."""
    for layout in data["layout"].values():
        yield from (layout["title"], layout.get("note", ""))


def _packet_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """What the screen says of a destination; its sources keep their own titles."""
    yield from (data["title"], data["about"], *data.get("notes", ()))


def _trick_texts(data: Mapping[str, Any]) -> Iterator[str]:
    for trick in data["trick"]:
        yield from (trick["title"], trick["text"], *trick["advice"])


def _payment_texts(data: Mapping[str, Any]) -> Iterator[str]:
    named = {key for key, value in data["general"].items() if isinstance(value, str)} - {"source"}
    yield from (data["general"][key] for key in sorted(named))
    for row in data["payment"]:
        yield from (row["title"], row["identifier"], row["refund"], *row["care"])
        yield from (value["text"] for value in row.values() if isinstance(value, Mapping))
        yield from (line for line in row["advice"] if line not in named)


def _prompt_texts(data: Mapping[str, Any]) -> Iterator[str]:
    for prompt in data["prompt"]:
        yield from (prompt["title"], *prompt["how"], prompt["why"], prompt["until"])


def _claim_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """What merchants usually say, and what to look for against it; sources stay as they are."""
    for claim in data.get("claim", ()):
        yield from (str(claim.get(key, "")) for key in ("text", "answer"))


DATA_TEXTS: Final[tuple[tuple[str, Callable[[Mapping[str, Any]], Iterable[str]]], ...]] = (
    ("resources/packs/*.toml", _pack_texts),
    ("forms/fields.toml", _field_texts),
    ("forms/*/form.toml", _form_texts),
    ("forms/layouts.toml", _layout_texts),
    ("resources/packets/*.toml", _packet_texts),
    ("resources/safety/messages.toml", _trick_texts),
    ("resources/safety/payments.toml", _payment_texts),
    ("resources/prompts/*.toml", _prompt_texts),
    ("resources/replies/*.toml", _claim_texts),
)


# -- the files -----------------------------------------------------------------------------------


def read_catalogue(path: Path) -> Catalog:
    """The catalogue a `.po` holds."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.stem)


def merged_text(old: str, found: Mapping[str, Found]) -> str:
    """The `.po` with its head kept, obsolete messages dropped and new ones added empty."""
    head = old.split("\n\n", 1)[0].rstrip("\n")
    known = {
        _key(message.id): message.string or "" for message in read_po(io.BytesIO(old.encode()))
    }
    order = sorted(found, key=lambda text: (text.casefold(), text))
    count = read_po(io.BytesIO(old.encode())).num_plurals
    blocks = [head, *(_block(text, found[text], known.get(text, ""), count) for text in order)]
    return "\n\n".join(blocks) + "\n"


def _key(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _block(
    message: str, entry: Found, string: str | tuple[str, ...] | list[str], plurals: int
) -> str:
    lines = [f"#: {' '.join(sorted(entry.places))}", f"msgid {_quoted(message)}"]
    if not entry.plural:
        lines.append(f"msgstr {_quoted(string if isinstance(string, str) else '')}")
        return "\n".join(lines)
    lines.append(f"msgid_plural {_quoted(entry.plural)}")
    forms = ("",) * plurals if isinstance(string, str) else string
    lines += [f"msgstr[{index}] {_quoted(form)}" for index, form in enumerate(forms)]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    if "\n" not in escaped:
        return f'"{escaped}"'
    parts = escaped.split("\n")
    lines = [f'"{part}\\n"' for part in parts[:-1]]
    return "\n".join(['""', *lines, *([f'"{parts[-1]}"'] if parts[-1] else [])])


def compiled(po: Path) -> bytes:
    """The `.mo` of a `.po`: translated messages only, sorted, and the head's plural rule."""
    catalogue = read_catalogue(po)
    rule = catalogue.plural_forms
    texts = {b"": f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {rule}\n".encode()}
    for message in catalogue:
        if message.id and is_translated(message):
            texts[_bytes(message.id)] = _bytes(message.string or "")
    return _packed(sorted(texts.items()))


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its words."""
    string = message.string
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _bytes(text: str | tuple[str, ...] | list[str]) -> bytes:
    return (text if isinstance(text, str) else "\0".join(text)).encode()


def _packed(texts: list[tuple[bytes, bytes]]) -> bytes:
    """The binary layout gettext reads: a header, two tables of lengths and places, the texts."""
    count, start = len(texts), 28
    place = start + 16 * count
    tables: list[bytes] = []
    body = b""
    for part in (0, 1):
        for pair in texts:
            tables.append(struct.pack("<II", len(pair[part]), place + len(body)))
            body += pair[part] + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, place)
    return header + b"".join(tables) + body


def renew() -> dict[str, tuple[int, int]]:
    """Writes every catalogue anew; gives per language how many messages, how many without words."""
    screens, papers = collect(), collect_outgoing()
    counts = {}
    for language in (*LANGUAGES, *PAPER_LANGUAGES):
        found = screens if language in LANGUAGES else papers
        po = TEXTS / f"{language}.po"
        po.write_text(merged_text(po.read_text(encoding="utf-8"), found), encoding="utf-8")
        po.with_suffix(".mo").write_bytes(compiled(po))
        messages = [message for message in read_catalogue(po) if message.id]
        counts[language] = len(messages), sum(not is_translated(m) for m in messages)
    return counts


def main() -> int:
    """Renews the catalogues and tells what is left to translate; 0 when nothing is."""
    counts = renew()
    for language, (total, left) in counts.items():
        sys.stdout.write(f"{language}: {total} messages, {left} without words\n")
    return 1 if any(left for _total, left in counts.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
