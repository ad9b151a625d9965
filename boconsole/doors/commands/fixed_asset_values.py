"""Fixed assets by command: what they are found to be worth."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.commands.fixed_assets import approval, number_of, whole_of
from boconsole.doors.output import Answer
from boconsole.language import _
from boconsole.ledger.words import parse_day
from boconsole.money import plain

if TYPE_CHECKING:
    from boconsole.fixed_assets.valuing import Plan
    from boconsole.ledger.entries import JournalEntry


def revalue(call: Call) -> Answer:
    """Carry an asset at what it was found to be worth, or tell what that would book."""
    from boconsole.fixed_assets import reading, valuing
    from boconsole.fixed_assets.valuing import Valuation

    words, session = call.words, call.session()
    if "tag" in words:
        from boconsole.assets.depreciating import fixed_of
        from boconsole.doors.commands.assets import refs_of

        asset = fixed_of(session, refs_of(session, [words.tag])[0].id)
    else:
        asset = reading.get(session, words.number)
    day = parse_day(words.at, field="at")
    wanted = Valuation(
        number_of(words.amount, "amount"), words.by,
        whole_of(words.life, "months") if words.life else None,
        number_of(words.residual, "residual") if words.residual else None,
    )  # fmt: skip
    plan = valuing.plan(session, asset, day, wanted)
    notes: tuple[str, ...] = ()
    if plan.others:
        told = _(
            "IAS 16.36 wants the whole class {name} revalued; still at other values: {others}."
        )
        notes = (told.format(name=plan.group.name, others=valuing.names(plan.others)),)
    if words.dry_run:
        return Answer(_revaluation(plan, None), lambda: _revalued(plan), notes)
    entry = valuing.revalue(session, asset, day, wanted)
    return Answer(_revaluation(plan, entry), f"{_revalued(plan)}{approval([entry])}", notes)


def _revaluation(plan: "Plan", entry: "JournalEntry | None") -> dict[str, object]:
    digits = plan.asset.row.precision
    return {
        "number": plan.asset.number, "date": plan.day,
        "entry": entry.number if entry else None, "state": entry.state if entry else "",
        "before": plain(plan.asset.book, digits), "value": plain(plan.new.cost, digits),
        "surplus": plain(plan.parts.surplus, digits), "loss": plain(plan.parts.lost, digits),
        "commodity": plan.asset.row.commodity,
        "lines": [{"account": line.account, "amount": str(line.number)} for line in plan.lines],
        "others": [other.number for other in plan.others],
    }  # fmt: skip


def _revalued(plan: "Plan") -> str:
    digits, code = plan.asset.row.precision, plan.asset.row.commodity
    told = _("{number}: book value {before}, value {value} {code}.").format(
        number=plan.asset.number, before=plain(plan.asset.book, digits),
        value=plain(plan.new.cost, digits), code=code,
    )  # fmt: skip
    rows = [(line.account, str(line.number), line.commodity) for line in plan.lines]
    table = output.table((_("Account"), _("Amount"), _("Commodity")), rows, right=frozenset((1,)))
    return f"{table}\n{told}"
