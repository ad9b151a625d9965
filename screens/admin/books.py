"""How the books are kept: the sums above which an approval is needed."""

from __future__ import annotations

from collections.abc import Sequence

from boconsole.invoices import worth
from boconsole.language import N_, _
from boconsole.ledger import limits
from boconsole.session import Session
from screens.admin.parts import Item, Part, Values
from screens.entries import Field

OTHERS = "*"
"""Stands for all commodities without a sum of their own."""


def _read(session: Session) -> Sequence[Item]:
    others = worth.chosen_reporting()
    about_others = (
        _("all others, converted to {currency}").format(currency=others)
        if others else _("all others, in whole units")
    )  # fmt: skip
    found = []
    for limit in limits.listed(session):
        told = _("nothing waits")
        if limit.most is not None:
            told = _("above {sum}").format(sum=limit.text)
        if not limit.commodity:
            told = f"{told} · {about_others}"
        values = {
            "commodity": limit.commodity or OTHERS,
            limits.THRESHOLD: "" if limit.most is None else str(limit.most),
        }
        found.append(Item(limit.commodity or OTHERS, told, values))
    return found


def _fields(_session: Session) -> Sequence[Field]:
    return [
        Field("commodity", N_("Commodity"), required=True,
              hint=N_("Such as IDR; * stands for all others.")),
        Field(limits.THRESHOLD, N_("Above"), required=True,
              hint=N_("In whole units. Above it somebody else has to approve an entry.")),
    ]  # fmt: skip


def _save(session: Session, values: Values) -> object:
    code = str(values["commodity"])
    text = str(values.get(limits.THRESHOLD) or "")
    return limits.put(session, text, "" if code == OTHERS else code)


def _remove(session: Session, name: str) -> object:
    return limits.put(session, "", "" if name == OTHERS else name)


LIMITS = Part(
    "limits", N_("Approval thresholds"), N_("Sums above which entries need a second person."),
    _read, _fields, _save, _remove, "ledger.configure",
)  # fmt: skip
PARTS: tuple[Part, ...] = (LIMITS,)
