"""Measure lists of documents and contracts beside their statements alone and write registry.md.

The documents are made from a fixed seed: a tenth has one word in the text, a few have another one,
a seventh is confidential, a twentieth secret; most who read may not read those. A tenth is due to
be destroyed, and every twentieth paper has a contract.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from run import head, session_on

from boconsole import ending
from boconsole.registry import agreements, beside, classes, due, reading, scheme
from boconsole.session import Session
from db import connection
from db.fields import number_of
from db.registry import words as index

HERE = Path(__file__).parent
ROUNDS = 9
LEVELS = ("internal",) * 14 + ("public",) * 2 + ("confidential",) * 3 + ("secret",)
STATES = ("draft", "approved", "approved", "approved", "approved", "superseded", "withdrawn")
USERS, SIDES, TAGS = 50, 400, 30
WORDS = [
    "rent",
    "office",
    "permit",
    "policy",
    "notice",
    "stock",
    "cash",
    "audit",
    "repair",
    "travel",
    "bank",
    "line",
    "order",
]
QUERIES = {
    "in use, last changed first": "",
    "every state": "any",
    "approved": "state:approved",
    "one class and those below it": "class:2",
    "one class, ends first": "class:2.1 sort:expires",
    "confidential": "level:confidential",
    "mine": "is:mine",
    "waits for my approval": "is:waiting",
    "held": "is:held",
    "may be destroyed": "is:due",
    "ends soon": "expires:<90d sort:expires",
    "by title": "sort:title",
    "by owner": "owner:person7",
    "one tag": "tag:tag7",
    "one organisation": 'org:"Side 7"',
    "reference holds": "reference:R-0077",
    "text, rare word": "curved",
    "text, word in a tenth": "printer",
    "text, word in a tenth, newest": "printer sort:-updated",
    "text, every document": "rent",
}


def put(table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows with the same columns at once."""
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
        [tuple(row.values()) for row in rows],
    )


def build(session: Session, size: int) -> None:
    """Fill a new database."""
    chance = random.Random(1)
    classes.load(session, scheme.lines())
    now, today = int(session.now().timestamp()), reading.today(session)
    codes = [row[0] for row in connection.fetch("SELECT id FROM document_class ORDER BY code")]
    with connection.transaction():
        put("user_account", [
            {"login": f"person{n}", "name": f"Person {n}", "email": "", "active": 1, "zone": "",
             "language": "", "created_at": now, "version": 1} for n in range(USERS)
        ])  # fmt: skip
        put("organisation", [{"name": f"Side {n}", "kind": "supplier", "domain": "",
                              "created_at": now, "version": 1} for n in range(SIDES)])  # fmt: skip
        put("tag", [{"name": f"tag{n}"} for n in range(TAGS)])
        users = [row[0] for row in connection.fetch("SELECT id FROM user_account ORDER BY id")]
        put("contract", [contract(n, users, today, now, chance) for n in range(1, size // 20 + 1)])
        put("obligation", [
            {"contract_id": n // 2 + 1, "version": 1, "title": f"Duty {n}", "side": "ours",
             "owner_id": chance.choice(users), "due_on": day_after(today, n % 900 - 300),
             "every_months": 0, "state": "open" if n % 3 else "done", "note": ""}
            for n in range(size // 10)
        ])  # fmt: skip
        for first in range(1, size + 1, 10_000):
            papers(range(first, min(first + 10_000, size + 1)), codes, users, today, now, chance)
    with connection.transaction():
        index.refresh(1, size)
    connection.execute("ANALYZE")


@cache
def day_after(today: date, days: int) -> int:
    """Return a day as it is stored."""
    return number_of(today + timedelta(days=days))


def contract(
    number: int, users: Sequence[int], today: date, now: int, chance: random.Random
) -> dict[str, object]:
    """Return the columns of a contract."""
    ends = chance.randrange(-400, 1_500)
    return {
        "version": 1, "title": f"Contract {number}", "kind": "service",
        "state": "active" if ends > 0 else "ended", "owner_id": chance.choice(users),
        "organisation_id": 1 + number % SIDES, "reference": "", "note": "", "term": 1,
        "start_on": day_after(today, ends - 365),
        "end_on": day_after(today, ends), "notice_on": day_after(today, ends - 90),
        "notice_months": 3,
        "notice_days": 0, "renewal": "automatic", "renewal_months": 12, "every": "", "reason": "",
        "created_at": now, "updated_at": now - number,
    }  # fmt: skip


def papers(
    numbers: range, codes: Sequence[int], users: Sequence[int], today: date, now: int,
    chance: random.Random,
) -> None:  # fmt: skip
    """Add documents with a version each, readers, tags, reviews, holds and links."""
    rows = [
        {"id": n, "version": 1, "title": f"Paper {chance.randrange(10**6)} {WORDS[n % 13]}",
         "state": "review" if n % 500 == 3 else STATES[n % 7], "level": LEVELS[n % 20],
         "class_id": codes[n % len(codes)], "owner_id": users[n % len(users)],
         "organisation_id": 1 + n % SIDES, "contract_id": n // 20 if n % 20 == 0 else None,
         "reference": f"R-{n:05}", "dated_on": day_after(today, -(n % 4_000)),
         "expires_on": day_after(today, n % 3_000 - 500) if n % 2 else None, "note": "",
         "latest": 1, "approved_version": 0, "reason": "", "round": 1 if n % 500 == 3 else 0,
         "in_order": False,
         "due_on": day_after(today, -(n % 700) if n % 10 == 1 else n % 3_000 + 1),
         "due_then": "destroy", "created_at": now, "updated_at": now - n * 60}
        for n in numbers
    ]  # fmt: skip
    put("document", rows)
    put("document_version", [version(n, now, chance) for n in numbers])
    put("document_reader", [{"document_id": n, "user_id": users[n % len(users)]} for n in numbers])
    put("document_tag", [{"document_id": n, "tag_id": 1 + n % TAGS} for n in numbers])
    put("document_review", [
        {"document_id": n, "round": 1, "place": 1, "user_id": users[n % 7], "number": 1,
         "decision": "", "comment": ""} for n in numbers if n % 500 == 3
    ])  # fmt: skip
    put("legal_hold", [
        {"document_id": n, "matter": "Acme", "reason": "claim", "from_on": number_of(today),
         "at": now, "release_reason": ""} for n in numbers if n % 400 == 1
    ])  # fmt: skip
    put("document_link", [{"document_id": n, "feature": "ticket", "record_id": n // 3 + 1}
                          for n in numbers if n % 9 == 0])  # fmt: skip


def version(number: int, now: int, chance: random.Random) -> dict[str, object]:
    """Return the columns of a file with some text."""
    text = " ".join(chance.choices(WORDS, k=60))
    text += " printer" if number % 10 == 0 else ""
    text += " curved" if number % 5_000 == 5 else ""
    return {
        "document_id": number, "number": 1, "name": f"paper-{number}.md", "size": len(text),
        "media_type": "text/markdown", "sha256": f"{number:064x}", "note": "", "added_at": now,
        "text": text, "text_state": "read", "text_why": "",
    }  # fmt: skip


def calls(session: Session) -> dict[str, Callable[[], object]]:
    """Return what is measured, as an accountant and as somebody who reads what is internal."""
    plain = replace(session, user=session.user._replace(id=3),
                    permissions=frozenset(("document.read", "contract.read")))  # fmt: skip
    deep = reading.list_page(session, "", limit=2_000).cursors[-1]
    found: dict[str, Callable[[], object]] = {}
    for name, query in QUERIES.items():
        found[name] = partial(reading.list_page, session, query)
        found[f"{name}; a plain reader"] = partial(reading.list_page, plain, query)
    found |= {
        "in use, page 40": lambda: reading.list_page(session, "", deep),
        "how many, to 10,000": lambda: reading.count(plain, ""),
        "contracts": lambda: agreements.CONTRACTS.list_page(plain, ""),
        "contracts, what ends in 90 days": lambda: agreements.CONTRACTS.list_page(
            plain, "end:<=90d sort:end"),
        "contracts, a word": lambda: agreements.CONTRACTS.list_page(plain, "side"),
        "duties": lambda: agreements.DUTIES.list_page(plain, ""),
        "duties, closed": lambda: agreements.DUTIES.list_page(plain, "state:done sort:-due"),
        "to be destroyed": lambda: due.list_page(plain, "due:<=today"),
        "to be destroyed, within a year, held": lambda: due.list_page(plain, "due:<=365d is:held"),
        "no date to count from": lambda: due.list_page(plain, "is:undated"),
        "classes": lambda: classes.list_classes(plain),
        "a card": lambda: reading.card(plain, 2),
        "papers at a ticket": lambda: beside.at(plain, "ticket", 4),
        "papers at a ticket without any": lambda: beside.at(plain, "ticket", 10**6),
        "what ends": lambda: ending.around(plain),
    }  # fmt: skip
    return found


def processor_ms(call: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the largest milliseconds of the processor of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken), max(taken)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keep the database here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        path = (given.folder or Path(made)) / f"registry-{given.size}.sqlite"
        fresh = not path.exists()
        session = session_on(f"sqlite:///{path}")
        if fresh:
            build(session, given.size)
        lines = []
        for name, call in calls(session).items():
            middle, most = processor_ms(call)
            lines.append(f"| {name} | {middle:.1f} | {most:.1f} |")
        connection.close_database()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    text = "\n".join([
        *head("Documents and contracts, measured"),
        f"{given.size:,} documents, {given.size // 20:,} contracts, {given.size // 10:,} duties; "
        f"milliseconds of the processor, {ROUNDS} rounds. A plain reader reads no confidential "
        f"papers. Load of the machine meanwhile: {load}.",
        "", "| read, first 50 | median | most |", "|---|---|---|", *lines, "",
    ])  # fmt: skip
    (HERE / "registry.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
