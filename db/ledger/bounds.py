"""How near the kept sums of an account are to what 64 bits hold."""

from collections.abc import Sequence

from db import connection

AT_ONCE = 500


def select_moved(account_ids: Sequence[int]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return what months add to accounts, without signs: no sum over some of them is larger.

    Returns:
        Account and commodity to amount and value, in smallest units, nearly.
    """
    found = {}
    for start in range(0, len(account_ids), AT_ONCE):
        part = account_ids[start : start + AT_ONCE]
        rows = connection.fetch(
            "SELECT account_id, commodity_id, sum(abs(CAST(amount AS double precision))), "
            "sum(abs(CAST(value AS double precision))) FROM balance_month "
            f"WHERE account_id IN ({', '.join('?' * len(part))}) "
            "GROUP BY account_id, commodity_id",
            part,
        )
        found.update({(row[0], row[1]): (float(row[2]), float(row[3])) for row in rows})
    return found


def select_largest(months: Sequence[tuple[int, ...]]) -> int:
    """Return the largest sum of some months without its sign, amount or value; 0 without any.

    Args:
        months: Account, commodity, commodity of the value, kind and month of each.
    """
    one = (
        "(account_id = ? AND commodity_id = ? AND value_commodity_id = ? AND kind = ? "
        "AND month = ?)"
    )
    rows = connection.fetch(
        f"SELECT amount, value FROM balance_month WHERE {' OR '.join([one] * len(months))}",
        [part for month in months for part in month],
    )
    return max((max(abs(amount), abs(value)) for amount, value in rows), default=0)
