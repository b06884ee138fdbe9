"""Forms of one's own: a shipped form turned into plain text, and what is wrong with such a text.

A form of one's own knows only `{{field}}`: no condition, no loop, no file. So a copy is made for
one reason and one language, with every condition decided, and the text is the user's from then on.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from disputedesk.common.texts import tr
from disputedesk.papers.filling import MOST_CHARACTERS, decided
from disputedesk.papers.form import SECTIONS_OF, Form, Limit, Need, Reason
from disputedesk.papers.vocabulary import field_names

_FIELD: Final = re.compile(r"\{\{(.*?)\}\}")
_NAME: Final = re.compile(r"\s*([a-z][a-z0-9_]*)\s*")
_SECTION: Final = re.compile(r"\[([a-z]+)\]\s*")
_MARKS: Final = ("{%", "{#", "{{", "}}")
_ALWAYS: Final = frozenset({
    "amount_charged", "amount_disputed", "case_number", "items", "last_day", "merchant",
    "order_number", "recipient_name", "sender_address", "sender_name", "today",
    "transaction_date", "problem_text",
})  # fmt: skip
"""Fields that nearly every case knows."""
_ATTEMPT: Final = {
    "on": "contacted_seller_on", "channel": "contact_channel", "who": "contact_person",
    "answer": "seller_answer",
}  # fmt: skip
"""What is said of an attempt to resolve, and the field that tells it."""


@dataclasses.dataclass(frozen=True, slots=True)
class BodyFaultAt:
    """One thing that is wrong with a text of one's own.

    Attributes:
        line: The line, from 1; 0 where it is the text as a whole.
        why: What is wrong, a whole sentence.
    """

    line: int
    why: str

    def __str__(self) -> str:
        """Line and sentence."""
        return tr("Line {line}: {why}", line=self.line, why=self.why) if self.line else self.why


def faults_of(body: str, form: Form) -> tuple[BodyFaultAt, ...]:
    """What is wrong with a text of one's own, line by line; empty where it can be used."""
    if len(body) > MOST_CHARACTERS:
        told = tr("The body has {count} characters; at most {most} are read.",
                  count=len(body), most=MOST_CHARACTERS)  # fmt: skip
        return (BodyFaultAt(0, told),)
    found = list(_section_faults(body, form))
    for number, line in enumerate(body.split("\n"), start=1):
        found += [BodyFaultAt(number, why) for why in _line_faults(line)]
    return tuple(sorted(found, key=lambda fault: fault.line))


def _section_faults(body: str, form: Form) -> Iterator[BodyFaultAt]:
    allowed = [section.value for section in SECTIONS_OF[form.kind]]
    seen: list[str] = []
    for number, line in enumerate(body.split("\n"), start=1):
        match = _SECTION.fullmatch(line)
        if match is None:
            continue
        name = match[1]
        if name not in allowed:
            yield BodyFaultAt(number, tr("There is no section [{name}]; there are: {names}.",
                                         name=name, names=", ".join(allowed)))  # fmt: skip
        elif name in seen or any(allowed.index(name) < allowed.index(other) for other in seen):
            yield BodyFaultAt(number, tr("The sections stand once each, in this order: {names}.",
                                         names=", ".join(allowed)))  # fmt: skip
        else:
            seen.append(name)
    if not any(map(_SECTION.fullmatch, body.split("\n"))):
        yield BodyFaultAt(
            0, tr("The body has no section; begin it with [{name}].", name=allowed[0])
        )


def _line_faults(line: str) -> Iterator[str]:
    for match in _FIELD.finditer(line):
        name = _NAME.fullmatch(match[1])
        if name is None:
            yield tr("“{text}” is no field; write {field}.", text=match[0], field="{{field}}")
        elif name[1] not in field_names():
            yield tr("No field is called “{name}”.", name=name[1])
    rest = _FIELD.sub("", line)
    for mark in _MARKS:
        if mark in rest:
            yield tr("Only {field} may stand in a form of your own; found “{mark}”.",
                     field="{{field}}", mark=mark)  # fmt: skip
    if line.startswith("> ") and line[2:].strip() not in field_names():
        yield tr("No field is called “{name}”.", name=line[2:].strip())


def plain_body(form: Form, reason: Reason, language: str, words: Mapping[str, str]) -> str:
    """A shipped form's body for one reason and language, its fields left as `{{field}}`.

    Args:
        form: A shipped form.
        reason: The reason it is written for; its mandatory fields stay in the text.
        language: One of the form's languages.
        words: What is known of a case beside: names of fields that stay too, with the words that
            conditions compare; an empty word keeps the field.
    """
    kept = _ALWAYS | _names(reason.mandatory, words) | set(words)
    known = {name: "{{" + name + "}}" for name in kept & field_names()}
    known |= {name: word for name, word in words.items() if word}
    known |= {
        "reason": reason.id, "problem": words.get("problem") or reason.problems[0].value,
        "timeliness": "in_time", "is_partial": "no",
    }  # fmt: skip
    attempt = {
        part: "{{" + name + "}}" if not words or name in kept else ""
        for part, name in _ATTEMPT.items()
    }
    text = decided(
        form.bodies[language], known, language=language, attempts=({**attempt, "proof": ""},)
    )
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _names(needs: Collection[Need], known: Collection[str]) -> set[str]:
    """One field of each need that always holds: one that is known, else the first to ask for."""
    return {
        next((name for name in need.names if name in known), need.names[0])
        for need in needs
        if not need.given
    }


def form_toml(form: Form, reason: Reason, language: str, *, new_id: str, title: str) -> str:
    """The `form.toml` of a copy of `form` for one reason and one language."""
    top: dict[str, Any] = {
        "id": new_id, "kind": str(form.kind), "title": title, "summary": form.summary,
        "avenues": list(form.avenues), "rules": list(form.rules), "languages": [language],
        "recipient": str(form.recipient), "checked_on": form.checked_on,
        "declaration": form.declaration, "platform": form.platform,
        "summary_rows": list(form.summary_rows), "references": list(form.references),
        "enclosures": list(form.enclosures), "group": str(form.group),
        "stages": list(form.stages), "moment": str(form.moment), "countries": list(form.countries),
    }  # fmt: skip
    parts = [_table("", top)]
    for key, words in (("department", form.department), ("names", form.names)):
        if words.get(language) is not None:
            parts.append(_table(f"[{key}]", {language: words[language]}))
    if form.office is not None:
        office = form.office
        parts.append(_table("[office]", {
            "name": {language: office.name[language]}, "country": office.country,
            "url": office.url, "source": office.source, "checked_on": office.checked_on,
            "address": office.address,
        }))  # fmt: skip
    parts.append(_table("[[reason]]", {
        "id": reason.id, "problems": [problem.value for problem in reason.problems],
        "mandatory": [_need(need) for need in reason.mandatory],
        "recommended": [_need(need) for need in reason.recommended],
    }))  # fmt: skip
    parts += [_limit(limit) for limit in form.limits]
    parts += [
        _table("[[by_hand]]", {
            "places": list(blank.places), "label": {language: blank.label[language]},
            "reason": {language: blank.reason[language]},
        })
        for blank in form.by_hand
    ]  # fmt: skip
    parts += [
        _table("[[source]]", {"title": s.title, "url": s.url, "checked_on": s.checked_on})
        for s in form.sources
    ]
    return "\n".join(parts)


def _limit(limit: Limit) -> str:
    return _table("[[limit]]", {
        "name": limit.name, "limit": limit.characters, "limit_source": limit.source,
        "own": limit.own,
    })  # fmt: skip


def _need(need: Need) -> str:
    names = "|".join(need.names)
    return f"{names} if {need.given}" if need.given else names


def _table(head: str, values: Mapping[str, Any]) -> str:
    lines = [head] if head else []
    lines += [f"{key} = {_value(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_value(v)}" for k, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
