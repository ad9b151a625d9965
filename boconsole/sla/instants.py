"""Instants as people and files write them."""

from datetime import UTC, datetime, tzinfo

from boconsole.sla.errors import InstantError


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """Return an ISO 8601 instant in UTC, in whole seconds.

    Without an offset it is a time of the zone; one that a change of the clock skips is read
    with the offset before the change, one that comes twice is the first (PEP 495, fold 0).
    A date alone is its midnight.

    Raises:
        InstantError: The text is no such instant, or beyond the years 3 to 9990.
    """
    try:
        read = datetime.fromisoformat(text.strip().upper())
        if read.tzinfo is None:
            read = read.replace(tzinfo=zone)
        instant = read.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise InstantError(text) from None
    if not 3 <= instant.year <= 9990:
        raise InstantError(text)
    return instant
