"""How papers went out, what was copied on the way, and the user's own words of platforms."""

from __future__ import annotations

from disputedesk.model.ids import DocumentId
from disputedesk.model.posting import CopiedField, PlatformWord, Posting
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain


class Postings(Plain[Posting]):
    """Each going out of a paper."""

    table = schema.posting
    made = Posting
    columns = {  # noqa: RUF012 - never changed
        "document": "document_id", "on": "on_day", "to": "to_whom", "receipt": "receipt_id",
        "filing": "filing_id",
    }  # fmt: skip

    def of_document(self, document_id: DocumentId) -> tuple[Posting, ...]:
        """When and how a paper went out, oldest first."""
        return self._where(schema.posting.c.document_id == document_id)


class CopiedFields(Plain[CopiedField]):
    """What was copied into a platform's form."""

    table = schema.copied_field
    made = CopiedField
    columns = {"document": "document_id"}  # noqa: RUF012 - never changed

    def of_document(self, document_id: DocumentId) -> tuple[CopiedField, ...]:
        """What was copied of a dispute text, in the order it was done."""
        return self._where(schema.copied_field.c.document_id == document_id)


class PlatformWords(Plain[PlatformWord]):
    """The user's wording of platforms' reasons and wishes."""

    table = schema.platform_word
    made = PlatformWord

    def of_form(self, form: str) -> tuple[PlatformWord, ...]:
        """The user's words for one form."""
        return self._where(schema.platform_word.c.form == form)
