"""Dispute texts for a platform's own form: fields with their limits, and files in order."""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Mapping
from typing import Final

from disputedesk.papers.letter import Advice

_HEAD: Final = re.compile(r"^\[(reason|wish|amount|text|files)\](?: .*)?$")
FILES: Final = "files"


@dataclasses.dataclass(frozen=True, slots=True)
class Counter:
    """How much of a field is used, for a live display.

    Attributes:
        limit: Most characters it takes; `None` when there is none.
        remaining: What is left, negative when over; `None` without a limit.
    """

    length: int
    limit: int | None
    remaining: int | None

    @property
    def fits(self) -> bool:
        """Whether the text is within the limit."""
        return self.remaining is None or self.remaining >= 0


class Counted(enum.StrEnum):
    """What a platform counts."""

    CHARACTERS = "characters"
    """Unicode code points; taken where nobody says otherwise."""
    UTF16 = "utf16"
    """What a web page counts by itself: an emoji is two or more."""
    BYTES = "bytes"
    """UTF-8: a Cyrillic letter is two."""


def count(text: str, limit: int | None, counted: Counted = Counted.CHARACTERS) -> Counter:
    """The counter of `text` as it stands now, counted as the platform does."""
    if counted is Counted.UTF16:
        length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    elif counted is Counted.BYTES:
        length = len(text.encode("utf-8", "surrogatepass"))
    else:
        length = len(text)
    return Counter(length, limit, None if limit is None else limit - length)


@dataclasses.dataclass(frozen=True, slots=True)
class SubmissionField:
    """One field of the platform's form.

    Attributes:
        name: `reason`, `wish`, `amount`, `text`.
        label: What it is called here, in the language of the screen.
        text: What to put there, in the language of the submission.
        limit: Most characters; `None` when none is set.
        limit_source: Who says so, in words; shown beside the counter.
        choices: The platform's words to choose from, where it is a choice.
        described: Whether `text` only says what is meant, as nobody knows the platform's words.
        own: Whether the limit is only a working limit of ours.
        counted: What the platform counts.
    """

    name: str
    label: str
    text: str
    limit: int | None = None
    limit_source: str = ""
    choices: tuple[str, ...] = ()
    described: bool = False
    own: bool = False
    counted: Counted = Counted.CHARACTERS

    @property
    def counter(self) -> Counter:
        """How much of the field its text uses."""
        return count(self.text, self.limit, self.counted)


@dataclasses.dataclass(frozen=True, slots=True)
class SubmissionFile:
    """One file to upload, in order.

    Attributes:
        position: From 1, the order to upload in.
        exhibit: The exhibit's number in the case.
        name: The file's name.
        caption: What is seen, one line.
    """

    position: int
    exhibit: int
    name: str
    caption: str
    media_type: str
    size: int


@dataclasses.dataclass(frozen=True, slots=True)
class Submission:
    """A dispute text, ready to be put into a platform's form.

    Attributes:
        title: What it is, in the language of the screen.
        advice: What would make it stronger, in the language of the screen.
    """

    form: str
    language: str
    title: str
    platform: str
    fields: tuple[SubmissionField, ...]
    files: tuple[SubmissionFile, ...] = ()
    advice: tuple[Advice, ...] = ()

    def field(self, name: str) -> SubmissionField:
        """The field called `name`."""
        return next(field for field in self.fields if field.name == name)

    @property
    def fits(self) -> bool:
        """Whether every text is within its limit."""
        return all(field.counter.fits for field in self.fields)

    def with_texts(self, texts: Mapping[str, str]) -> Submission:
        """The same with other texts in the fields named; names it has not are left out."""
        fields = tuple(
            dataclasses.replace(field, text=texts.get(field.name, field.text))
            for field in self.fields
        )
        return dataclasses.replace(self, fields=fields)

    def as_text(self) -> str:
        """All of it as it is sealed: each field under a line with its name, then the files."""
        parts = [f"[{field.name}] {field.label}\n{field.text}\n" for field in self.fields]
        files = "\n".join(f"{file.position}. {file.name}  {file.caption}" for file in self.files)
        return "\n".join((*parts, f"[{FILES}]\n{files}"))


def texts_in(sealed: str) -> dict[str, str]:
    """The texts of a sealed submission by field, and its list of files under `files`.

    A text may hold a line that looks like one of ours: only the first of each name counts, and of
    `files` the last.
    """
    lines = sealed.split("\n")
    heads: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        match = _HEAD.match(line)
        name = match.group(1) if match else ""
        if name and name != FILES and name not in {each for _, each in heads}:
            heads.append((at, name))
    last = max((at for at, line in enumerate(lines) if line == f"[{FILES}]"), default=len(lines))
    heads = [each for each in heads if each[0] < last]
    heads = _before_text(heads)
    ends = [at for at, _ in heads[1:]] + [last]
    found = {
        name: "\n".join(lines[at + 1 : end]).strip("\n")
        for (at, name), end in zip(heads, ends, strict=True)
    }
    return found | {FILES: "\n".join(lines[last + 1 :])}


def _before_text(heads: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Up to the text, which is the last field: what looks like a head inside it is its own."""
    names = [name for _, name in heads]
    return heads[: names.index("text") + 1] if "text" in names else heads
