"""An hour of a support agent's work, pressed into the real console."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any, NamedTuple

import pytest

from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.people import StandingClock, open_session
from tests.terminal import BACKSPACE, CTRL_S, DOWN, ENTER, ESC, TAB, Terminal

Run = Callable[..., CompletedProcess[str]]


class Desk(NamedTuple):
    """The demo with a morning's mail: the numbers of what came in."""

    url: str
    gate: str
    dark: str
    black: str
    hum: str


MAIL = {
    "gate": "Badge reader at gate 3 stays red",
    "dark": "Projector Cempaka stays dark",
    "black": "Projector Cempaka shows a black picture",
    "hum": "Projector Melati hums",
}


@pytest.fixture
def desk(command: Run, tmp_path) -> Desk:  # type: ignore[no-untyped-def]
    url = f"sqlite:///{tmp_path}/desk.sqlite"
    built = command("demo", "--build", url, "--tickets", "300", "--seed", "1", database=url)
    assert built.returncode == 0, built.stderr
    session = open_session(url, StandingClock())
    fields = {"requester": "eve@gate.example"}
    mail = {
        name: creating.create(session, NewTicket(subject, "It happened again.", fields))
        for name, subject in MAIL.items()
    }
    connection.close_database()
    return Desk(url, **{name: f"TKT-{row.id}" for name, row in mail.items()})


def answer(run: Run, *words: str, database: str) -> Any:
    done = run("--json", *words, database=database, BOCONSOLE_USER="root")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def find(console: Terminal, words: str, *shown: str) -> None:
    console.press("/")
    console.wait_for("Words or terms")
    console.press(words)
    console.wait_for(words, *shown)
    console.press(ENTER)
    console.wait_for("enter open", *shown)


def reply_with_macro(console: Terminal) -> None:
    console.press("m")
    console.wait_for("Macro for", "Escalate")
    console.press("first answer")
    console.wait_gone("Escalate")
    console.press(ENTER)
    console.wait_for("public reply", "thank you for your message")
    console.press(CTRL_S)
    console.wait_for("root replied", "changed; u undoes it.")


def set_pending(console: Terminal) -> None:
    console.press("s")
    console.wait_for("State of", "pending", "resolved")
    console.press("p")
    console.wait_for("Open again by itself on")
    console.press("someday")
    console.wait_for("someday", "fri")
    console.press(BACKSPACE * 7, "+2d", ENTER)
    console.wait_for("pending → Wed 09:00")


def assign(console: Terminal, title: str, login: str, said: str) -> None:
    console.press("a")
    console.wait_for(title, "nobody")
    console.press(login)
    console.wait_gone("nobody")
    console.press(ENTER)
    console.wait_for(said, login)


def merge(console: Terminal, source: str, target: str) -> None:
    console.press("M")
    console.wait_for(f"Merge {source} into")
    console.press(target, ENTER)
    console.wait_for("y merge", MAIL["black"], MAIL["dark"])
    console.press("y")
    console.wait_for(f"{source} is a part of {target} now")


def change_view(console: Terminal) -> None:
    console.press(":")
    console.wait_for("\n:")
    console.press("view wait")
    console.wait_for("Show the view Waiting")
    console.press(ENTER)
    console.wait_for("Tickets · Waiting · is:waiting")
    console.press("v")
    menu = console.wait_for("Views", "Unassigned")
    console.press(re.findall(r"(\d) Unassigned", menu)[0])
    console.wait_for("Tickets · Unassigned · is:unassigned")


def write_new_ticket(console: Terminal) -> None:
    console.press("n")
    console.wait_for("New ticket from", "Empty ticket")
    console.press(ENTER)
    console.wait_for("Subject", "Requester", "^s save")
    console.press(CTRL_S)
    console.wait_for("Subject needs another look.")
    console.press("Coffee machine leaks", TAB, "eve@gate.example")
    console.wait_for("eve@gate.example", "Coffee machine leaks")
    console.press(CTRL_S)
    console.wait_for("made.", "Tickets · Unassigned", "Coffee machine leaks")


def test_an_hour_at_work(desk: Desk, command: Run) -> None:
    with Terminal(desk.url) as console:
        console.wait_for("Home", "? help")
        console.press("2")
        console.wait_for("Tickets · 1 of", MAIL["hum"])

        find(console, "badge gate", "1 of 1", desk.gate)
        console.press(ENTER)
        console.wait_for(MAIL["gate"], "It happened again.", "m macro")
        reply_with_macro(console)
        set_pending(console)
        console.press("q")
        console.wait_for("badge gate · 1 of 1", "P pending")
        console.press(ESC)
        console.wait_gone("badge gate")

        find(console, "projector", "1 of 3", desk.dark, desk.black, desk.hum)
        console.press(" ")
        console.wait_for("1 marked")
        console.press(DOWN, " ")
        console.wait_for("2 marked")
        assign(console, "Assign 2 tickets to", "ratna", "2 tickets changed")
        console.press("u")
        console.wait_for("Undone: the assignment of 2 tickets.")
        console.wait_gone("ratna")
        console.press("*")
        console.wait_for("3 marked")
        assign(console, "Assign 3 tickets to", "mega", "3 tickets changed")

        console.press(f":{desk.black}", ENTER)
        console.wait_for(f"Tickets · {desk.black}", MAIL["black"], "M medium")
        merge(console, desk.black, desk.dark)
        console.press("q")
        console.wait_for("Tickets · projector", "of 2")

        change_view(console)
        write_new_ticket(console)
        console.press("q")
        assert console.wait_end() == 0

    gate = answer(command, "tickets", "show", desk.gate, database=desk.url)
    assert (gate["state"], gate["assignee"]) == ("pending", "root")
    assert gate["wake_at"] == "2026-05-06T09:00:00Z"
    assert [entry["kind"] for entry in gate["thread"]] == ["request", "reply"]
    assert "thank you for your message" in gate["thread"][1]["body"]

    black = answer(command, "tickets", "show", desk.black, database=desk.url)
    assert (black["state"], black["merged_into"]) == ("merged", desk.dark)
    others = [
        answer(command, "tickets", "show", number, database=desk.url)
        for number in (desk.dark, desk.hum)
    ]
    assert [other["assignee"] for other in others] == ["mega", "mega"]
    acts = [line["action"] for line in others[1]["history"]]
    assert acts == ["ticket.create", "ticket.assign", "ticket.undo", "ticket.assign"]

    made = answer(command, "tickets", "list", "coffee", database=desk.url)
    assert [row["subject"] for row in made] == ["Coffee machine leaks"]
    assert answer(command, "audit", "verify", database=desk.url)["ok"] is True
