"""`bankform`: the bank's own PDF, mapped once and filled for any case."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.cli.session import Session
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import mark, tr, trn
from disputedesk.desk.operations import bank_forms as operations
from disputedesk.desk.queries import bank_forms as queries
from disputedesk.desk.queries.cases import find_case

if TYPE_CHECKING:
    from disputedesk.papers.bankform.filled import FilledForm
    from disputedesk.papers.bankform.places import Place

_STATES = {
    "filled": mark("filled"),
    "ticked": mark("ticked"),
    "empty": mark("not ticked"),
    "by_hand": mark("by hand"),
    "unsaid": mark("nobody said"),
    "kept": mark("by the bank"),
    "missing": mark("missing"),
    "fault": mark("does not fit"),
}


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the command its arguments."""
    verbs = parsers["bankform"].add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", parents=[shared], help=tr("keep a form as the bank gave it out"))
    add.add_argument("file", type=Path, metavar=tr("FILE"))
    add.add_argument("--issuer", default="", help=tr("the bank, as its cards name it"))
    add.add_argument("--name", default="", help=tr("what it is called in lists"))
    add.set_defaults(run=run_add)
    listing = verbs.add_parser("list", parents=[shared], help=tr("the forms that are kept"))
    listing.add_argument("--case", default="", help=tr("those for this case's bank first"))
    listing.set_defaults(run=run_list)
    fields = verbs.add_parser("fields", parents=[shared], help=tr("what a form asks for"))
    fields.add_argument("form", type=int, metavar=tr("ID"))
    fields.set_defaults(run=run_fields)
    mapping = verbs.add_parser(
        "map",
        parents=[shared],
        help=tr("say what belongs into places: FIELD=value name, FIELD==fixed words, FIELD=hand, "
                "for a box FIELD=value name:value"),
    )  # fmt: skip
    mapping.add_argument("form", type=int, metavar=tr("ID"))
    mapping.add_argument("places", nargs="+", metavar=tr("FIELD=SOURCE"))
    mapping.set_defaults(run=run_map)
    values = verbs.add_parser("values", parents=[shared], help=tr("the values there are"))
    values.set_defaults(run=run_values)
    filling = verbs.add_parser("fill", parents=[shared], help=tr("fill a form for a case"))
    filling.add_argument("form", type=int, metavar=tr("ID"))
    filling.add_argument("case", metavar=tr("CASE"))
    filling.add_argument("-o", "--output", type=Path, metavar=tr("FILE"))
    filling.add_argument("--in", dest="speech", help=tr("language of the values"))
    filling.add_argument(
        "--check", action="store_true", help=tr("only say how each place comes out")
    )
    filling.set_defaults(run=run_fill)


def run_add(session: Session) -> int:
    """Keeps a form and says what its places are taken for."""
    arguments = session.arguments
    with session.desk() as desk:
        outcome = operations.add_bank_form(
            desk, arguments.file, name=arguments.name, issuer=arguments.issuer
        )
        view = queries.bank_form_view(desk, outcome.value.id)
    form = outcome.value
    session.report.line(outcome.said)
    said = sum(bool(place.kept.source) for place in view.places)
    session.report.line(
        tr("Form {number}: {said} of {count} places mapped; look at them with: bankform fields "
           "{number}", number=form.id, said=said, count=len(view.places))
    )  # fmt: skip
    for note in view.notes:
        session.report.line(note)
    session.report.answer({"form": form, "notes": view.notes, "places": _plain(view.places)})
    return 0


def run_list(session: Session) -> int:
    """Lists the forms."""
    with session.desk(create=False) as desk:
        case = find_case(desk, session.arguments.case) if session.arguments.case else None
        rows = queries.bank_forms(desk, case)
    session.report.answer({"forms": rows})
    session.report.table(
        [
            (
                str(row.form.id), row.form.name, row.form.issuer or tr("any bank"),
                trn("{count} page", "{count} pages", row.form.pages),
                tr("{said} of {count} places mapped", said=row.said, count=row.places),
            )
            for row in rows
        ]
    )  # fmt: skip
    if not rows:
        session.report.line(tr("No bank's form yet. bankform add takes one in."))
    return 0


def run_fields(session: Session) -> int:
    """Lists the places of a form."""
    with session.desk(create=False) as desk:
        view = queries.bank_form_view(desk, session.arguments.form)
    session.report.answer({"form": view.form, "places": _plain(view.places)})
    session.report.table([_line(place) for place in view.places])
    for note in view.notes:
        session.report.line(note)
    return 0


def _line(place: Place) -> tuple[str, ...]:
    kept, field = place.kept, place.field
    where = tr("page {page}", page=kept.page)
    state = f"/{kept.on_state}" if kept.on_state else ""
    source = kept.source + (f":{kept.when}" if kept.when else "")
    left, top, width, height = (f"{side / 10:g}" for side in kept.box)
    box = f"{left},{top} {width}×{height} mm"
    return (f"#{kept.id}", kept.name + state, str(field.kind), where, box, source or "–",
            field.label)  # fmt: skip


def _plain(places: tuple[Place, ...]) -> list[dict[str, object]]:
    return [
        {
            "number": place.kept.id, "name": place.kept.name, "on_state": place.kept.on_state,
            "kind": str(place.field.kind), "label": place.field.label, "page": place.kept.page,
            "box_mm": [side / 10 for side in place.kept.box], "source": place.kept.source,
            "when": place.kept.when, "max_length": place.field.max_length,
            "options": [text or value for value, text in place.field.options],
        }
        for place in places
    ]  # fmt: skip


def run_map(session: Session) -> int:
    """Says what belongs into some places."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        places = queries.bank_form_view(desk, arguments.form).places
        mapping: dict[int, str] = {}
        for text in arguments.places:
            mapping.update(_mapped(places, text))
        outcome = operations.map_fields(desk, arguments.form, mapping)
        view = queries.bank_form_view(desk, arguments.form)
    changed = tuple(place for place in view.places if place.kept.id in mapping)
    session.report.answer({"form": outcome.value, "places": _plain(changed)})
    session.report.table([_line(place) for place in changed])
    return 0


def _mapped(places: tuple[Place, ...], text: str) -> dict[int, str]:
    """Numbers of the places that are meant, each with its source.

    Raises:
        Refused: No source was said.
        NotFound: The form has no such place.
    """
    if "=" not in text:
        raise Refused(
            tr("“{text}” does not say what belongs there.", text=text), "bankform",
            tr("Write FIELD=source, as in holder=sender_name."),
        )  # fmt: skip
    found: dict[int, str] = {}
    longest = 0
    for place in places:
        kept = place.kept
        names = (f"#{kept.id}", kept.name, f"{kept.name}/{kept.on_state}")
        for name in names:
            if text.startswith(f"{name}=") and len(name) >= longest:
                found = found if len(name) == longest else {}
                longest = len(name)
                found[kept.id] = text[len(name) + 1 :]
    if not found:
        raise NotFound(
            tr("This form has no place for “{text}”.", text=text), "bankform",
            tr("bankform fields lists them, each with a number to name it by: #12=hand."),
        )  # fmt: skip
    return found


def run_values(session: Session) -> int:
    """Lists the values that can fill a place."""
    choices = queries.source_choices(ticks=True)
    session.report.answer({"values": [{"name": n, "question": q} for n, q in choices]})
    session.report.table(choices)
    return 0


def run_fill(session: Session) -> int:
    """Fills a form, or says how each place would come out."""
    arguments = session.arguments
    if arguments.output is None and not arguments.check:
        raise Refused(
            tr("No file was named for the form."), "bankform",
            tr("Name one with -o FILE.pdf, or ask with --check how it would come out."),
        )  # fmt: skip
    with session.desk(create=False) as desk:
        case_id = find_case(desk, arguments.case)
        if arguments.check:
            filled = queries.draft_bank_form(
                desk, arguments.form, case_id, language=arguments.speech
            )
            return _tell(session, filled)
        from disputedesk.desk.operations.papers import save_document

        outcome = operations.fill_bank_form(
            desk, case_id, arguments.form, language=arguments.speech
        )
        save_document(desk, outcome.value.id, arguments.output)
        filled = queries.draft_bank_form(desk, arguments.form, case_id, language=arguments.speech)
    document = outcome.value
    pages = trn("{count} page", "{count} pages", document.pages)
    session.report.line(f"{arguments.output}: {document.title}, {pages}")
    for spot in (*filled.by_hand, *(s for s in filled.spots if str(s.state) == "missing")):
        session.report.line(f"{spot.place.label}: {spot.why}")
    session.report.answer({"file": arguments.output, "document": document,
                           "spots": _spots(filled)})  # fmt: skip
    return 0


def _tell(session: Session, filled: FilledForm) -> int:
    session.report.answer({"language": filled.language, "spots": _spots(filled)})
    session.report.table(
        [
            (f"#{spot.place.kept.id}", tr(_STATES[str(spot.state)]), spot.place.label,
             spot.why or spot.text.replace("\n", " / "))
            for spot in filled.spots
        ]
    )  # fmt: skip
    return 1 if filled.stopping else 0


def _spots(filled: FilledForm) -> list[dict[str, object]]:
    return [
        {
            "number": spot.place.kept.id, "name": spot.place.kept.name,
            "on_state": spot.place.kept.on_state, "state": str(spot.state), "text": spot.text,
            "why": spot.why, "asks": spot.asks, "stops": spot.stops,
        }
        for spot in filled.spots
    ]  # fmt: skip
