"""The sample desk: invented people, real intake; windows in every state on any day it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import tomli

from disputedesk.common import locations, texts
from disputedesk.common.clock import Clock, SystemClock
from disputedesk.common.errors import Conflict
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.desk import DATABASE, Desk
from disputedesk.desk.operations import (
    bundles,
    cases,
    evidence,
    exhibits,
    intake,
    orders,
    papers,
    people,
    replies,
)
from disputedesk.desk.operations.counterclaims import NewClaim, set_claims
from disputedesk.desk.operations.credits import NewCredit, add_credit
from disputedesk.desk.queries.after import lending_step
from disputedesk.desk.sample_texts import filled, mail_bytes
from disputedesk.model.case import CaseOutcome, Wish
from disputedesk.model.credit import CreditKind
from disputedesk.model.evidence import Reading, ReadState
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, ClientId, FactName, OrderId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.store.transaction import StoreTransaction

_Entry: TypeAlias = Mapping[str, Any]
FILES: Final = "sample files"
"""The folder inside the desk with the mails and exports it was made from."""


def make_sample_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Desk:
    """A fresh sample desk in `folder`, open.

    Args:
        folder: Where it is made.
        clock: Its day counts as today; `None` is the machine's.
        progress: Told after every step.
        cancel: Asked between steps.

    Raises:
        Conflict: There is a desk in the folder already; it is left alone.
    """
    if (folder / DATABASE).exists():
        raise Conflict(
            tr("There is a desk in this folder already."),
            str(folder),
            tr("Name an empty folder for the sample desk."),
        )
    desk = Desk.open(folder, clock=clock or SystemClock())
    try:
        _Maker(desk, progress, cancel or CancelToken()).make()
    except BaseException:
        desk.close()
        raise
    return desk


def make_papers(desk: Desk, *, progress: Progress = no_progress) -> tuple[Path, ...]:
    """Letter, dispute text and bundle for the sample's first case, in the desk's folder."""
    from disputedesk.desk.queries.orders import find_order

    order_id = find_order(desk, "8190441200360042")
    with desk.store.snapshot() as rows:
        case = rows.cases.of_order(order_id)[0]
    room = desk.folder / "papers"
    made = []
    for language in texts.LANGUAGES:
        letter = papers.make_letter(desk, case.id, form="bank_chargeback", language=language)
        made.append(room / f"letter-{language}.pdf")
        papers.save_document(desk, letter.value.id, made[-1])
        progress(tr("Writing papers"), len(made), 4)
    text = papers.make_submission(desk, case.id, form="aliexpress_dispute", language="en")
    made.append(room / "dispute.txt")
    papers.save_document(desk, text.value.id, made[-1])
    bundle = bundles.make_bundle(
        desk, case.id, language="en", letter_form="bank_chargeback", progress=progress
    )
    made.append(room / "bundle.pdf")
    papers.save_document(desk, bundle.value[0].id, made[-1])
    return tuple(made)


class _Maker:
    """Makes one sample desk, step by step, through the same operations that people use."""

    def __init__(self, desk: Desk, progress: Progress, cancel: CancelToken) -> None:
        self._desk = desk
        self._progress = progress
        self._cancel = cancel
        self._plan = tomli.loads(_read("desk.toml"))
        self._mails = tomli.loads(_read("mails.toml"))["mail"]
        self._clients: dict[str, ClientId] = {}

    def make(self) -> None:
        """Everything, in the order a user would do it."""
        with self._desk.transaction("sample.make") as change:
            change.rows.settings.set("sample", "yes")
        steps = (
            self._people,
            self._import,
            self._typed_orders,
            self._cards,
            self._facts,
            self._cases,
            self._pictures,
        )
        for number, step in enumerate(steps, 1):
            self._cancel.check()
            step()
            self._progress(tr("Making the sample desk"), number, len(steps))

    def _pictures(self) -> None:
        """Enters that the sample's own pictures were looked through: what they show is known."""
        from disputedesk.media.reading import READER

        with self._desk.transaction("evidence.read") as change:
            for evidence in change.rows.evidence.list():
                if evidence.media_type.startswith("image/"):
                    change.rows.readings.set(
                        Reading(evidence.id, ReadState.READ, "", "ocr", 1, READER,
                                self._desk.clock.now())
                    )  # fmt: skip
                    change.touch_evidence([evidence.id])

    def _people(self) -> None:
        for person in self._plan["person"]:
            values = {k: v for k, v in person.items() if k not in {"id", "exports"}}
            outcome = people.set_client(self._desk, None, people.NewClient(**values))
            self._clients[person["id"]] = outcome.value

    def _import(self) -> None:
        """Writes each person's mails and exports, then reads them as files like any other."""
        for person in self._plan["person"]:
            room = self._desk.folder / FILES / person["id"]
            room.mkdir(parents=True)
            for mail in self._mails:
                if mail["of"] == person["id"]:
                    data = mail_bytes(mail, person["email"], self._desk.today)
                    (room / f"{mail['name']}.eml").write_bytes(data)
            for name in person.get("exports", ()):
                text = filled(_read(f"exports/{name}"), self._desk.today)
                (room / name).write_text(text, encoding="utf-8")
            review = intake.review_import(self._desk, [room], cancel=self._cancel)
            intake.keep_import(self._desk, review, client_id=self._clients[person["id"]])

    def _typed_orders(self) -> None:
        for entry in self._plan.get("order", ()):
            amount, _, currency = entry["total"].partition(" ")
            orders.add_order(
                self._desk,
                orders.NewOrder(
                    platform=entry["platform"],
                    number=entry["number"],
                    title=entry["title"],
                    shop=entry["shop"],
                    ordered_on=dt.date.fromisoformat(filled(entry["ordered_on"], self._desk.today)),
                    total=Money.of(amount, currency),
                    client=self._clients[entry["of"]],
                    facts=self._values(entry["facts"]),
                ),
            )

    def _cards(self) -> None:
        for card in self._plan["card"]:
            values = {k: v for k, v in card.items() if k not in {"of", "orders"}}
            new = people.NewInstrument(InstrumentKind.CARD, **values)
            for number in card["orders"]:
                people.set_instrument(self._desk, self._order(number), new)

    def _facts(self) -> None:
        for entry in self._plan["typed"]:
            orders.set_facts(
                self._desk,
                self._order(entry["order"]),
                self._values(entry["facts"]),
                note=entry.get("note", ""),
            )

    def _cases(self) -> None:
        for entry in self._plan["case"]:
            opened = cases.open_case(
                self._desk,
                self._order(entry["order"]),
                problem=Problem(entry["problem"]),
                facts=self._values(entry.get("facts", {})),
            )
            self._fill(opened.value, entry)

    def _fill(self, case_id: CaseId, entry: _Entry) -> None:
        wish = Wish(entry["wish"]) if "wish" in entry else None
        cases.set_case(self._desk, case_id, narrative=entry.get("narrative"), wish=wish)
        self._exhibits(case_id, entry.get("exhibits", ()))
        for filing in entry.get("filings", ()):
            day = self._desk.today + dt.timedelta(days=filing["on"])
            cases.file_step(
                self._desk, case_id, rule=RuleId(filing["rule"]), on=day,
                reference=filing["reference"],
            )  # fmt: skip
        self._after_filing(case_id, entry)
        for note in entry.get("notes", ()):
            cases.add_note(self._desk, case_id, note)
        if "outcome" in entry:
            cases.close_case(self._desk, case_id, outcome=CaseOutcome(entry["outcome"]))

    def _after_filing(self, case_id: CaseId, entry: _Entry) -> None:
        """What came back: refunds, and what the merchant replied, claim by claim."""
        today = self._desk.today
        for line in entry.get("credits", ()):
            amount, _, currency = line["sum"].partition(" ")
            due = today + dt.timedelta(days=line["due"]) if "due" in line else None
            kind = CreditKind(line["kind"])
            new = NewCredit(
                kind, Money.of(amount, currency), today + dt.timedelta(days=line["on"]), due,
                line.get("reference", ""), line.get("note", ""),
                lending_step(self._desk, case_id, kind),
            )  # fmt: skip
            add_credit(self._desk, case_id, new)
        for reply in entry.get("replies", ()):
            came, by = (today + dt.timedelta(days=reply[key]) for key in ("on", "answer_by"))
            kept = replies.record_reply(self._desk, case_id, replies.NewReply(came, by))
            claims = [
                NewClaim(claim["text"], claim["page"], claim.get("answer", ""))
                for claim in reply["claims"]
            ]
            set_claims(self._desk, kept.value, claims)

    def _exhibits(self, case_id: CaseId, entries: Sequence[_Entry]) -> None:
        for entry in entries:
            if "mail" in entry:
                room = self._desk.folder / FILES / entry.get("of", "anna")
                source = room / f"{entry['mail']}.eml"
            else:
                source = locations.resources("demo", "files", entry["file"])
            added = evidence.add_evidence(self._desk, case_id, [source])
            exhibits.set_exhibit(
                self._desk, added.value[0], caption=entry["caption"], kind=entry["kind"]
            )

    def _order(self, number: str) -> OrderId:
        with self._desk.store.snapshot() as rows:
            return _only(rows, number)

    def _values(self, facts: _Entry) -> dict[FactName, FactValue]:
        return {
            FactName(name): orders.parse_fact(
                self._desk, FactName(name), filled(str(text), self._desk.today)
            )
            for name, text in facts.items()
        }


def _only(rows: StoreTransaction, number: str) -> OrderId:
    found = rows.orders.find_by_number(number)
    if not found:
        found = tuple(
            rows.orders.get(payment.order) for payment in rows.payments.find_by_reference(number)
        )
    (order,) = found
    return order.id


def _read(name: str) -> str:
    return locations.resources("demo", *name.split("/")).read_text("utf-8")
