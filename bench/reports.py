"""Measure reports and write reports.md: each one over all days, as the console runs it.

With `--home` measure the blocks of Home and the forecasts instead, and write home.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import books
import console
from run import LOGIN, build, head, session_on

from boconsole.errors import BoconsoleError
from boconsole.forecasts import apart, reading
from boconsole.forecasts.series import DAY, WEEK
from boconsole.home import arranging, looking
from boconsole.home.blocks import BLOCKS
from boconsole.reports import running
from boconsole.reports.running import Parameters
from boconsole.reports.shapes import TIMES
from boconsole.session import Session
from db import connection
from db.reports import cells

HERE = Path(__file__).parent
ROUNDS = 2
GROUPS = ("queue", "organisation", "category", "")
"""Besides time, what the lines of reports on tickets are here; others cost as much."""
EVERY_DAY = "2010-01-01"
TABLE = ("| what | ms | processor ms |", "|---|---|---|")
NARROWED = "prio:critical"


def measured(session: Session, name: str, parameters: Parameters) -> str:
    """Return how many lines a report has, and the medians of its milliseconds: clock, processor."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter(), time.process_time()
        result = running.run(session, name, parameters)
        clock.append((time.perf_counter() - start[0]) * 1000)
        processor.append((time.process_time() - start[1]) * 1000)
    told = statistics.median(clock), statistics.median(processor)
    return f"{len(result.answer.rows)} | {told[0]:.0f} | {told[1]:.0f}"


def rows_of(session: Session, area: str) -> list[str]:
    """Return a line of the table for each report of an area, by each of what its lines can be."""
    lines = []
    for report in running.seen(session):
        if report.area != area:
            continue
        starts = EVERY_DAY if report.spans else ""
        for by in report.by or ("",):
            if area == "tickets" and by not in (*TIMES, *GROUPS):
                continue
            since = "-1000d" if report.spans and by == "day" else starts
            told = measured(session, report.name, Parameters(since, by=by))
            lines.append(f"| {report.name} | {by or '-'} | | {told} |")
        if report.filtered == "tickets":
            narrowed = Parameters(starts, by=report.by[-1], query=NARROWED)
            if report.by[-1] == "day":
                narrowed = Parameters(EVERY_DAY, by="week", query=NARROWED)
            told = measured(session, report.name, narrowed)
            lines.append(f"| {report.name} | {narrowed.by} | {NARROWED} | {told} |")
    return lines


def timed(name: str, work: Callable[[], object]) -> str:
    """Return a line of milliseconds: clock, processor here and in processes that it starts."""
    clock, processor = [], []
    for _ in range(ROUNDS + 1):  # the first one warms up
        start, used = time.perf_counter(), _processor()
        work()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((_processor() - used) * 1000)
    told = statistics.median(clock[1:]), statistics.median(processor[1:])
    return f"| {name} | {told[0]:.1f} | {told[1]:.1f} |"


def _processor() -> float:
    """Return the seconds of the processor, here and in processes that ended."""
    return time.process_time() + sum(os.times()[2:4])


def home_rows(session: Session) -> list[str]:
    """Return a line for each block of Home."""
    return [
        timed(f"Home: {name}", partial(looking.read, session, name))
        for name in BLOCKS if arranging.may_see(session, name)
    ]  # fmt: skip


def ticket_forecasts(session: Session) -> list[str]:
    """Return lines of the forecasts of tickets: reading what came, and computing."""
    lines = []
    for step in (WEEK, DAY):
        lines.append(timed(f"tickets by {step}: read", partial(reading.ticket_series, session,
                                                              step)))  # fmt: skip
        series = reading.ticket_series(session, step)
        lines.append(timed(f"tickets by {step}: compute",
                           partial(apart.forecast, series, reading.AHEAD[step], 0)))  # fmt: skip
    return lines


def cash_forecasts(session: Session) -> list[str]:
    """Return lines of the forecast of cash: reading the books, and computing."""
    ahead = reading.AHEAD[WEEK]
    flows, _currency = reading.cash_flows(session, ahead)
    return [timed("cash: read", partial(reading.cash_flows, session, ahead)),
            timed("cash: compute", partial(apart.cash, flows, ahead))]  # fmt: skip


def write_home(folder: Path, url: str, size: int) -> None:
    """Measure Home and the forecasts, and write home.md."""
    session = session_on(url)
    cells.freshen()
    lines = ["", f"{size:,} tickets:", "", *TABLE, *home_rows(session), *ticket_forecasts(session)]
    connection.close_database()
    session = session_on(import_books(folder, size))
    lines += ["", f"{size:,} postings:", "", *TABLE, *home_rows(session)]
    try:
        lines += cash_forecasts(session)
    except BoconsoleError as refused:
        lines += ["", f"Cash is not forecast of these books: {refused}"]
    text = "\n".join([
        *head("Home and forecasts, measured"),
        f"Each block as the console reads it. Medians of {ROUNDS}; the processor's time counts "
        "that of the process in which forecasts are computed.", *lines, "",
    ])  # fmt: skip
    (HERE / "home.md").write_text(text)
    sys.stdout.write(text)


def first_count() -> float:
    """Return the seconds that counting everything takes once."""
    connection.execute("INSERT INTO report_mark (hour) SELECT DISTINCT starts / 3600 "
                       "FROM report_cell WHERE span = 'hour'")  # fmt: skip
    start = time.process_time()
    cells.freshen()
    return time.process_time() - start


def import_books(folder: Path, postings: int) -> str:
    """Return the address of books with so many postings."""
    url = f"sqlite:///{folder / 'books.sqlite'}"
    if not (folder / "books.sqlite").exists():
        journal = folder / "books.journal"
        books.write_journal(journal, postings)
        ours = [sys.executable, "-m", "boconsole", "--database", url, "ledger"]
        environment = console.environment(url, LOGIN)
        subprocess.run([*ours, "import", str(journal)], check=True, stdout=subprocess.DEVNULL,
                       env=environment)  # fmt: skip
    return url


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--tickets", help="address of a demonstration that is there")
    parser.add_argument("--anew", action="store_true", help="count all sums of tickets anew, too")
    parser.add_argument("--folder", type=Path, help="keep the databases here")
    parser.add_argument("--home", action="store_true", help="Home and forecasts instead")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = words.folder or Path(made)
        url = words.tickets or build(folder, words.size)[0]
        if words.home:
            write_home(folder, url, words.size)
            return
        session = session_on(url)
        cells.freshen()
        lines = rows_of(session, "tickets")
        anew = f" Counting all sums anew, once: {first_count():.0f} s." if words.anew else ""
        connection.close_database()
        lines += rows_of(session_on(import_books(folder, words.size)), "money")
    text = "\n".join([
        *head("Reports, measured"),
        f"{words.size:,} tickets and as many postings, over all days (1,000 days by day). Medians "
        f"of {ROUNDS}.{anew}",
        "", "| report | by | query | lines | ms | processor ms |", "|---|---|---|---|---|---|",
        *lines, "",
    ])  # fmt: skip
    (HERE / "reports.md").write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
