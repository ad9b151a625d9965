"""A line of a document as one text: `Consulting  10 h x 150.00 -5%  Income:Sales  VAT`.

Two blanks stand between its parts: text, quantity with unit × price less a discount, account,
taxes. What `words.line_text` writes can be read again here.
"""

import re
from collections.abc import Iterable, Sequence

from boconsole.errors import InvalidChangeError
from boconsole.invoices.drafting import NewLine, decimal_of
from boconsole.language import _

GAP = re.compile(r"\s{2,}|\t")
SUM = re.compile(
    r"(?:(?P<quantity>-?[0-9.]+)(?:\s*(?P<unit>[^\W\d_][^\s×*]{0,19}?))?\s*[x×*]\s*)?"
    r"(?P<price>-?[0-9.]+)(?:\s*(?P<currency>[A-Z][A-Z0-9]{1,11}))?"
    r"(?:\s*-\s*(?P<discount>[0-9.]+)\s*%)?"
)


def line_of(text: str, number: int) -> tuple[NewLine, str]:
    """Return a line, and the currency that its price names, if any.

    Raises:
        InvalidChangeError: It cannot be read.
    """
    parts = GAP.split(text.strip())
    found = SUM.fullmatch(parts[1]) if len(parts) in (3, 4) else None
    if found is None:
        raise InvalidChangeError(
            "lines",
            _(
                "line {number}: expected `Text  2 h x 9.50 -5%  Income:Sales  VAT` with two blanks "
                "between its parts, found {text!r}"
            ).format(number=number, text=text[:60]),
        )
    quantity, price, discount = (
        decimal_of(found[name] or preset, field="lines")
        for name, preset in (("quantity", "1"), ("price", "0"), ("discount", "0"))
    )
    taxes = parts[3].replace(",", " ") if len(parts) == 4 else ""
    line = NewLine(parts[0], quantity, price, parts[2], taxes, discount, found["unit"] or "")
    return line, found["currency"] or ""


def lines_of(texts: Sequence[str]) -> tuple[list[NewLine], str]:
    """Return lines, and the one currency that their prices name, if any.

    Raises:
        InvalidChangeError: A line cannot be read, or prices are in several currencies.
    """
    found = [line_of(text, number) for number, text in enumerate(texts, 1)]
    return [line for line, _currency in found], one_currency(code for _line, code in found)


def one_currency(codes: Iterable[str]) -> str:
    """Return the one code of several texts, of which some may be empty.

    Raises:
        InvalidChangeError: There are several.
    """
    named = sorted({code for code in codes if code})
    if len(named) > 1:
        raise InvalidChangeError(
            "currency", _("a document has one; found {codes}").format(codes=", ".join(named))
        )
    return named[0] if named else ""
