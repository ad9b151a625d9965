"""What typed texts mean in a form."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from boconsole.errors import InvalidChangeError
from screens.entries import Field, Kind, Reader, meaning, read, write

READER = Reader(datetime(2026, 5, 4, 9, 0, tzinfo=UTC), ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  a   b ", "a b"),
        ("text", "", ""),
        ("long", "a\n\nb", "a\n\nb"),
        ("lookup", "", None),
        ("moment", "+3d", datetime(2026, 5, 7, 9, 0, tzinfo=UTC)),
        ("moment", "fri 14:00", datetime(2026, 5, 8, 7, 0, tzinfo=UTC)),
        ("moment", "tomorrow 14:00", datetime(2026, 5, 5, 7, 0, tzinfo=UTC)),
        ("date", "31/12", date(2025, 12, 31)),
        ("date", "10/4", date(2026, 4, 10)),
        ("date", "1/10", date(2026, 10, 1)),
        ("date", "31/12/2026", date(2026, 12, 31)),
        ("date", "29/2/2028", date(2028, 2, 29)),
        ("date", "fri", date(2026, 5, 1)),
        ("date", "monday", date(2026, 5, 4)),
        ("date", "-3d", date(2026, 5, 1)),
        ("date", "-2w", date(2026, 4, 20)),
        ("date", "+3d", date(2026, 5, 7)),
        ("number", "12", 12),
        ("number", "12.50", Decimal("12.50")),
        ("duration", "90", 90),
        ("duration", "1h 30m", 90),
        ("duration", "1:30", 90),
        ("duration", "2h", 120),
        ("tags", "vip, spam,, vip", ("vip", "spam")),
        ("switch", "yes", True),
        ("switch", "", False),
    ],
)
def test_text_becomes_a_value(kind: Kind, text: str, value: object) -> None:
    assert read(Field("x", "X", kind), text, READER) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [("moment", "soon"), ("date", "31/31"), ("date", "-9999w"), ("moment", "-3d"),
     ("number", "1,5"), ("number", "nan"),
     ("duration", "h"), ("duration", "-5m"), ("switch", "maybe"), ("choice", "z")],
)  # fmt: skip
def test_nonsense_is_refused_by_field(kind: Kind, text: str) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        read(Field("x", "X", kind, choices=(("a", "A"),)), text, READER)

    assert refused.value.field == "x"


def test_missing_value_of_a_required_field_is_refused() -> None:
    with pytest.raises(InvalidChangeError, match="is needed"):
        read(Field("x", "X", required=True), "  ", READER)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("moment", datetime(2026, 5, 7, 9, 0, tzinfo=UTC)),
        ("date", date(2026, 12, 31)),
        ("duration", 95),
        ("duration", 5),
        ("tags", ("a", "b")),
        ("switch", True),
        ("number", Decimal("1.50")),
    ],
)
def test_value_written_out_reads_back_the_same(kind: Kind, value: object) -> None:
    field = Field("x", "X", kind)

    assert read(field, write(field, value, READER.zone), READER) == value


def test_meaning_of_a_short_date_is_the_whole_one() -> None:
    assert meaning(Field("x", "X", "moment"), "+3d", READER) == "Thu 2026-05-07 16:00"
