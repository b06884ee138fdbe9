"""`client mandate`, `client mandates`, `client letterhead`: signing for others."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING, Any

from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day, a_number
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import day_text, tr
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import agency as operations
from disputedesk.desk.queries import agency as queries
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.people import find_client
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.cli.commands import Subparsers

_HEAD_FIELDS = ("organisation", "address", "country", "email", "phone")


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Adds the words to `client`."""
    mandate = verbs.add_parser("mandate", parents=[shared], help=tr("a client lets somebody act"))
    mandate.add_argument("name", metavar=tr("CLIENT"))
    mandate.add_argument("--number", type=a_number, help=tr("a mandate to correct"))
    mandate.add_argument("--agent", help=tr("the name that signs"))
    mandate.add_argument("--scope", help=tr("what for, in words"))
    mandate.add_argument("--signed", type=a_day, metavar=tr("DATE"))
    mandate.add_argument("--until", type=a_day, metavar=tr("DATE"))
    mandate.add_argument("--consent", action="store_true", default=None,
                         help=tr("the client agreed to the handling of their data"))  # fmt: skip
    mandate.add_argument("--revoked", type=a_day, metavar=tr("DATE"))
    mandate.add_argument("--paper", metavar=tr("CASE:EXHIBIT"), help=tr("the signed paper"))
    mandate.set_defaults(run=run_mandate)
    listing = verbs.add_parser("mandates", parents=[shared], help=tr("what a client signed"))
    listing.add_argument("name", metavar=tr("CLIENT"))
    listing.set_defaults(run=run_mandates)
    head = verbs.add_parser("letterhead", parents=[shared], help=tr("the head of a helper's paper"))
    head.add_argument("name", nargs="?", default="", help=tr("what it is called; without it: list"))
    head.add_argument("--agent", help=tr("the name that signs"))
    for field in _HEAD_FIELDS:
        head.add_argument(f"--{field}", dest=f"own_{field}")
    head.add_argument("--logo", metavar=tr("CASE:EXHIBIT"), help=tr("a picture kept as exhibit"))
    head.add_argument("--standard", action="store_true", default=None,
                      help=tr("letters for clients take it"))  # fmt: skip
    head.add_argument("--remove", action="store_true")
    head.set_defaults(run=run_letterhead)


def run_mandate(session: Session) -> int:
    """Adds a mandate, corrects one, or revokes it."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        client = find_client(desk, arguments.name)
        known = next(
            (each for each in queries.mandates(desk, client) if each.id == arguments.number), None
        )
        if arguments.number is not None and known is None:
            raise NotFound(
                tr("This client has no mandate {number}.", number=arguments.number), arguments.name
            )
        given: dict[str, Any] = {
            "agent": arguments.agent, "scope": arguments.scope, "signed_on": arguments.signed,
            "ends_on": arguments.until, "consent": arguments.consent,
            "revoked_on": arguments.revoked,
            "evidence": _evidence(desk, arguments.paper) if arguments.paper else None,
        }  # fmt: skip
        given = {name: value for name, value in given.items() if value is not None}
        outcome = operations.set_mandate(
            desk, dataclasses.replace(known or Mandate(0, client, ""), **given)
        )
    session.report.line(outcome.said)
    session.report.answer({"mandate": outcome.value})
    return 0


def run_mandates(session: Session) -> int:
    """Lists a client's mandates, and whether somebody may sign today."""
    with session.desk(create=False) as desk:
        found = queries.mandates(desk, find_client(desk, session.arguments.name))
        today = desk.today
    session.report.answer({"mandates": found})
    for each in found:
        state = tr("in force") if each.holds_on(today) else tr("not in force")
        signed = day_text(each.signed_on) if each.signed_on else tr("not signed yet")
        session.report.line(f"{each.id}  {each.agent}, {signed}, {state}: {each.scope}")
    if not found:
        session.report.line(tr("This client signed no mandate."))
    return 0


def run_letterhead(session: Session) -> int:
    """Lists the letterheads, or adds, corrects or removes the one of this name."""
    arguments = session.arguments
    with session.desk() as desk:
        heads = queries.letterheads(desk)
        if not arguments.name:
            session.report.answer({"letterheads": heads})
            session.report.table([(str(h.id), h.name, h.agent, h.organisation) for h in heads])
            return 0
        known = next((head for head in heads if head.name == arguments.name), None)
        if arguments.remove:
            number = 0 if known is None else known.id
            said, kept = operations.remove_letterhead(desk, number).said, None
        else:
            outcome = operations.set_letterhead(desk, _head(desk, known, arguments))
            said, kept = outcome.said, outcome.value
    session.report.line(said)
    session.report.answer({"letterhead": kept})
    return 0


def _head(desk: Desk, known: Letterhead | None, arguments: argparse.Namespace) -> Letterhead:
    given: dict[str, Any] = {
        field: value.replace("\\n", "\n")
        for field in _HEAD_FIELDS
        if (value := getattr(arguments, f"own_{field}")) is not None
    }
    if arguments.agent is not None:
        given["agent"] = arguments.agent
    if arguments.standard is not None:
        given["standard"] = True
    if arguments.logo:
        given["logo"] = _evidence(desk, arguments.logo)
    return dataclasses.replace(known or Letterhead(0, arguments.name, ""), **given)


def _evidence(desk: Desk, text: str) -> EvidenceId:
    """The evidence behind `1001:3`, the third exhibit of case 1001.

    Raises:
        NotFound: There is no such exhibit.
    """
    case, _, number = text.partition(":")
    case_id = find_case(desk, case)
    with desk.store.snapshot() as rows:
        for exhibit in rows.exhibits.list(case_id):
            if str(exhibit.number) == number:
                return exhibit.outgoing.id
    raise NotFound(
        tr("There is no such exhibit."), text, tr("Write it as 1001:3, case and number.")
    )
