"""Writing aged lists, payments and statements of account from the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from boconsole.errors import InvalidChangeError
from boconsole.invoices import sheets
from boconsole.language import _, ngettext
from boconsole.ledger.statements import periods
from boconsole.session import Session
from screens.dialogs import PromptDialog
from screens.shell import ShellScreen


def ask_for_file(screen: ShellScreen, name: str, then: Callable[[str], None]) -> None:
    """Ask for the name of a file."""
    prompt = PromptDialog(_("Export to which file? (.csv, .xlsx or .pdf)"), name)
    screen.app.push_screen(prompt, lambda path: then(path) if path else None)


def writing(session: Session, path: str, make: Callable[[], sheets.Sheet]) -> Callable[[], str]:
    """Return the operation that makes and writes a table."""

    def work() -> str:
        sheet = make()
        sheets.write(session, Path(path), sheet, spreadsheet=True)
        count = len(sheet.lines)
        text = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", count)
        return text.format(n=count, path=path)

    return work


def problem(text: str) -> str:
    """Return what is wrong with a typed period, or nothing."""
    try:
        periods.read(text)
    except InvalidChangeError as error:
        return error.reason
    return ""
