"""hledger as the judge of journals, and books in a shape that can be compared with its answers."""

import csv
import io
import os
import shutil
import subprocess
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.journals.hledger.booking import book
from boconsole.journals.hledger.reading import read
from boconsole.journals.parts import Books, JournalError, Place

SHARED = Path(__file__).parents[2] / "shared" / "data" / "ledger"
"""Journals that nobody here wrote, beside the checkout."""

Balances = dict[tuple[str, str], Decimal]


def shared(name: str) -> Path:
    """Return the path of a shared journal, or skip the test where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no {name} beside the checkout")
    return path


def program() -> str:
    """Return the path of hledger; without it the test is skipped, and fails in CI."""
    found = shutil.which("hledger")
    if found is None and os.environ.get("CI"):
        pytest.fail("hledger is not installed")
    if found is None:
        pytest.skip("hledger is not installed")
    return found


def judged(path: Path) -> Balances:
    """Return what hledger says every account holds; fails where it refuses the journal.

    An amount that is left out of an unbalanced posting has no number in its answer.
    """
    report = subprocess.run(
        [program(), "-f", path, "bal", "-N", "--flat", "--layout=bare", "-O", "csv"],
        capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"}, check=False,
    )  # fmt: skip
    assert report.returncode == 0, report.stderr
    rows = list(csv.reader(io.StringIO(report.stdout)))[1:]
    found = {(name, unit): Decimal(text.replace(",", ".")) for name, unit, text in rows if text}
    return {key: number for key, number in found.items() if number}


def booked(text: str, folder: Path) -> Books:
    """Return the books of a journal given as text."""
    return book(read(written(text, folder)))


def written(text: str, folder: Path, name: str = "test.journal") -> Path:
    """Return the path of a file that holds the text as it is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def refused(text: str, folder: Path) -> JournalError:
    """Return the error that a journal raises."""
    with pytest.raises(JournalError) as error:
        booked(text, folder)
    return error.value


def balances(books: Books) -> Balances:
    """Return what every account holds of every commodity, without zeros."""
    found: Balances = defaultdict(Decimal)
    for entry in books.entries:
        for line in entry.lines:
            found[line.account, line.commodity] += line.number
    return {key: number for key, number in found.items() if number}


def bare(books: Books) -> Books:
    """Return books without places, and without what was left out of them."""
    nowhere = Place("", 0)
    entries = []
    for entry in books.entries:
        lines = [
            line._replace(claim=line.claim and line.claim._replace(column=1))
            for line in entry.lines
        ]
        entries.append(entry._replace(lines=lines, place=nowhere))
    accounts = [account._replace(place=nowhere) for account in books.accounts]
    rates = [rate._replace(place=nowhere) for rate in books.rates]
    return books._replace(entries=entries, accounts=accounts, rates=rates, left=[])
