"""Bodies filled with values: structure first, values last.

A body is text in sections (`[request]` on a line of its own). Inside a section an empty line ends a
paragraph, `* ` begins a numbered statement, `> name` quotes a field. Shipped bodies may use Jinja's
conditions and loops; bodies from a desk's own folder know `{{field}}` alone.

Every value enters as a closed token – two private-use characters around a number – and is put in
place after the body has been cut into blocks. So no value can begin a section, a statement or a
quote, and no value is ever read as a template.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.texts import tr
from disputedesk.papers.letter import BlockKind, Section
from disputedesk.papers.values import Values
from disputedesk.papers.vocabulary import CONTROL_NAMES, LIST_NAMES, field_names

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_CHARACTERS: Final = 65_536
"""Longest body, and longest text a body may give before its values are put in place."""

_KEPT: Final = 512
"""Bodies that stay checked and compiled: every shipped one, and some of the desk's own."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_TOKEN_AND_STOP: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}(\u00a0?[”»“]?)(\\.?)")
_STOPS: Final = (".", "!", "?", "…")
"""A value that ends so is not given a second stop by its sentence."""

_SECTION: Final = re.compile(r"^\[([a-z]+)\][ \t]*$", re.MULTILINE)
_QUOTE: Final = re.compile(r"^[ \t]*> (.*)$", re.MULTILINE)
_PLAIN: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


_ALLOWED: Final = frozenset({
    "Template", "Output", "TemplateData", "Name", "If", "For", "Getattr", "Call", "Const", "List",
    "Compare", "Operand", "And", "Or", "Not",
})  # fmt: skip
"""What a shipped body is made of: texts, fields, conditions, one loop, and the call of `ex`."""


class BodyFault(Exception):
    """A body that cannot be used: what is wrong with it. The loader says where."""


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """One block before it is numbered.

    Attributes:
        field: Of a quote, the field quoted.
        exhibits: The exhibits its text cites.
    """

    section: Section
    kind: BlockKind
    text: str
    field: str = ""
    exhibits: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Filled:
    """A filled body.

    Attributes:
        unknown: Fields it wanted to print that nobody knows; then it must not be used.
    """

    pieces: tuple[Piece, ...]
    unknown: tuple[str, ...] = ()

    def of(self, section: Section) -> tuple[Piece, ...]:
        """The pieces of one section, in order."""
        return tuple(piece for piece in self.pieces if piece.section is section)


@dataclasses.dataclass(frozen=True, slots=True)
class Cited:
    """A citation as it is printed, and the exhibits it names; empty when nothing proves it."""

    text: str
    exhibits: tuple[int, ...]


class _Tokens:
    """Hands out tokens for texts, and puts the texts in place of them."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, tuple[int, ...]]] = []

    def take(self, text: str, exhibits: tuple[int, ...] = ()) -> str:
        self._texts.append((text, exhibits))
        return f"{_OPEN}{len(self._texts) - 1}{_CLOSE}"

    def put_back(self, text: str, *, one_line: bool) -> str:
        def value(match: re.Match[str]) -> str:
            taken = self._texts[int(match.group(1))][0]
            shown = on_one_line(taken) if one_line else taken
            stop = "" if shown.endswith(_STOPS) else match.group(3)
            return f"{shown}{match.group(2)}{stop}"

        return _TOKEN_AND_STOP.sub(value, text)

    def exhibits_in(self, text: str) -> tuple[int, ...]:
        cited = (self._texts[int(m.group(1))][1] for m in _TOKEN.finditer(text))
        return tuple(sorted({number for numbers in cited for number in numbers}))


def on_one_line(text: str) -> str:
    """`text` without line breaks: a comma where a line ended without a stop."""
    lines = [line for line in text.split("\n") if line]
    ended = [line if line[-1] in ".,;:!?" else f"{line}," for line in lines[:-1]]
    return " ".join((*ended, *lines[-1:]))


class _Unknown:
    """A field nobody knows: false in a condition, noted when a body prints it."""

    __slots__ = ("_missing", "_name")

    def __init__(self, name: str, missing: list[str]) -> None:
        self._name = name
        self._missing = missing

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        if self._name not in self._missing:
            self._missing.append(self._name)
        return ""


def check_outline(source: str, sections: tuple[Section, ...]) -> None:
    """Does nothing for a body whose size, characters and sections are right.

    What stands inside the sections is `check_body`'s business; this much needs no template engine.

    Raises:
        BodyFault: It is too long, or has a section this kind of form has not.
    """
    if len(source) > MOST_CHARACTERS:
        told = tr("The body has {count} characters; at most {most} are read.",
                  count=len(source), most=MOST_CHARACTERS)  # fmt: skip
        raise BodyFault(told)
    if _OPEN in source or _CLOSE in source:
        raise BodyFault(tr("The body holds private-use characters."))
    _check_sections(source, sections)


@functools.lru_cache(maxsize=_KEPT)
def check_body(source: str, sections: tuple[Section, ...], *, plain: bool) -> None:
    """Does nothing for a body that can be used.

    Raises:
        BodyFault: It is too long, has a section this kind of form has not, names a field that does
            not exist, or is no valid template.
    """
    check_outline(source, sections)
    names = _plain_names(source) if plain else _template_names(source)
    names |= {line.strip() for line in _QUOTE.findall(source)}
    unknown = sorted(names - field_names() - CONTROL_NAMES)
    if unknown:
        raise BodyFault(tr("No field is called “{name}”.", name=unknown[0]))


def fill(
    source: str,
    values: Values,
    *,
    plain: bool,
    language: str,
    cite: Callable[[tuple[str, ...]], Cited],
    lists: Mapping[str, tuple[Mapping[str, str], ...]] | None = None,
) -> Filled:
    """`source` with its values, as pieces.

    Args:
        source: A body that `check_body` let pass.
        values: What is known.
        plain: Whether only `{{field}}` is understood.
        language: Known to the body as `language`.
        cite: Gives the citation for the named claims.
        lists: What a body may go through with `for`, by name: per row its texts by name. A text
            called `proof` names claims, separated by spaces, and prints their citation; a name
            without text is false in a condition.

    Raises:
        BodyFault: The template gave more text than any letter needs, or failed.
    """
    tokens, missing = _Tokens(), list[str]()
    names = field_names() | {"reason"}
    known: dict[str, object] = {
        name: (values[name].text if values[name].word else tokens.take(values[name].text))
        if name in values
        else _Unknown(name, missing)
        for name in names
    }

    def ex(*claims: str) -> str:
        cited = cite(claims)
        return tokens.take(cited.text, cited.exhibits) if cited.text else ""

    if plain:
        text = _PLAIN.sub(lambda match: str(known[match.group(1)]), source)
    else:

        def row_of(row: Mapping[str, str]) -> dict[str, str]:
            return {
                k: (ex(*v.split(" ")) if k == "proof" else tokens.take(v)) if v else ""
                for k, v in row.items()
            }

        empty = dict.fromkeys(LIST_NAMES, ())
        rows = {
            name: [row_of(row) for row in each]
            for name, each in (empty | dict(lists or {})).items()
        }
        text = _render(source, known | {"ex": ex, "language": language} | rows)
    pieces = _pieces(text, tokens, values)
    return Filled(pieces, tuple(missing))


def decided(
    source: str,
    known: Mapping[str, str],
    *,
    language: str,
    attempts: tuple[Mapping[str, str], ...] = (),
) -> str:
    """A shipped body with its conditions decided by `known`, which it prints; nothing is cited.

    Raises:
        BodyFault: It gave more text than any letter needs, or failed.
    """
    names = dict.fromkeys(field_names() | {"reason"}, "") | dict(known)
    lists: dict[str, object] = dict.fromkeys(LIST_NAMES, ())
    return _render(
        source, names | lists | {"attempts": attempts, "language": language, "ex": lambda *_: ""}
    )


def _check_sections(source: str, allowed: tuple[Section, ...]) -> None:
    found = _SECTION.findall(source)
    names = [section.value for section in allowed]
    for name in found:
        if name not in names:
            raise BodyFault(
                tr(
                    "There is no section [{name}]; there are: {names}.",
                    name=name,
                    names=", ".join(names),
                )
            )
    if found != sorted(found, key=names.index) or len(set(found)) != len(found):
        raise BodyFault(
            tr("The sections stand once each, in this order: {names}.", names=", ".join(names))
        )
    if not found:
        raise BodyFault(tr("The body has no section; begin it with [{name}].", name=names[0]))


def _plain_names(source: str) -> set[str]:
    rest = _PLAIN.sub("", source)
    for mark in ("{{", "{%", "{#"):
        if mark in rest:
            raise BodyFault(
                tr(
                    "Only {field} may stand in a form of your own; found “{mark}”.",
                    field="{{field}}",
                    mark=mark,
                )
            )
    return set(_PLAIN.findall(source))


def _template_names(source: str) -> set[str]:
    import jinja2
    from jinja2 import meta, nodes

    try:
        tree = _tree(source)
        for node in tree.find_all(nodes.Node):
            kind = type(node).__name__
            called = isinstance(node, nodes.Call) and getattr(node.node, "name", "") != "ex"
            if kind not in _ALLOWED or called:
                raise BodyFault(
                    tr("Line {line}: “{kind}” is not used in forms.", line=node.lineno, kind=kind)
                )
        return set(meta.find_undeclared_variables(tree))
    except jinja2.TemplateSyntaxError as error:
        raise BodyFault(tr("Line {line}: {why}", line=error.lineno, why=error.message)) from error


@functools.cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Jinja without filters that grow text, without multiplication, without a loader."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Strict(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**", "%", "+", "~"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise jinja2.exceptions.SecurityError(f"{operator} is not used in forms")

    env = Strict(
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.clear()
    env.globals.clear()
    return env


@functools.lru_cache(maxsize=_KEPT)
def _template(source: str) -> jinja2.Template:
    """The compiled body; compiling takes longer than filling."""
    return _environment().from_string(_tree(source))


@functools.lru_cache(maxsize=1)
def _tree(source: str) -> nodes.Template:
    """The parsed body; it is compiled right after it was checked."""
    return _environment().parse(source)


def _render(source: str, known: Mapping[str, object]) -> str:
    import jinja2

    try:
        parts: list[str] = []
        size = 0
        for part in _template(source).generate(known):
            size += len(part)
            if size > MOST_CHARACTERS:
                raise BodyFault(
                    tr("The body gives more than {most} characters.", most=MOST_CHARACTERS)
                )
            parts.append(part)
    except jinja2.TemplateError as error:
        raise BodyFault(str(error)) from error
    return "".join(parts)


def _pieces(text: str, tokens: _Tokens, values: Values) -> tuple[Piece, ...]:
    cuts = list(_SECTION.finditer(text))
    pieces: list[Piece] = []
    for index, cut in enumerate(cuts):
        end = cuts[index + 1].start() if index + 1 < len(cuts) else len(text)
        section = Section(cut.group(1))
        for raw in _raw_blocks(text[cut.end() : end]):
            piece = _piece(section, raw, tokens, values)
            if piece is not None:
                pieces.append(piece)
    return tuple(pieces)


def _raw_blocks(text: str) -> list[str]:
    """The blocks of a section: cut at empty lines, and before each statement and quote."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or stripped.startswith(("* ", "> ")):
            blocks.append([])
        if stripped:
            blocks[-1].append(stripped)
    return [" ".join(block) for block in blocks if block]


def _piece(section: Section, raw: str, tokens: _Tokens, values: Values) -> Piece | None:
    if raw.startswith("> "):
        field = raw[2:].strip()
        text = values.text(field)
        return Piece(section, BlockKind.QUOTE, text, field) if text else None
    kind = BlockKind.STATEMENT if raw.startswith("* ") else BlockKind.PARAGRAPH
    body = raw.removeprefix("* ")
    text = " ".join(tokens.put_back(body, one_line=True).split(" ")).strip()
    if not text:
        return None
    return Piece(section, kind, re.sub(" {2,}", " ", text), "", tokens.exhibits_in(body))
