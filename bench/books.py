"""Measure the books side by side with ledger and hledger and write books.md.

One journal of each size is made from a fixed seed; the same file goes to every contestant.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bare
import console
from measuring import median_ms
from run import LOGIN, head, session_on

from boconsole.ledger import accounts, balances, checking, entries, importing
from boconsole.ledger.statements import cash, performance, position
from boconsole.ledger.typing import typed
from db import connection
from db.ledger import balances as kept

HERE = Path(__file__).parent
BANKS = [f"Assets:Bank:{number}" for number in range(5)]
OTHERS = [
    *(f"Expenses:Area{one}:Kind{two}" for one in range(8) for two in range(8)),
    *(f"Income:Source{number}" for number in range(6)),
    *(f"Liabilities:Card{number}" for number in range(4)),
]
FIRST, DAYS = date(2019, 1, 1), 1826
"""Five years: the smallest journal has as many entries in a month as there are accounts."""
POSTED = 500
COMMANDS = (
    ("balances",),
    ("balance-sheet", "--at", "2021-06-17"),
    ("income-statement", "--from", "2021-01-01", "--to", "2021-12-31"),
    ("register", "Assets:Bank:0", "--from", "2021-06-17", "--limit", "50"),
)
PEERS = (
    ("ledger", "balance"),
    ("ledger", "register", "Assets:Bank:0", "--begin", "2021-06-17", "--head", "50"),
    ("hledger", "balance"),
    ("hledger", "balancesheet", "--end", "2021-06-18"),
    ("hledger", "incomestatement", "--begin", "2021-01-01", "--end", "2022-01-01"),
    ("hledger", "register", "Assets:Bank:0", "--begin", "2021-06-17"),
)
"""What the others are asked for the same; each reads the journal first."""


def write_journal(path: Path, postings: int) -> None:
    """Write entries of two lines each, spread over five years.

    Accounts take turns, so that each moves in each month whatever the size: kept sums are one a
    month and account, and sizes that are compared differ in their lines alone.
    """
    chance, count = random.Random(1), postings // 2
    with path.open("w") as file:
        for number in range(count):
            cents = chance.randrange(100, 99_999)
            day = FIRST + timedelta(days=number * DAYS // count)
            file.write(
                f"{day} * Shop {number % 977}\n    {OTHERS[number % len(OTHERS)]}    "
                f"{cents // 100}.{cents % 100:02} USD\n    {chance.choice(BANKS)}\n\n"
            )


class Contest:
    """What was measured at one size; seconds for whole commands, milliseconds for reads."""

    def __init__(self, folder: Path, postings: int) -> None:
        self.journal = folder / f"{postings}.journal"
        write_journal(self.journal, postings)
        self.url = f"sqlite:///{folder / f'{postings}.books.sqlite'}"
        self.session = session_on(self.url)
        self.took = self._import()
        self.reads = self._reads()
        self.proof = self._timed(lambda: checking.check(self.session))
        self.sums = self._timed(kept.differences)
        self.rate = self._post()
        connection.close_database()
        self.floor = bare.measure(folder / f"{postings}.books.sqlite", folder / "bare.sqlite")
        ours = [sys.executable, "-m", "boconsole", "--database", self.url, "ledger"]
        self.commands = {
            f"`boconsole ledger {' '.join(words)}`": self._command([*ours, *words])
            for words in COMMANDS
        }
        self.peers = {
            f"`{name} {' '.join(words)}`": self._command([name, "-f", str(self.journal), *words])
            for name, *words in PEERS
            if shutil.which(name)
        }

    def _import(self) -> float:
        return self._timed(lambda: importing.import_journal(self.session, self.journal))

    @staticmethod
    def _timed(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    def _reads(self) -> dict[str, float]:
        day = date(2021, 6, 17)
        bank = accounts.find(BANKS[0])
        middle = balances.register(self.session, bank, starts=day, limit=1)[0].line
        year = date(2021, 1, 1), date(2021, 12, 31)
        month = date(2021, 6, 1), date(2021, 6, 30)
        after = (
            middle.dated.year * 10_000 + middle.dated.month * 100 + middle.dated.day,
            middle.id,
        )
        return {
            "balances of all accounts today": median_ms(lambda: balances.balances(self.session)),
            "balances of all accounts at a day": median_ms(
                lambda: balances.balances(self.session, "", day)
            ),
            "balance sheet at a day": median_ms(lambda: position.balance_sheet(self.session, day)),
            "income statement of a year": median_ms(
                lambda: performance.income_statement(self.session, *year)
            ),
            "cash flow of a month": median_ms(lambda: cash.cash_flow(self.session, *month)),
            "register of a bank, first page": median_ms(
                lambda: balances.register(self.session, bank, limit=50)
            ),
            "register of a bank, page in the middle": median_ms(
                lambda: balances.register(self.session, bank, limit=50, after=after)
            ),
        }

    def _post(self) -> float:
        """Return how many balanced entries are posted in a second, each durable."""
        entry = typed(date(2026, 1, 2), "One", [f"{BANKS[0]}  1.00 USD", OTHERS[0]])
        taken = self._timed(
            lambda: [entries.enter(self.session, entry) for _number in range(POSTED)]
        )
        return POSTED / taken

    def _command(self, words: list[str]) -> tuple[float, float]:
        """Return seconds and MiB of a whole command."""
        script = (
            "import resource, subprocess, sys; "
            "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        start = time.perf_counter()
        told = subprocess.run(
            [sys.executable, "-S", "-c", script, *words], check=True, capture_output=True,
            text=True, env=console.environment(self.url, LOGIN),
        )  # fmt: skip
        return time.perf_counter() - start, int(told.stdout) / 1024


def table(contests: dict[int, Contest]) -> list[str]:
    """Return the lines of the results."""
    sizes = sorted(contests)
    row = [contests[size] for size in sizes]
    rows = [
        ("import, proved and durable", [f"{each.took:.1f} s" for each in row]),
        ("the same rows in bare SQLite", [f"{each.floor.written:.1f} s" for each in row]),
        *((name, [_whole(each.commands[name]) for each in row]) for name in row[0].commands),
        *((name, [_whole(each.peers[name]) for each in row]) for name in row[0].peers),
        *((name, [f"{each.reads[name]:.2f} ms" for each in row]) for name in row[0].reads),
        ("kept sums against the lines", [f"{each.sums * 1000:.0f} ms" for each in row]),
        (
            "all lines summed up in bare SQLite",
            [f"{each.floor.summed * 1000:.0f} ms" for each in row],
        ),
        ("whole proof with seals", [f"{each.proof:.1f} s" for each in row]),
        ("entries posted, each durable", [f"{each.rate:,.0f} a second" for each in row]),
    ]
    lines = [
        "| postings | " + " | ".join(f"{size:,}" for size in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    return [*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)]


def _whole(measured: tuple[float, float]) -> str:
    seconds, memory = measured
    return f"{seconds:.2f} s, {memory:.0f} MiB"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        contests = {int(size): Contest(Path(folder), int(size)) for size in words.sizes.split(",")}
        text = "\n".join([*head("The books, measured"), *table(contests)]) + "\n"
    (HERE / "books.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
