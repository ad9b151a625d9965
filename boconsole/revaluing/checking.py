"""The proof of revaluations: each entry says what was revalued, and is taken back afterwards."""

from collections.abc import Iterator

from boconsole.language import _
from boconsole.ledger.checking import Fault, number_of_entry
from db.revaluing import lines


def faults() -> Iterator[Fault]:
    """Yield everything that does not hold."""
    for entry_id in lines.select_torn():
        number = number_of_entry(entry_id)
        reason = _("{number} does not say what was revalued").format(number=number)
        yield Fault("revaluation", number, reason)
    for entry_id in lines.select_unturned():
        number = number_of_entry(entry_id)
        reason = _("{number} is not taken back on a later day").format(number=number)
        yield Fault("revaluation", number, reason)
