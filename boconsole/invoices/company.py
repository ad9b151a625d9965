"""Who keeps the books, as printed on documents: name, address, tax number, bank account."""

from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean
from db.ledger import calendar

CHOICES = ("company-name", "company-address", "company-tax-number", "company-bank")
LONGEST = 500


class Company(NamedTuple):
    """What is printed of the company; each may be empty, address and bank have several lines."""

    name: str
    address: str
    tax_number: str
    bank: str


def put(session: Session, choice: str, text: str) -> None:
    r"""Write one of the choices; `\n` in an address begins a line, empty takes it away.

    Raises:
        InvalidChangeError: There is no such choice, or the text is too long.
    """
    session.require("ledger.configure")
    if choice not in CHOICES:
        raise InvalidChangeError("choice", _("expected one of {words}").format(
            words=", ".join(CHOICES)))  # fmt: skip
    wanted = clean(text.replace("\\n", "\n"), field=choice, limit=LONGEST)
    with audit.writing():
        before = calendar.select_settings().get(_key(choice), "")
        calendar.put_setting(_key(choice), wanted)
        line = audit.Line(0, {_key(choice): (before, wanted)})
        audit.record(session, "ledger.set", "ledger", [line])


def read() -> Company:
    """Return what was chosen."""
    chosen = calendar.select_settings()
    return Company(*(chosen.get(_key(choice), "") for choice in CHOICES))


def _key(choice: str) -> str:
    return choice.replace("-", "_")
