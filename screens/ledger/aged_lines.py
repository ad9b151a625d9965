"""Aged lists and statements of account as lines under columns of amounts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from textual.content import Content

from boconsole.invoices import sheets
from boconsole.invoices.account_statement import Account, AccountStatement, Told
from boconsole.invoices.aged_list import AgedContact, AgedItem, AgedList, Buckets
from boconsole.language import _
from boconsole.ledger.statements.shapes import Column, Statement
from screens.cells import safe
from screens.ledger.statement_lines import Line
from screens.prose import toned

AGE_KEYS = ("not-due", "days-30", "days-60", "days-90", "older")
TOTAL = "balance"
Key = tuple[int, str]
"""A contact and a currency."""


def aged_columns(made: AgedList, *, used: bool = False) -> Statement:
    """Return the columns of an aged list; `used` leaves out ages that nothing has."""
    has = [any(each.buckets[place] for each in made.contacts) for place in range(len(AGE_KEYS))]
    ages = (Column(key, _(age), None, made.at)
            for key, age, there in zip(AGE_KEYS, sheets.AGES, has, strict=True)
            if there or not used)  # fmt: skip
    return _columns("aged", (*ages, Column(TOTAL, _("Total"), None, made.at)))


def account_columns(made: AccountStatement) -> Statement:
    """Return the columns of a statement of account."""
    return _columns(
        "account",
        (Column("movement", _("Amount"), None, made.ends),
         Column(TOTAL, _("Balance"), None, made.ends)),
    )  # fmt: skip


def _columns(name: str, columns: tuple[Column, ...]) -> Statement:
    return Statement(name, "", "natural", "amounts", columns, (), (), {})


def above(told: Sequence[str], holds: bool, missing: Sequence[str]) -> Content:
    """Return the line above: what was chosen, whether it is proved, what has no room."""
    proved = (_("proved"), "good") if holds else (_("NOT PROVED"), "bad")
    parts: list[tuple[str, str] | str] = [f" {' · '.join(told)} · ", proved]
    if missing:
        text = _("no room for: {columns}").format(columns=", ".join(missing))
        parts.append((f" · {text}", "warn"))
    return toned(*parts)


# Aged lists


def aged(made: AgedList, unfolded: Collection[Key]) -> list[Line]:
    """Return the lines of an aged list; `unfolded` contacts show their items."""
    found = [line for each in made.contacts for line in _contact(each, unfolded)]
    if not found:
        found.append(Line(("none",), _("Nothing is open."), "text", "muted"))
    for code, digits, buckets in made.totals:
        found.append(
            Line(("total", code), _("Total"), "total", "strong", -1, amounts=_ages(buckets),
                 commodity=safe(code), precision=digits, name=_("Total"))
        )  # fmt: skip
    return [*found, Line(("blank",), "", "blank"), *_proofs(made)]


def contact_key(line: Line) -> Key | None:
    """Return whose line it is, or None."""
    if line.place[0] in ("contact", "item"):
        return int(line.place[1]), line.place[2]
    return None


def _contact(each: AgedContact, unfolded: Collection[Key]) -> Iterator[Line]:
    key = (each.partner_id, each.commodity)
    fold = "-" if key in unfolded else "+"
    place = ("contact", str(each.partner_id), each.commodity)
    name = safe(each.partner)
    yield Line(
        place, f"{fold} {name}", "account", "", 0, fold, f"{key[0]} {key[1]}",
        amounts=_ages(each.buckets), commodity=safe(each.commodity), precision=each.precision,
        name=name,
    )  # fmt: skip
    for item in each.items if fold == "-" else ():
        yield _item(item, each)


def _item(item: AgedItem, each: AgedContact) -> Line:
    amounts = {AGE_KEYS[item.bucket]: item.amount, TOTAL: item.amount}
    return Line(
        ("item", str(each.partner_id), each.commodity, str(item.item_id)),
        f" {safe(item.number)} {item.due}", "item", "" if item.payable else "info", 1,
        amounts=amounts, commodity=safe(each.commodity), precision=each.precision,
        name=f"{safe(each.partner)}\t{safe(item.number)}\t{item.due}",
    )  # fmt: skip


def _ages(buckets: Buckets) -> dict[str, int]:
    """Return what stands under each age; nothing is a dash."""
    found = {key: amount for key, amount in zip(AGE_KEYS, buckets, strict=True) if amount}
    return {**found, TOTAL: sum(buckets)}


def _proofs(made: AgedList) -> Iterator[Line]:
    if not made.proofs:
        return
    words = _("Proof: holds") if made.holds else _("Proof: DOES NOT HOLD")
    tone = "good" if made.holds else "bad"
    yield Line(("proof",), words, "heading", tone, name=words)
    for proof in made.proofs:
        for key, title, amount in (("open", _("Open items"), proof.open),
                                   ("booked", _("Control account"), proof.booked)):  # fmt: skip
            yield Line(
                ("proof", key, proof.commodity), f"  {title}", "proof",
                "" if proof.holds else "bad", amounts={TOTAL: amount},
                commodity=safe(proof.commodity), precision=proof.precision, name=title,
            )  # fmt: skip


# Statements of account


def account(made: AccountStatement) -> list[Line]:
    """Return the lines of a statement of account."""
    found: list[Line] = []
    for each in made.accounts:
        found += [*_account(each, made), Line(("blank", each.commodity), "", "blank")]
    if not found:
        found.append(Line(("none",), _("Nothing was booked in these days."), "text", "muted"))
    while found[-1].kind == "blank":
        found.pop()
    return found


def _account(each: Account, made: AccountStatement) -> Iterator[Line]:
    def line(key: str, title: str, amount: int, kind: str, tone: str = "") -> Line:
        return Line(
            (key, each.commodity), title, kind, tone, amounts={TOTAL: amount},
            commodity=safe(each.commodity), precision=each.precision, name=title,
        )  # fmt: skip

    if made.starts:
        words = _("{day}  Balance before").format(day=made.starts)
        yield line("before", words, each.opening, "proof", "strong")
    for place, told in enumerate(each.lines):
        yield _told(told, each, place)
    words = _("{day}  Balance").format(day=made.ends)
    yield line("after", words, each.closing, "proof", "strong")
    for age, key, amount in zip(sheets.AGES, AGE_KEYS, each.buckets, strict=True):
        if amount:
            words = _("of that {age}").format(age=sheets.age_text(age))
            yield line(key, f"            {words}", amount, "proof", "muted")
    words = _("Proof: holds") if each.holds else _("Proof: DOES NOT HOLD")
    tone = "good" if each.holds else "bad"
    yield line("open", "  ".join((words, _("Open items"))), each.open, "proof", tone)


def _told(told: Told, each: Account, place: int) -> Line:
    amount = told.debit - told.credit
    return Line(
        ("told", each.commodity, str(place), str(told.entry_id)),
        f"{told.dated}  {safe(told.number)} {safe(told.text)}", "item", "", 1,
        amounts={"movement": amount, TOTAL: told.balance}, commodity=safe(each.commodity),
        precision=each.precision, name=f"{told.dated}\t{safe(told.number)}\t{safe(told.text)}",
    )  # fmt: skip


def of_line(made: AccountStatement, line: Line) -> Told | None:
    """Return the document or payment of a line."""
    if line.place[0] != "told":
        return None
    accounts: Sequence[Account] = [one for one in made.accounts if one.commodity == line.place[1]]
    return accounts[0].lines[int(line.place[2])]
