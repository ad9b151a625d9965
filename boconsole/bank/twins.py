"""Lines of a file that tell, as it seems, of movements that are there already; pure.

The same movement comes once by OFX and once as a table, with other words and another id. Of
each day and amount, as many new lines are doubted as there are known ones that the file does
not bring itself. Nothing is dropped: a doubtful line is kept, counts in no balance, and waits
for somebody to say whether it is a movement of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from boconsole.bank.keys import OPENING, Keyed
from db.bank.rows import BankLineRow

Place = tuple[date, int]


def doubtful(
    fresh: Sequence[Keyed],
    known: Sequence[tuple[BankLineRow, str]],
    brought: Collection[str],
    kind: str,
) -> dict[str, BankLineRow]:
    """Return for the keys of new lines the known ones that seem to be the same.

    Args:
        fresh: New lines of the file.
        known: Lines of the same days, each with the kind of its file.
        brought: The keys of all lines of the file: what has one of them is not doubted about.
        kind: Of the file. Two ids that the bank itself gives in one kind of file tell apart.
    """
    alone: dict[Place, list[tuple[BankLineRow, str]]] = {}
    for line, its_kind in known:
        if line.key not in brought and line.key != OPENING and line.twin_id is None:
            alone.setdefault((line.dated, line.amount), []).append((line, its_kind))
    new: dict[Place, list[Keyed]] = {}
    for each in fresh:
        if each.movement.amount:
            new.setdefault((each.movement.dated, each.movement.amount), []).append(each)
    found: dict[str, BankLineRow] = {}
    for place, listed in new.items():
        found |= _paired(listed, alone.get(place, ()), kind)
    return found


def _paired(
    fresh: Sequence[Keyed], known: Sequence[tuple[BankLineRow, str]], kind: str
) -> Mapping[str, BankLineRow]:
    """Return pairs, those first whose words are most alike; each line is in one at most."""
    ways = sorted(
        (-_alike(each, line), place, line.id, each.key, line)
        for place, each in enumerate(fresh)
        for line, its_kind in known
        if not (_has_id(each.key) and _has_id(line.key) and its_kind == kind)
    )
    found: dict[str, BankLineRow] = {}
    taken: set[int] = set()
    for _alike_by, _place, line_id, key, line in ways:
        if key not in found and line_id not in taken:
            found[key] = line
            taken.add(line_id)
    return found


def _has_id(key: str) -> bool:
    return key.startswith("id:")


def _alike(each: Keyed, line: BankLineRow) -> int:
    """Return how many words both have in common."""
    movement = each.movement
    mine = f"{movement.name} {movement.memo} {movement.reference}".casefold().split()
    theirs = f"{line.name} {line.memo} {line.reference}".casefold().split()
    return len(set(mine) & set(theirs))
