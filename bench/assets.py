"""Measure lists of assets beside their statements alone and write assets.md.

The assets are made from a fixed seed: a tenth has one word in the name, a few have another one in
the note, two fifths are handed out, a quarter is gone.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from records import Read, beside
from run import head, session_on

from boconsole.assets import reading, setting_up
from boconsole.assets.creating import blank_record
from boconsole.session import Session
from db import connection
from db.assets import records, words
from db.assets.words import Texts
from db.tickets import names

HERE = Path(__file__).parent
STATES = ("in_stock", "deployed", "deployed", "deployed", "in_repair", "retired", "lost",
          "ordered", "deployed", "disposed")  # fmt: skip
GONE = ("retired", "lost", "disposed")
PEOPLE, PLACES, CATEGORIES, MODELS = 2_000, 40, 20, 50
QUERIES = {
    "active, by tag": "",
    "handed out": "state:deployed",
    "handed out, warranty last": "state:deployed sort:-warranty",
    "one category, end of life first": 'category:"Category 3" sort:end',
    "category and model": 'category:"Category 7" model:"Model 7"',
    "with one person": "holder:person77@example.com",
    "overdue": "is:overdue sort:expected",
    "last changed first": "sort:-updated",
    "all, by name": "any sort:name",
    "text, rare word": "any curved",
    "text, word in a tenth": "any printer",
    "text, word in a tenth, active": "printer",
}


def build(session: Session, size: int) -> None:
    """Fill a new database."""
    chance = random.Random(1)
    for number in range(CATEGORIES):
        setting_up.add_category(session, f"Category {number}")
    for number in range(MODELS):
        setting_up.add_model(session, f"Model {number}", manufacturer=f"Maker {number % 7}",
                             category=f"Category {number % CATEGORIES}")  # fmt: skip
    for number in range(PLACES):
        setting_up.add_place(session, f"Site {number % 8} / Room {number}")
    now = session.now()
    with connection.transaction():
        people = [
            names.insert_contact(
                f"Person {number}", f"person{number}@example.com", None, now
            )
            for number in range(PEOPLE)
        ]  # fmt: skip
    blank = blank_record(session, "in_stock")
    found, texts = [], []
    for number in range(1, size + 1):
        state = STATES[number % len(STATES)]
        held = state == "deployed"
        late = held and number % 37 == 1
        kind = "printer" if number % 10 == 0 else "laptop"
        record = blank._replace(
            id=number, tag=f"AST-{number:04}", tag_number=number, name=f"Thing {number} {kind}",
            serial=f"SN{number:07}", model_id=1 + number % MODELS,
            category_id=1 + number % CATEGORIES, state=state, active=state not in GONE,
            place_id=1 + number % PLACES, holder_kind="person" if held else "",
            holder_contact_id=people[number % PEOPLE] if held else None,
            held_since=now if held else None,
            expected_on=date(2026, 4, 1) + timedelta(days=number % 400) if late else None,
            warranty_on=date(2026, 1, 1) + timedelta(days=chance.randrange(2_000)),
            end_of_life_on=date(2027, 1, 1) + timedelta(days=chance.randrange(2_000)),
        )  # fmt: skip
        found.append(record)
        note = "curved screen" if number % 1_000 == 5 else ""
        texts.append(Texts(number, record.name, f"{record.tag} {record.serial}",
                           f"Maker Model {number % MODELS}", note))  # fmt: skip
    with connection.transaction():
        records.insert_many(found)
        words.put_all(texts)


def measured(folder: Path, size: int) -> list[Read]:
    """Return how long the reads take among some assets."""
    path = folder / f"assets-{size}.sqlite"
    fresh = not path.exists()
    session = session_on(f"sqlite:///{path}")
    if fresh:
        build(session, size)
    deep = reading.list_page(session, "", limit=2_000).cursors[-1]
    calls: dict[str, Callable[[], object]] = {
        name: partial(reading.list_page, session, query) for name, query in QUERIES.items()
    }
    calls["active, by tag, page 40"] = lambda: reading.list_page(session, "", deep)
    found = beside(calls, path)
    connection.close_database()
    return found


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    words_given = parser.parse_args()
    sizes = [int(size) for size in words_given.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        found = {size: measured(Path(folder), size) for size in sizes}
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    lines = [
        *head("Assets, measured"),
        f"Load of the machine while measuring: {load} (1, 5 and 15 minutes).",
        "",
        "| read, first 50 | " + " | ".join(f"{size:,} ours / raw" for size in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    for place, read in enumerate(found[sizes[0]]):
        row = [found[size][place] for size in sizes]
        cells = " | ".join(f"{each.ours:.2f} / {each.raw:.2f}" for each in row)
        lines.append(f"| {read.name} | {cells} |")
    text = "\n".join(lines) + "\n"
    (HERE / "assets.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
