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
