"""Whether the records of a database agree with each other: no half of an operation."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from boconsole import audit
from db import connection, health, search

HALVES = {
    "tickets without the audit line of their making": """
        SELECT t.id FROM ticket t WHERE NOT EXISTS (SELECT 1 FROM audit_entry a
        WHERE a.feature = 'ticket' AND a.record_id = t.id AND a.action = 'ticket.create')""",
    "audit lines without their ticket": """
        SELECT a.id FROM audit_entry a WHERE a.feature = 'ticket' AND NOT EXISTS
        (SELECT 1 FROM ticket t WHERE t.id = a.record_id)""",
    "tickets whose version is not that of their last audit line": """
        SELECT t.id FROM ticket t WHERE t.version <> (SELECT max(a.version) FROM audit_entry a
        WHERE a.feature = 'ticket' AND a.record_id = t.id)""",
    "tickets whose state is not the last of their log": """
        SELECT t.id FROM ticket t WHERE t.state <> coalesce((SELECT s.state FROM state_span s
        WHERE s.ticket_id = t.id ORDER BY s.since DESC, s.id DESC LIMIT 1), '')""",
    "messages that no audit line tells of": """
        SELECT m.id FROM message m WHERE m.kind IN ('reply', 'note') AND NOT EXISTS
        (SELECT 1 FROM audit_entry a WHERE a.feature = 'ticket'
        AND (a.changes LIKE '%":[null,' || m.id || ']%' OR a.changes LIKE '%"note":[%'))""",
    "merged tickets that name no other": """
        SELECT t.id FROM ticket t WHERE (t.state = 'merged') <> (t.merged_into_id IS NOT NULL)""",
    "merged tickets that kept messages": """
        SELECT t.id FROM ticket t JOIN message m ON m.ticket_id = t.id
        WHERE t.state = 'merged' AND NOT m.withdrawn""",
}
BODIES = """
    SELECT t.id, t.subject, coalesce((SELECT {join}
    FROM (SELECT body FROM message WHERE ticket_id = t.id AND NOT withdrawn ORDER BY at, id) m
    ), '') FROM ticket t ORDER BY t.id
"""


def faults(folder: Path | None = None) -> list[str]:
    """Return what is wrong with the open database; nothing, if all is well."""
    verdict = audit.verify()
    found = [f"audit: {verdict.reason}"] if verdict.broken else []
    found += [health.integrity()] if health.integrity() else []
    for what, statement in HALVES.items():
        if rows := connection.fetch(statement):
            found.append(f"{what}: {[row[0] for row in rows[:5]]}")
    return [*found, *_search(), *_files(folder)]


def _search() -> Iterator[str]:
    """Name the tickets whose search document is not what stands in their thread."""
    if connection.engine() == "sqlite":
        wanted = connection.fetch(BODIES.format(join="group_concat(m.body, char(10))"))
        there = connection.fetch("SELECT rowid, subject, body FROM ticket_search ORDER BY rowid")
        wrong = set(wanted) ^ set(there)
    else:
        texts = connection.fetch(BODIES.format(join="string_agg(m.body, chr(10))"))
        documents = [search.document(*row) for row in texts]
        wrong = {
            number
            for number, subject, body in documents
            if connection.fetch(
                "SELECT 1 FROM ticket t LEFT JOIN ticket_search s ON s.ticket_id = t.id "
                "WHERE t.id = ? AND s.document IS DISTINCT FROM "
                "setweight(to_tsvector('simple', ?), 'A') "
                "|| setweight(to_tsvector('simple', ?), 'B')",
                (number, subject, body),
            )
        }
    if wrong:
        yield f"search: {sorted(wrong)[:3]}"


def _files(folder: Path | None) -> Iterator[str]:
    """Name the attachments whose content is not there."""
    if folder is None:
        return
    for (sha256,) in connection.fetch("SELECT DISTINCT sha256 FROM attachment"):
        path = folder / sha256[:2] / sha256
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            yield f"file {sha256}"


def missing(acknowledged: Iterable[str]) -> list[str]:
    """Return the acknowledged operations of which anything is not there."""
    operations = {row[0] for row in connection.fetch("SELECT operation FROM audit_entry")} | {0}
    versions = dict(connection.fetch("SELECT id, version FROM ticket"))
    lost = []
    for line in acknowledged:
        done = json.loads(line)
        tickets = (versions.get(number, -1) >= version for number, version in done["tickets"])
        if done["operation"] not in operations or not all(tickets):
            lost.append(line)
    return lost
