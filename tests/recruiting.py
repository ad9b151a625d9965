"""A company that hires: openings, candidates on every stage, and people who come and go."""

from datetime import date
from typing import NamedTuple

from boconsole.checklists import moves, templates, ticking
from boconsole.recruitment import candidates, interviewing, offering, openings, stages
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from tests.officers import company, officer
from tests.people import MONDAY, add_agent

POINTS = {"Knowledge": 4, "Experience": 3, "Communication": 5, "Motivation": 4}


class Office(NamedTuple):
    """Who hires, the manager of the clerks, and another interviewer."""

    hr: Session
    budi: Session
    wayan: Session


def make_office(session: Session) -> Office:
    """Hire for Budi: Eva was talked to, Joko has an offer, others wait; Citra begins in June."""
    hr = officer(session)
    company(hr)
    budi, wayan = add_agent(session, "budi"), add_agent(session, "wayan")
    changing.edit(hr, finding.again(2), {"user": "budi"})
    clerk = openings.new(hr, {"title": "Clerk", "department": "Finance", "manager": "Budi",
                              "seats": 2}, "open")  # fmt: skip
    openings.new(hr, {"title": "Driver", "department": "Company"}, "draft")
    for name, gone in (("Eva Sanders", "interview"), ("Joko Susilo", "interview"),
                       ("Lia Wulandari", ""), ("Mia Kusuma", "screened"),
                       ("Nico Fernando", "rejected"), ("Omar Hakim", "")):  # fmt: skip
        person = candidates.new(hr, {
            "name": name, "email": f"{name.split()[0].lower()}@home.example",
            "source": "website", "consent_on": MONDAY.date(),
        })  # fmt: skip
        row = stages.apply(hr, person, clerk)
        if gone:
            stages.move(hr, [row], gone, "Wants more" if gone == "rejected" else "")
    talk = interviewing.plan(hr, stages.again(1), MONDAY, ["budi", "root", "wayan"],
                               place="Room 4")  # fmt: skip
    interviewing.score(wayan, talk.id, POINTS, "strong_yes", "Knows it all")
    offering.make(hr, stages.again(2), {"amount": "9000000 IDR", "starts_on": "2026-07-01",
                                        "expires_on": "2026-05-20"})  # fmt: skip
    templates.put(hr, "All", "onboarding", [
        "Mail account | wayan | -2 | access", "Sign the contract", "Laptop | root | 0 | asset | X1",
        "Show the office | manager | 0",
    ])  # fmt: skip
    place = NewFact("position", {"title": "Clerk", "department": "Finance", "manager": "Budi"})
    moves.hire(hr, {"name": "Citra"}, date(2026, 6, 1), [place])
    ticking.tick(hr, 2)
    return Office(hr, budi, wayan)
