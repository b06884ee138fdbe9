"""Taking back what was done to the bank's own forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.desk.operations.bank_forms import FORM_ID, put_fields
from disputedesk.model.bank_form import BankField
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def take_form_away(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Forgets a form that was added; its bytes go when nothing else names them."""
    del before
    number = entry.subject.id
    if change.rows.documents.made_from(f"{FORM_ID}{number}"):
        raise Refused(tr("A paper was made from this form since."), "",
                      tr("Keep the form; it says where that paper comes from."))  # fmt: skip
    for field in change.rows.bank_fields.of_form(number):
        change.rows.bank_fields.remove(field.id)
    change.rows.bank_forms.remove(number)


def put_fields_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets the places of a form say what they said."""
    now = change.rows.bank_fields.of_form(entry.subject.id)
    former = tuple(BankField(**{**each, "box": tuple(each["box"])}) for each in before["fields"])
    put_fields(change.rows, now, former)
