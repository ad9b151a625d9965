"""Which backups stay: the newest of each of the last days, weeks, months and years.

Pure: instants in, instants out. The newest backup always stays, and each rule counts the spans
that have a backup, so that a machine that was off does not lose what it had.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime

from boconsole.errors import InvalidChangeError
from boconsole.language import _

SPANS: Mapping[str, Callable[[datetime], object]] = {
    "hourly": lambda at: (at.date(), at.hour),
    "daily": lambda at: at.date(),
    "weekly": lambda at: at.isocalendar()[:2],
    "monthly": lambda at: (at.year, at.month),
    "yearly": lambda at: at.year,
}
MOST = 1_000


def read_rules(text: str) -> dict[str, int]:
    """Return how many of each span stay, from words such as `daily=7,weekly=4,monthly=12`.

    Raises:
        InvalidChangeError: A word is not a span with a number.
    """
    rules: dict[str, int] = {}
    for word in filter(None, (word.strip() for word in text.split(","))):
        span, _equals, number = word.partition("=")
        if span not in SPANS or not number.isdecimal() or not 1 <= int(number) <= MOST:
            raise InvalidChangeError(
                "keep",
                _("{word!r} is not one of {spans} with a number, such as daily=7").format(
                    word=word[:40], spans=", ".join(SPANS)
                ),
            )
        rules[span] = int(number)
    return rules


def kept(made: Collection[datetime], rules: Mapping[str, int]) -> set[datetime]:
    """Return the instants that stay; without rules all of them do."""
    newest_first = sorted(made, reverse=True)
    if not rules or not newest_first:
        return set(newest_first)
    found = {newest_first[0]}
    for span, number in rules.items():
        seen: set[object] = set()
        for at in newest_first:
            key = SPANS[span](at.astimezone(UTC))
            if key not in seen and len(seen) < number:
                seen.add(key)
                found.add(at)
    return found
