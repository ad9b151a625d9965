"""People and organisations: checked, found, archived, told apart and forgotten."""

import pytest

from boconsole.contacts import changing, duplicates, forgetting, reaching, reading, undoing
from boconsole.contacts.changing import Ref
from boconsole.contacts.errors import ForgottenError, TakenError
from boconsole.errors import InvalidChangeError, NotAllowedError, QuerySyntaxError, StaleRecordError
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket
from db import connection
from tests.people import add_agent

ACME = {
    "name": "PT Acme Sejahtera",
    "kind": "customer",
    "domain": "acme.example",
    "country": "id",
    "phone": "021 555 0123",
    "address": "Jl. Sudirman 1\\nJakarta",
    "tags": "Gold, retail",
}


def names(session: Session, kind: str, query: str) -> list[str]:
    return [row.name for row in reading.list_page(session, kind, query).rows]  # type: ignore[arg-type]  # one of both


def org(session: Session, **given: object) -> int:
    return changing.add(session, "organisation", ACME | given).id


def person(session: Session, **given: object) -> int:
    return changing.add(session, "contact", given).id


@pytest.mark.parametrize(
    ("typed", "region", "stored", "shown", "national"),
    [
        ("021 555 0123", "ID", "+62215550123", "+62 21 5550123", "(021) 5550123"),
        ("+44 20 7946 0018", "", "+442079460018", "+44 20 7946 0018", "020 7946 0018"),
        ("(415) 555-2671 ext. 12", "US", "+14155552671;ext=12", "+1 415-555-2671 ext. 12",
         "(415) 555-2671 ext. 12"),
    ],
)  # fmt: skip
def test_numbers_are_kept_as_e164_and_shown_as_people_write_them(
    typed: str, region: str, stored: str, shown: str, national: str
) -> None:
    found = reaching.phone(typed, region)

    assert found.stored == stored
    assert reaching.international(*found) == shown
    assert reaching.national(found.words) == national
    assert reaching.phone(stored, "") == found


@pytest.mark.parametrize("typed", ["021 555 0123", "+62", "none", "12"])
def test_what_is_no_number_or_has_no_country_is_refused(typed: str) -> None:
    with pytest.raises(InvalidChangeError) as refused:
        reaching.phone(typed, "")

    assert refused.value.field == "phone"


def test_mail_addresses_are_checked_without_asking_the_net() -> None:
    assert reaching.mail(" Ann.Lee@Example.COM ") == "ann.lee@example.com"
    assert reaching.mail("root@files.corp.local") == "root@files.corp.local"
    for wrong in ("ann", "ann@@example.com", "ann lee@example.com", "@corp.local"):
        with pytest.raises(InvalidChangeError):
            reaching.mail(wrong)


def test_a_person_without_mail_is_no_obstacle_to_the_next(session: Session) -> None:
    acme = org(session)
    ann = changing.add(session, "contact", {"name": "Ann", "organisation": "pt acme sejahtera",
                                            "phone": "0812-3456-7890"})  # fmt: skip
    bob = changing.add(session, "contact", {"name": "Bob"})

    assert (ann.email, bob.email, ann.organisation_id) == ("", "", acme)  # type: ignore[union-attr]  # a person
    assert ann.phone == "+6281234567890"
    changing.add(session, "contact", {"name": "Cy", "email": "cy@acme.example"})
    with pytest.raises(TakenError, match="CON-3 already"):
        changing.add(session, "contact", {"name": "Cyrus", "email": "CY@acme.example"})


def test_lists_are_asked_in_the_query_language(session: Session) -> None:
    org(session)
    org(session, name="Nordic Supplies", kind="supplier", domain="", phone="", address="", tags="")
    ann = person(session, name="Ann Lée", organisation="PT Acme Sejahtera", vip=True,
                 email="ann@acme.example", phone="0812-3456-7890", title="Buyer")  # fmt: skip
    person(session, name="Bob", organisation="Nordic Supplies")
    changing.add_channel(session, "contact", Ref(ann), "mail", "lee@home.example")
    changing.add_address(session, "contact", Ref(ann), "home", "Rose Street 5\\nEdinburgh")
    changing.add_note(session, "contact", Ref(ann), "Prefers mornings")

    people = {query: names(session, "contact", query) for query in (
        "lee", "081234567890", "0812-3456", "+6281234567890", "edinburgh", "mornings",
        "lee@home.example", "@acme.example", "domain:home.example", "org:acme.example", "is:vip",
        "has:phone", "no:email", "con-1", 'org:"Nordic Supplies"', "org:~nordic", "phone:0812",
    )}  # fmt: skip
    places = {query: names(session, "organisation", query) for query in (
        "kind:supplier", "tag:gold", "domain:acme.example", "has:phone", "no:address",
        "jakarta", "country:id kind:customer",
    )}  # fmt: skip

    for_bob = ("no:email", 'org:"Nordic Supplies"', "org:~nordic")
    assert people == {each: ["Bob"] if each in for_bob else ["Ann Lée"] for each in people}
    nordic = ("kind:supplier", "no:address")
    assert places == {
        each: ["Nordic Supplies"] if each in nordic else ["PT Acme Sejahtera"] for each in places
    }
    with pytest.raises(QuerySyntaxError, match="expected a kind"):
        names(session, "organisation", "kind:foe")


def test_pages_go_on_where_the_last_one_ended(session: Session) -> None:
    for name in ("Cleo", "ann", "Bea", "Ann"):
        person(session, name=name)

    first = reading.list_page(session, "contact", "sort:-name", limit=3)
    rest = reading.list_page(session, "contact", "sort:-name", first.cursors[-1])
    back = reading.list_page(session, "contact", "sort:-name", rest.cursors[0], backwards=True)
    created = names(session, "contact", "sort:-created")

    assert [row.name for row in [*first.rows, *rest.rows]] == names(
        session, "contact", "sort:-name"
    )
    assert back.rows == first.rows
    assert created == ["Ann", "Bea", "ann", "Cleo"]


def test_an_archived_person_stays_on_old_tickets_and_comes_back(session: Session) -> None:
    ticket = creating.create(
        session, NewTicket("Help", "", {"requester": "Ann <ann@acme.example>"})
    )
    ann = reading.find(session, "contact", "ann@acme.example")

    changing.archive(session, "contact", [Ref(ann)])
    hidden = names(session, "contact", "")
    undoing.undo_last(session, "contact")

    assert (hidden, names(session, "contact", "ann")) == ([], ["Ann"])
    assert connection.fetch("SELECT requester_id FROM ticket") == [(ann,)]
    assert ticket.id == 1


def test_a_change_under_a_changed_record_shows_both_sides_and_undo_puts_it_back(
    session: Session,
) -> None:
    acme = org(session)
    seen = reading.row("organisation", acme)
    changing.edit(
        session, "organisation", Ref(acme, seen.version), {"tags": ("gold",), "vip": True}
    )

    with pytest.raises(StaleRecordError) as stale:
        changing.edit(session, "organisation", Ref(acme, seen.version), {"vip": False})
    undoing.undo_last(session, "organisation")

    assert stale.value.theirs == {"vip": True}
    card = reading.card(session, "organisation", acme)
    assert (card.row.vip, card.tags) == (False, ("gold", "retail"))
    history = reading.history(session, "organisation", acme)
    assert [line.action for line in history] == [
        "organisation.add", "organisation.edit", "organisation.undo",
    ]  # fmt: skip


def test_an_organisation_is_not_above_itself(session: Session) -> None:
    top, below = org(session), org(session, name="Acme Logistics", parent="PT Acme Sejahtera")

    with pytest.raises(InvalidChangeError, match="above itself"):
        changing.edit(session, "organisation", Ref(top), {"parent": "Acme Logistics"})

    assert reading.card(session, "organisation", top).below == ((below, "Acme Logistics"),)


def test_duplicates_are_told_with_their_reasons(session: Session) -> None:
    org(session)
    org(session, name="Acme Sejahtera, Tbk.", phone="+62 21 5550123", domain="")
    ann = person(session, name="Ann Lee", email="ann@acme.example", phone="+62 812 3456 7890")
    person(session, name="Lee, Ann", email="a.lee@acme.example")
    person(session, name="Ann Lee", email="ann.lee@gmail.com")
    other = person(session, name="A. Lee", phone="")
    changing.add_channel(session, "contact", Ref(other), "mobile", "+62 812-3456-7890")

    people = duplicates.find(session, "contact")
    places = duplicates.find(session, "organisation")

    assert [(twin.stays.id, twin.goes.id, twin.reasons) for twin in people] == [
        (ann, ann + 1, ("name",)), (ann, other, ("phone",)),
    ]  # fmt: skip
    assert [(twin.stays.id, twin.reasons) for twin in places] == [(1, ("phone", "name"))]


def test_a_forgotten_person_leaves_nothing_to_find(session: Session) -> None:
    ann = person(session, name="Ann Lee", email="ann@acme.example", phone="+62 812 3456 7890")
    changing.add_note(session, "contact", Ref(ann), "Likes tea")
    agent = add_agent(session, "budi")

    with pytest.raises(NotAllowedError):
        forgetting.forget(agent, Ref(ann))
    forgetting.forget(session, Ref(ann))

    card = reading.card(session, "contact", ann)
    assert (card.row.name, card.row.email, card.row.phone, card.notes) == (
        f"Forgotten person CON-{ann}", "", "", (),
    )  # fmt: skip
    assert [names(session, "contact", f"{word} is:forgotten") for word in ("lee", "tea")] == [
        [],
        [],
    ]
    with pytest.raises(ForgottenError):
        changing.edit(session, "contact", Ref(ann), {"name": "Ann"})
