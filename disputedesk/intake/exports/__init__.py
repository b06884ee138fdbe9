"""Shop and wallet exports into drafts; each reader knows its own by header names, never position.

A reader takes a table or a JSON value that was bounded beforehand (`decoding`, `table`,
`strict_json`, `archive`) and gives drafts, plus a rejection for each row it could not believe.
`read_export` is the one door; it tries the readers and says in a sentence what it could not read.
"""

from disputedesk.intake.exports.recognise import ExportReading, check_kind, read_export

__all__ = ["ExportReading", "check_kind", "read_export"]
