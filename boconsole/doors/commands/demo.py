"""Demonstration data: the console on an organisation that does not exist, or a database of it."""

import argparse
from typing import TYPE_CHECKING

from boconsole.doors.calls import Call, read_call
from boconsole.doors.commands import console
from boconsole.doors.output import Answer
from boconsole.doors.progress import Progress
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _, grouped
from boconsole.settings import without_password

if TYPE_CHECKING:
    from boconsole.demo.build import Built

MOST = 100_000_000


def demo(call: Call) -> Answer:
    """Fill a new database, or open the console on the user's own demonstration data."""
    if call.words.build is not None:
        return _build(call)
    if call.words.tickets is not None or call.words.seed is not None:
        raise BoconsoleError(_("--tickets and --seed go with --build URL; add it."))
    from boconsole.demo import open_demo

    with Progress(_("Demonstration data")) as progress:
        address = open_demo(
            call.settings,
            fresh=call.words.fresh,
            progress=lambda done, of: progress(done, done / of),
        )
    return console.open_console(_at(call, address))


def _build(call: Call) -> Answer:
    from boconsole.demo import SEED, TICKETS

    tickets = _whole("tickets", call.words.tickets, TICKETS, least=1)
    seed = _whole("seed", call.words.seed, SEED, least=0)
    there = _at(call, call.words.build)
    where = without_password(there.settings.database)
    built = _filled(there, tickets, seed)
    text = _("{where} has {tickets} tickets of {contacts} people, and {accounts} accounts.")
    value = {"database": where, "seed": seed, **built._asdict()}
    return Answer(
        value,
        text.format(
            where=where, tickets=grouped(built.tickets), contacts=grouped(built.contacts),
            accounts=built.accounts,
        ),
    )  # fmt: skip


def _filled(there: Call, tickets: int, seed: int) -> "Built":
    """Fill a database; a file that is not finished does not stay."""
    from boconsole.demo.build import build
    from db import connection

    path = connection.sqlite_path(there.settings.database)
    was_there = path is not None and path.exists()
    try:
        session = there.session(origin="system")
        with Progress(_("Tickets made")) as progress:
            return build(
                session, tickets, seed, session.now(), lambda done, of: progress(done, done / of)
            )
    except BaseException:
        connection.close_database()
        if path is not None and not was_there:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise


def _at(call: Call, address: str) -> Call:
    """Return the same call on another database."""
    return read_call(argparse.Namespace(**{**vars(call.words), "database": address}))


def _whole(field: str, text: str | None, default: int, *, least: int) -> int:
    if text is None:
        return default
    if not text.isdecimal() or len(text) > 18 or not least <= int(text) <= MOST:
        raise InvalidChangeError(
            field,
            _("{text!r} is not a whole number from {least} to {most}").format(
                text=text[:20], least=least, most=grouped(MOST)
            ),
        )
    return int(text)
