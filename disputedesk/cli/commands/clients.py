"""`client`: the people whose orders the desk keeps."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from typing import Any

from disputedesk.cli.commands import mandates
from disputedesk.cli.session import Session
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.desk.operations import people as operations
from disputedesk.desk.queries import people as queries

_FIELDS = ("email", "phone", "address", "country", "subdivision", "zone", "language")


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the command its arguments."""
    verbs = parsers["client"].add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("list", parents=[shared], help=tr("everybody on the desk"))
    listing.set_defaults(run=run_list)
    keep = verbs.add_parser("set", parents=[shared], help=tr("add a person or correct one"))
    keep.add_argument("name", help=tr("as on the account"))
    keep.add_argument("--self", dest="is_self", action="store_true", help=tr("this is you"))
    for field in _FIELDS:
        keep.add_argument(f"--{field}" if field != "language" else "--speaks", dest=f"own_{field}")
    keep.set_defaults(run=run_set)
    mandates.fill(verbs, shared)


def run_list(session: Session) -> int:
    """Lists the people, the owner of the desk first."""
    with session.desk() as desk:
        people = queries.clients(desk)
    session.report.answer({"clients": people})
    session.report.table(
        [(person.name, person.country, person.zone, person.email) for person in people]
    )
    if not people:
        session.report.line(tr("Nobody yet. An import adds you; client set adds others."))
    return 0


def run_set(session: Session) -> int:
    """Adds a person, or corrects the one of this name; the owner is renamed with --self."""
    arguments = session.arguments
    given: dict[str, Any] = {
        field: value.replace("\\n", "\n")
        for field in _FIELDS
        if (value := getattr(arguments, f"own_{field}")) is not None
    }
    with session.desk() as desk:
        known = None
        for person in queries.clients(desk):
            if person.name == arguments.name or (arguments.is_self and person.is_self):
                known = person
        if known is None:
            new = operations.NewClient(arguments.name, is_self=arguments.is_self, **given)
        else:
            values = {
                f.name: getattr(known, f.name) for f in dataclasses.fields(operations.NewClient)
            }
            new = operations.NewClient(**{**values, **given, "name": arguments.name})
        outcome = operations.set_client(desk, None if known is None else known.id, new)
        kept = next((p for p in queries.clients(desk) if p.id == outcome.value), None)
    if kept is None:
        raise NotFound(tr("There is no client of this name."), arguments.name)
    session.report.line(outcome.said)
    session.report.answer(kept)
    return 0
