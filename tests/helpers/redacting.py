"""A redacted copy in one step, as the sheet and the command make it in two."""

from disputedesk.desk.operations.redacting import draft_redaction, keep_redaction


def redact_evidence(desk, evidence_id, boxes, **asked):
    """Makes a copy without what is under the boxes, proves and seals it."""
    return keep_redaction(desk, draft_redaction(desk, evidence_id, boxes, **asked))
