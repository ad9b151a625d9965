"""What pay looks like: states, kinds of lines, amounts."""

from __future__ import annotations

from boconsole.language import N_, _
from boconsole.payroll import words
from screens.cells import Cell, Look
from screens.ledger.facts import money

FEATURE = "payroll"
STATES = {
    words.DRAFT: Look("D", N_("draft"), "warn"),
    words.APPROVED: Look("A", N_("approved"), "info"),
    words.POSTED: Look("P", N_("posted"), ""),
    words.PAID: Look("+", N_("paid"), "good"),
    words.DROPPED: Look("-", N_("dropped"), "muted"),
}
KINDS = {
    "earning": Look("+", N_("Earning"), ""),
    "benefit": Look("k", N_("In kind"), "muted"),
    "employer": Look("e", N_("Employer"), "muted"),
    "deduction": Look("-", N_("Deduction"), "warn"),
    "tax": Look("t", N_("Tax"), "warn"),
    "working": Look(".", N_("Step"), "muted"),
}

SUM = Look("=", N_("Sum"), "strong")


def look_word(look: Look) -> Cell:
    """Return letter and word: `P posted`."""
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def amount(value: int | None, digits: int, tone: str = "") -> Cell:
    """Return an amount; nothing is muted."""
    if value is None:
        return Cell("-", "muted")
    return Cell(money(value, digits), tone or ("" if value else "muted"))
