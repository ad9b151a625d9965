"""Ready-made charts of accounts to start from."""

import tomllib
from pathlib import Path

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.session import Session
from db.ledger.rows import AccountRow

SHIPPED = Path(__file__).parent.parent / "charts"
KEYS = frozenset(("code", "path", "kind", "role", "cash_flow"))


def shipped() -> list[str]:
    """Return the names of the charts that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(session: Session, name: str) -> list[AccountRow]:
    """Add the accounts of a chart; those that are there stay as they are.

    Args:
        session: Who sets up the books.
        name: Of a shipped chart, or the path of a file of the same form.

    Raises:
        NotFoundError: There is neither.
        InvalidChangeError: The file is no chart.
    """
    session.require("ledger.configure")
    path = SHIPPED / f"{name}.toml" if name in shipped() else Path(name)
    if not path.is_file():
        raise NotFoundError(
            _("chart {name}; there are {names}").format(name=name[:60], names=", ".join(shipped()))
        )
    return accounts.add(session, _read(path))


def _read(path: Path) -> list[NewAccount]:
    try:
        found = tomllib.loads(path.read_text("utf-8")).get("accounts", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InvalidChangeError("chart", str(error)) from error
    if not isinstance(found, list) or not found:
        raise InvalidChangeError("chart", _("expected accounts = [{ path = … }, …]"))
    return [_account(number, row) for number, row in enumerate(found, 1)]


def _account(number: int, row: object) -> NewAccount:
    sound = isinstance(row, dict) and all(isinstance(value, str) for value in row.values())
    if not sound or not isinstance(row, dict) or "path" not in row:
        raise InvalidChangeError("chart", _("account {number} has no path").format(number=number))
    if unknown := set(row) - KEYS:
        raise InvalidChangeError(
            "chart",
            _("account {number}: {key} is not known; there are {keys}").format(
                number=number, key=min(unknown), keys=", ".join(sorted(KEYS))
            ),
        )
    return NewAccount(**row)
