"""Banks' own forms, and what belongs into each of their places."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from disputedesk.model.bank_form import BankField, BankForm
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain


class BankForms(Plain[BankForm]):
    """Forms as banks gave them out; their bytes are in the vault."""

    table = schema.bank_form
    made = BankForm

    def of_shape(self, shape: str) -> tuple[BankForm, ...]:
        """The forms whose fields have these names and places, oldest first."""
        return self._where(schema.bank_form.c.shape == shape)


class BankFields(Plain[BankField]):
    """The places of forms."""

    table = schema.bank_field
    made = BankField

    def of_form(self, form: int) -> tuple[BankField, ...]:
        """A form's places in their order."""
        return self._where(schema.bank_field.c.form_id == form)

    def _row(self, value: BankField) -> dict[str, Any]:
        return {
            "form_id": value.form, "name": value.name, "page": value.page,
            "box": json.dumps(value.box), "source": value.source, "size": value.size,
            "on_state": value.on_state, "when_value": value.when,
        }  # fmt: skip

    def _value(self, row: sa.RowMapping) -> BankField:
        left, top, width, height = json.loads(row["box"])
        return BankField(
            row["id"], row["form_id"], row["name"], row["page"], (left, top, width, height),
            row["source"], row["size"], row["on_state"], row["when_value"],
        )  # fmt: skip
