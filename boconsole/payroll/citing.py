"""Where a line of pay comes from, in the language of whoever reads.

Slips keep their sources as they were computed, in English, as a seal holds over them. Here the
phrases that our rules write become those of the reader; names of laws, and what people wrote
themselves, stay as they are.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from boconsole.language import N_, _, decimal

PHRASES = (
    N_("salary of {day}"), N_("agreed from {day}"), N_("agreed on {day}"), N_("bonus of {day}"),
    N_("by calendar days {first} to {last}"), N_("by working days {first} to {last}"),
    N_("{n} months of service"), N_("(from {day})"), N_("row {n}"), N_("over {amount}"),
    N_("up to {amount}"), N_("annex, monthly effective rates, category {letter}"),
    N_("severance, final"), N_("old-age savings and pensions paid at once, final"),
    N_("five days a week"), N_("six days a week"), N_("the shortest day of six"),
    N_("rounded down to full thousands"), N_("at most {amount} a month worked"),
    N_("a month's wage from 12 months on"), N_("wage cap of March {n}, letter"),
    N_("wage cap of March {n}"), N_("the year less what was withheld"), N_("Art. {n} and {m}"),
    N_("Art. {n}"),
)  # fmt: skip
"""Longer ones before those that they begin with."""
PARTS = {
    "day": r"\d{4}-\d\d-\d\d", "first": r"\d{4}-\d\d-\d\d", "last": r"\d{4}-\d\d-\d\d",
    "n": r"\d+", "m": r"\d+", "amount": r"\d+(?:,\d{3})*(?:\.\d+)?", "letter": "[A-C]",
}  # fmt: skip
OWN = re.compile(r"(?:agreed (?:from|on)|bonus of) \d{4}-\d\d-\d\d")
"""Beginnings behind which people's own words follow."""


def source(text: str) -> str:
    """Return the source of a line in the language of the reader."""
    head = OWN.match(text)
    known, rest = (head[0], text[head.end() :]) if head else (text, "")
    for pattern, phrase in _PATTERNS:
        if (said := _(phrase)) != phrase:
            known = pattern.sub(_filling(said), known)
    return known + rest


def _filling(said: str) -> Callable[[re.Match[str]], str]:
    def fill(found: re.Match[str]) -> str:
        values = found.groupdict()
        if "amount" in values:
            values["amount"] = _amount(values["amount"])
        return said.format(**values)

    return fill


def _amount(text: str) -> str:
    number = Decimal(text.replace(",", ""))
    return decimal(number, max(-int(number.as_tuple().exponent), 0))


def _pattern(phrase: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", phrase)
    parts = [f"(?P<{piece}>{PARTS[piece]})" if at % 2 else re.escape(piece)
             for at, piece in enumerate(pieces)]  # fmt: skip
    return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)")


_PATTERNS = tuple((_pattern(phrase), phrase) for phrase in PHRASES)
