"""Numbers by which the desk knows its things; each kind is a type of its own."""

from __future__ import annotations

from typing import NewType

ClientId = NewType("ClientId", int)
OrderId = NewType("OrderId", int)
ItemId = NewType("ItemId", int)
SellerId = NewType("SellerId", int)
InstrumentId = NewType("InstrumentId", int)
PaymentId = NewType("PaymentId", int)
CaseId = NewType("CaseId", int)
FilingId = NewType("FilingId", int)
EvidenceId = NewType("EvidenceId", int)
ExhibitId = NewType("ExhibitId", int)
DocumentId = NewType("DocumentId", int)
BatchId = NewType("BatchId", int)
LedgerId = NewType("LedgerId", int)
RuleId = NewType("RuleId", str)
"""A rule's full name: `visa.13.1`."""
FactName = NewType("FactName", str)
"""A canonical fact name: `expected_delivery`."""
