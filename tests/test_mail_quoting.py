"""What is new in a message stands first; nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boconsole.session import Session
from boconsole.tickets.quoting import parted
from boconsole.tickets.rows import TimelineEntry
from screens.prose import block
from screens.ticket_timeline import message_lines, timeline
from tests.people import MONDAY

HISTORY = [
    "On Mon, 4 May 2026 at 08:00, Help desk <help@desk.example> wrote:\n> We come.\n>\n> Bea",
    "Am Montag, 4. Mai 2026 um 08:00:12 MESZ schrieb Help desk\n<help@desk.example>:\n> We\n> come",
    "-----Original Message-----\nFrom: Help desk\nSent: Monday\n\nWe come.",
    "________________________________\nFrom: Help <help@desk.example>\nSent: Monday\nWe come.",
    "-- \nAnn Lee\nAcme Corp\n+62 21 555",
    "> We come.\n> Bea\n> desk",
]
KEPT = [
    "> Does it burn?\nYes.\n> Still?\nYes, it does burn.",
    "Look:\n--\nthe dashes\nare mine\n" + "and much follows\n" * 12,
    "On Monday I wrote:\nnothing\nat all",
    "> only a quote\n> of three\n> lines",
]


@pytest.mark.parametrize("history", HISTORY)
def test_history_is_parted_from_what_is_new(history: str) -> None:
    text = f"Still burns.\n\n{history}"

    new, found = parted(text)

    assert (new.strip(), found.strip()) == ("Still burns.", history)


@pytest.mark.parametrize("text", KEPT)
def test_what_may_be_meant_is_not_parted(text: str) -> None:
    assert parted(text) == (text, "")


@given(st.lists(st.sampled_from([*HISTORY, *KEPT, "", ">", "-- ", "x"]), max_size=6).map("\n".join))
def test_nothing_is_lost(text: str) -> None:
    new, history = parted(text)

    assert text == (f"{new}\n{history}" if history else new)


def test_timeline_folds_history_and_tells_how_far_the_mail_is(local_session: Session) -> None:
    asked = TimelineEntry(MONDAY, "Ann", "request", f"Still.\n{HISTORY[0]}")
    reply = TimelineEntry(MONDAY, "bea", "reply", "We come.", mail="failed", mail_reason="550 No")

    folded = block(timeline([asked, reply], 60, local_session, fold=True)[0]).plain
    whole = block(message_lines(asked, 60, local_session)).plain

    assert "We come." not in folded.partition("bea")[0]
    assert "… 4 lines of history: E shows them" in folded
    assert "mail failed" in folded
    assert "! 550 No" in folded
    assert "> We come." in whole
