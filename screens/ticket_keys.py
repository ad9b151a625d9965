"""The actions of an open ticket, beyond those it shares with the list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from boconsole.language import N_, _
from boconsole.tickets.words import ACTIVE
from screens import papers_at
from screens.actions import CHANGE, GO, SHOW, of_feature
from screens.keys import DETAIL, Action
from screens.reach import out_of_reach

if TYPE_CHECKING:
    from screens.ticket import TicketScreen


def _merged(screen: TicketScreen) -> str:
    if screen.row is not None and screen.row.state == "merged":
        return ""
    return _("This ticket was not merged; there is nothing to part.")


def _whole(screen: TicketScreen) -> str:
    if screen.row is not None and screen.row.state == "merged":
        return _("This ticket was merged into another; part it first with U.")
    return ""


def _parts(screen: TicketScreen) -> str:
    if len(screen.messages) > 1:
        return ""
    return _("Only a ticket with more than one message can be split.")


def _files(screen: TicketScreen) -> str:
    nothing = "" if screen.files else _("No file is attached to this ticket.")
    return out_of_reach(screen.session) or nothing


def _linked(screen: TicketScreen) -> str:
    if screen.linked or screen.booked:
        return ""
    return _("This ticket is linked to no other; l makes a link.")


def _asked(screen: TicketScreen) -> str:
    if screen.row is not None and (screen.row.requester or screen.row.organisation):
        return ""
    return _("Nobody is named who asks.")


def _hidden(screen: TicketScreen) -> str:
    return "" if screen.hidden or screen.folded else _("Everything is shown already.")


def _may_read(screen: TicketScreen) -> str:
    if "knowledge.read" in screen.session.permissions:
        return ""
    return _("You may not read articles; an administrator gives the permission.")


def _may_log(screen: TicketScreen) -> str:
    if "time.log" in screen.session.permissions:
        return ""
    return _("You may not note time; an administrator gives the permission.")


def _used(screen: TicketScreen) -> str:
    if screen.row is None or screen.row.state in ACTIVE:
        return _("Say so once the ticket is solved.")
    return "" if screen.found.uses else _("No article was used for this ticket; b links one.")


def _solved(screen: TicketScreen) -> str:
    if screen.row is not None and screen.row.state not in ACTIVE:
        return ""
    return _("An article is made of a solved ticket; s sets the state.")


def _neighbours(screen: TicketScreen) -> str:
    return "" if screen.neighbours else _("This ticket was not opened from a list.")


TICKET_ACTIONS = (
    *of_feature("ticket", "comment", "state", "assign", "edit", "macro", "tags", where=DETAIL),
    *(replace(action, rank=60) for action in of_feature("ticket", "new", where=DETAIL)),
    Action("ticket.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=19,
           short=N_("undo")),
    Action("ticket.watch", N_("Watch, or stop watching"), ("w",), DETAIL, CHANGE),
    Action("ticket.timer", N_("Start or stop the timer"), ("T",), DETAIL, CHANGE,
           when=_may_log, help=N_("Time on this ticket; `:view Time` lists it.")),
    Action("ticket.merge", N_("Merge into another"), ("M",), DETAIL, CHANGE, when=_whole),
    Action("ticket.unmerge", N_("Part from the one it was merged into"), ("U",), DETAIL, CHANGE,
           when=_merged),
    Action("ticket.split", N_("Split messages off"), ("S",), DETAIL, CHANGE, when=_parts,
           help=N_("They become a new ticket, caused by this one.")),
    Action("ticket.link", N_("Link to another, or remove a link"), ("l",), DETAIL, CHANGE),
    Action("ticket.articles", N_("Articles: link, read, take away"), ("b",), DETAIL, CHANGE,
           rank=32, short=N_("articles"), when=_may_read),
    Action("ticket.helped", N_("Say whether an article helped"), ("+",), DETAIL, CHANGE,
           when=_used),
    Action("ticket.make-article", N_("Make an article of the answer"), ("B",), DETAIL, CHANGE,
           when=_solved),
    Action("ticket.assets", N_("Assets, and what fails with them"), ("I",), DETAIL, SHOW),
    papers_at.action("ticket"),
    Action("ticket.trace", N_("Why it is due when it is"), ("i",), DETAIL, SHOW, rank=30,
           short=N_("why due")),
    Action("ticket.facts", N_("Show all facts"), ("d",), DETAIL, SHOW),
    Action("ticket.whole", N_("Show the whole timeline"), ("E",), DETAIL, SHOW, when=_hidden),
    Action("ticket.copy", N_("Copy the number"), ("y",), DETAIL, SHOW),
    Action("ticket.file", N_("Save an attached file"), ("f",), DETAIL, SHOW, when=_files),
    Action("ticket.refresh", N_("Read again"), ("r",), DETAIL, SHOW),
    Action("ticket.linked", N_("Open a linked ticket or entry"), ("L",), DETAIL, GO, when=_linked),
    Action("ticket.contact", N_("Open who asks"), ("@",), DETAIL, GO, when=_asked,
           help=N_("The page of the contact; [ comes back.")),
    Action("ticket.after", N_("Next ticket of the list"), ("J",), DETAIL, GO, when=_neighbours),
    Action("ticket.before", N_("Ticket before in the list"), ("K",), DETAIL, GO,
           when=_neighbours),
    Action("ticket.down", N_("Scroll down"), ("j", "down"), DETAIL, GO),
    Action("ticket.up", N_("Scroll up"), ("k", "up"), DETAIL, GO),
    Action("ticket.page-down", N_("Next page"), ("pagedown", "ctrl+f", "space"), DETAIL, GO),
    Action("ticket.page-up", N_("Page before"), ("pageup", "ctrl+b"), DETAIL, GO),
    Action("ticket.top", N_("To the beginning"), ("g", "home"), DETAIL, GO),
    Action("ticket.bottom", N_("To the end"), ("G", "end"), DETAIL, GO),
)  # fmt: skip
