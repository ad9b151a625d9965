"""Measure the budgets side by side and write results.md.

Every database is a demonstration of its own, built first; sizes are given with --sizes.
"""

import argparse
import csv
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import console
import records

from boconsole.session import Session
from boconsole.settings import read_settings
from boconsole.signing_in import open_records, sign_in
from boconsole.tickets.importing import import_tickets
from db import connection

HERE = Path(__file__).parent
LOGIN = "bench"
IMPORTED = 30_000


def session_on(url: str) -> Session:
    """Open a database and return the session of the account that the demonstration has."""
    settings = read_settings({"BOCONSOLE_USER": LOGIN, "BOCONSOLE_ZONE": "UTC"}, {}, database=url)
    open_records(settings)
    return sign_in(settings, "cli")


def build(folder: Path, size: int) -> tuple[str, float]:
    """Build a demonstration; returns its address and the seconds it took."""
    url = f"sqlite:///{folder / f'{size}.sqlite'}"
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "boconsole", "demo", "--build", url, "--tickets", str(size),
         "--seed", "1"],
        check=True, stdout=subprocess.DEVNULL,
        env={**console.environment(url, LOGIN)},
    )  # fmt: skip
    return url, time.perf_counter() - start


def import_rate(folder: Path) -> float:
    """Return how many tickets a second an import takes in, with contacts, audit and search."""
    source = folder / "import.csv"
    with source.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["key", "subject", "body", "mail", "created"])
        for number in range(IMPORTED):
            writer.writerow(
                [number, f"Printer {number} does not print", f"Error {number % 997} on floor "
                 f"{number % 9}; paper, toner and cable were checked.",
                 f"person{number % 500}@example.com", "2026-01-02 09:00"]
            )  # fmt: skip
    map_path = folder / "map.toml"
    map_path.write_text((HERE / "import_map.toml").read_text())
    session = session_on(f"sqlite:///{folder / 'import.sqlite'}")
    start = time.perf_counter()
    report = import_tickets(session, source, map_path)
    taken = time.perf_counter() - start
    connection.close_database()
    assert report.created == IMPORTED, report
    return IMPORTED / taken


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--folder", type=Path, help="keep the databases here, and use those there")
    words = parser.parse_args()
    sizes = [int(size) for size in words.sizes.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = words.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        lines = measure(folder, sizes)
    text = "\n".join(lines) + "\n"
    (HERE / "results.md").write_text(text)
    sys.stdout.write(text)


def measure(folder: Path, sizes: list[int]) -> list[str]:
    """Return the lines of the results."""
    found = {}
    built = {}
    screens = {}
    floor = console.minimal()
    for size in sizes:
        path = folder / f"{size}.sqlite"
        url = f"sqlite:///{path}"
        if not path.exists():
            url, built[size] = build(folder, size)
        session = session_on(url)
        found[size] = (records.reads(session, path), records.updates(session))
        connection.close_database()
        screens[size] = console.console(url, LOGIN)
    with tempfile.TemporaryDirectory() as apart:
        rate = import_rate(Path(apart))
    return [
        *head("Measured"),
        *_reads(found),
        "",
        *_writes(found, built, rate),
        "",
        *_screens(floor, screens),
    ]


def head(title: str) -> list[str]:
    """Return the first lines of results."""
    return [
        f"# {title}",
        "",
        f"{platform.machine()}, {_cores()} cores, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}. All of a table was measured in one run, contestants in turn;",
        "medians in milliseconds. Trust the ratios more than the milliseconds.",
        "",
    ]


def _cores() -> int:
    import os

    return os.cpu_count() or 1


def _reads(found: dict[int, tuple[list[records.Read], records.Update]]) -> list[str]:
    """Return the table of reads: ours and raw at each size, and the growth."""
    sizes = sorted(found)
    head = " | ".join(f"{size:,} ours / raw" for size in sizes)
    lines = [f"| read, first 50 | {head} | growth |", "|---" * (len(sizes) + 2) + "|"]
    for place, read in enumerate(found[sizes[0]][0]):
        row = [found[size][0][place] for size in sizes]
        cells = " | ".join(f"{each.ours:.2f} / {each.raw:.2f}" for each in row)
        lines.append(f"| {read.name} | {cells} | x{row[-1].ours / row[0].ours:.2f} |")
    return lines


def _writes(
    found: dict[int, tuple[list[records.Read], records.Update]],
    built: dict[int, float],
    rate: float,
) -> list[str]:
    lines = ["| write | figure |", "|---|---|"]
    for size, (_, update) in sorted(found.items()):
        lines.append(
            f"| edit one of {size:,} tickets, durable | {update.median:.2f} ms (p95 "
            f"{update.p95:.2f}), {update.rate:,.0f} a second |"
        )
    lines.append(f"| import of {IMPORTED:,} tickets | {rate:,.0f} a second |")
    lines += [f"| build {size:,} demo tickets | {taken:.0f} s |" for size, taken in built.items()]
    return lines


def _screens(floor: console.Screen, screens: dict[int, console.Screen]) -> list[str]:
    lines = [
        "| console at 80x24 | first full list | x minimal | move p95, row / all | move | scroll "
        "| palette | memory |",
        "|---" * 8 + "|",
    ]
    for name, screen in (
        ("minimal app, 100 rows", floor),
        *((f"{size:,} tickets", screen) for size, screen in sorted(screens.items())),
    ):
        lines.append(
            f"| {name} | {screen.start * 1000:.0f} ms | {screen.start / floor.start:.2f} "
            f"| {screen.row * 1000:.1f} / {screen.key * 1000:.1f} ms "
            f"| {screen.move:.0f} B | {screen.scroll:.0f} B "
            f"| {screen.palette:.0f} B | {screen.memory:.1f} MiB |"
        )
    return lines


if __name__ == "__main__":
    main()
