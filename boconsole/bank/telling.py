"""What is said about imports and proposals, in words."""

from boconsole.bank.importing import Imported
from boconsole.bank.matching import text_of
from boconsole.bank.opening import Difference
from boconsole.bank.proposing import Proposal, Reason
from boconsole.bank.undoing import Undone
from boconsole.language import N_, _, ngettext
from boconsole.money import plain

DIFFERENCES = {
    "lines": N_("{day}: the statement ends with {told}, its lines lead to {found}."),
    "chain": N_("{day}: the statement begins with {told}, the lines before lead to {found}."),
    "balance": N_("{day}: the bank holds {told}, all lines lead to {found}."),
}


def summary(done: Imported) -> str:
    """Return how many lines an import brought."""
    return ngettext(
        "{added} line is new, {seen} were there.",
        "{added} lines are new, {seen} were there.",
        done.added,
    ).format(added=done.added, seen=done.seen)


def notes(done: Imported) -> tuple[str, ...]:
    """Return what is to be known of an import, one sentence each."""
    digits = done.bank.precision
    told = [_difference(each, digits) for each in done.differences]
    told += [
        _(
            "Line {line}: the id {id} is known with {known} on {day}; the bank changed it or gives "
            "its ids twice. The line was not taken."
        ).format(line=each.movement.line, id=each.movement.id, day=each.known_dated,
                 known=plain(each.known_amount, digits))
        for each in done.changed
    ]  # fmt: skip
    told += [
        _(
            "Line {line}: {amount} on {day} seems to be the same as bank line {id} ({text}). It "
            "counts nothing until you keep it or set it aside."
        ).format(line=each.movement.line, amount=plain(each.movement.amount, digits),
                 day=each.movement.dated, id=each.known.id, text=text_of(each.known))
        for each in done.doubtful
    ]  # fmt: skip
    if done.rounded:
        told.append(
            ngettext("{count} amount was rounded.", "{count} amounts were rounded.",
                     done.rounded).format(count=done.rounded)
        )  # fmt: skip
    if done.others:
        numbers = ", ".join(number or "?" for number in done.others)
        told.append(_("Left aside: the accounts {numbers}.").format(numbers=numbers))
    return tuple(told)


def _difference(each: Difference, digits: int) -> str:
    return _(DIFFERENCES[each.kind]).format(
        day=each.day, told=plain(each.told, digits), found=plain(each.found, digits)
    )


UNDONE = {
    "bank.match": N_("the match"),
    "bank.accept": N_("the acceptance"),
    "bank.unmatch": N_("the taking apart"),
    "bank.aside": N_("the setting aside"),
    "bank.count": N_("the keeping"),
}


def undone(done: Undone) -> str:
    """Return what was taken back."""
    number = len(done.line_ids)
    told = ngettext("Undone: {what} of {n} bank line.", "Undone: {what} of {n} bank lines.", number)
    stays = " " + _("Entries stay.") if done.action in ("bank.match", "bank.accept") else ""
    return told.format(what=_(UNDONE[done.action]), n=number) + stays


def reason_text(reason: Reason) -> str:
    """Return a reason in words."""
    told = reason.told
    if reason.kind == "amount":
        count = int(told)
        text = ngettext("the amount is equal", "{count} entries together are equal", count)
        return text.format(count=count)
    if reason.kind == "date":
        days = int(told)
        if not days:
            return _("the same day")
        return ngettext("{days} day apart", "{days} days apart", days).format(days=days)
    if reason.kind == "reference":
        return _("the bank names {told}").format(told=told)
    return _("as before: {told}").format(told=told)


def reasons_text(way: Proposal) -> str:
    """Return why something is proposed, in words."""
    return "(" + "; ".join(reason_text(reason) for reason in way.reasons) + ")"
