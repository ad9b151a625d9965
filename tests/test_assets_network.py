"""Networks, relations and tickets of assets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.assets import jumping, network, relating, ticketing, undoing
from boconsole.assets.errors import AddressError, RelationError
from boconsole.assets.words import STATES
from boconsole.session import Session
from boconsole.tickets import creating as tickets
from boconsole.tickets import reading
from boconsole.tickets.area import ASSET_STATES
from boconsole.tickets.rows import NewTicket
from tests.equipment import laptop, set_up, tags, thing


def test_an_address_is_one_interface_s_only(session: Session) -> None:
    one, other = thing(session, "Switch"), thing(session, "Printer")
    network.add(session, one.id, "eth0", "00-1B-44-11-3A-B7", "fd00:0::0A", "")

    for text in ("fd00::a", "FD00:0:0::A"):
        with pytest.raises(AddressError, match=r"fd00::a is AST-0001's already \(eth0\)"):
            network.add_address(session, other.id, text)
    with pytest.raises(AddressError, match="AST-0001's already"):
        network.add_interface(session, other.id, "lan", "001b.4411.3ab7")

    assert tags(session, "ip:FD00::A") == tags(session, "001b.4411.3ab7") == ["AST-0001"]


@pytest.mark.parametrize(
    "text",
    ["10.1.0", "10.1.0.256", "10.01.0.1", "1::2::3", "fe80::1%eth0", "", "0.0.0.0", "ff02::1"],
)
def test_what_is_no_host_s_address_is_refused(local_session: Session, text: str) -> None:
    ref = thing(local_session, "Switch")

    with pytest.raises(AddressError):
        network.add_address(local_session, ref.id, text)


def test_the_first_free_address_of_a_subnet_is_taken_until_it_is_full(session: Session) -> None:
    ref = thing(session, "Router")
    network.add_subnet(session, "10.1.0.0/29", name="Link", vlan=7)

    for _address in range(6):
        network.add_address(session, ref.id, "10.1.0.0/29")

    use = network.use_of(session, "10.1.0.0/29")
    assert (use.size, use.row.used, use.free) == (6, 6, ())
    assert [each.address for each in use.taken] == [f"10.1.0.{last}" for last in range(1, 7)]
    with pytest.raises(AddressError, match="no free address"):
        network.add_address(session, ref.id, "10.1.0.0/29")
    with pytest.raises(AddressError, match="last digits are 0"):
        network.add_subnet(session, "10.1.0.4/24")


@settings(max_examples=50)
@given(st.lists(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), max_size=8))
def test_keys_sort_and_tell_as_addresses_do(found: list[network.Address]) -> None:
    ordered = sorted(found, key=lambda each: (each.version, int(each)))

    assert sorted(found, key=network.key_of) == ordered
    assert [network.address_of(network.key_of(each)) for each in found] == found


def test_what_rests_on_another_makes_no_circle(session: Session) -> None:
    rack, server, service = (thing(session, name) for name in ("Rack", "Server", "Service"))
    relating.relate(session, server.id, "part_of", rack.id)
    relating.relate(session, service.id, "runs_on", server.id)

    for kind, one, other in (
        ("depends_on", rack, service), ("runs", service, rack), ("part_of", rack, rack),
        ("has_part", rack, server),
    ):  # fmt: skip
        with pytest.raises(RelationError):
            relating.relate(session, one.id, kind, other.id)
    relating.relate(session, rack.id, "connects_to", service.id)


def test_an_impact_names_what_fails_and_each_branch_once(session: Session) -> None:
    power, left, right, site = (thing(session, name) for name in ("Power", "Left", "Right", "Site"))
    for on in (left, right):
        relating.relate(session, on.id, "depends_on", power.id)
        relating.relate(session, site.id, "runs_on", on.id)

    found = relating.impact(session, [power.id])

    assert [(each.depth, each.name, each.again) for each in found] == [
        (0, "Power", False), (1, "Left", False), (2, "Site", False), (1, "Right", False),
        (2, "Site", True),
    ]  # fmt: skip
    assert [each.name for each in relating.impact(session, [power.id], depth=1)] == [
        "Power", "Left", "Right",
    ]  # fmt: skip


def test_the_end_of_a_relation_can_be_taken_back(session: Session) -> None:
    one, other = thing(session, "Server"), thing(session, "Rack")
    relating.relate(session, one.id, "part_of", other.id)
    relating.part(session, other.id, "has_part", one.id)

    undoing.undo_last(session)

    assert [(each.kind, each.tag) for each in relating.related(session, one.id)] == [
        ("part_of", "AST-0002")
    ]


def test_tickets_and_assets_find_each_other(session: Session) -> None:
    set_up(session)
    old = laptop(session, warranty="2026-05-10", serial="PF3")
    thing(session, "Other", warranty="2030-01-01")
    ticket = tickets.create(session, NewTicket("Broken screen"))
    ticketing.name_assets(session, ticket.id, [old.id])

    def numbers(query: str) -> list[int]:
        return [row.id for row in reading.list_page(session, query).rows]

    assert tags(session, f"ticket:TKT-{ticket.id}") == ["AST-0001"]
    for query in ("asset:AST-0001", "asset:pf3", "asset.warranty:<30d", "asset.category:laptops",
                  "has:asset", "asset.place:Jakarta", "asset.state:in_stock"):  # fmt: skip
        assert numbers(query) == [ticket.id], query
    for query in ("asset:AST-0002", "asset.warranty:>30d", "no:asset", "asset.state:lost"):
        assert numbers(query) == [], query
    assert [each.subject for each in ticketing.tickets_of(session, old.id)] == ["Broken screen"]


def test_a_word_leads_to_the_one_asset_that_it_names(session: Session) -> None:
    ref = thing(session, "Mail", host="mailserver", serial="SN-9")
    network.add_address(session, ref.id, "10.1.0.7", host="mail.own.example")
    for _twin in range(2):
        thing(session, "Twin", serial="SN-10")

    for word in ("ast-1", "MAILSERVER", "sn-9", "10.1.0.7", "mail.own.example"):
        assert jumping.tag_of(session, word) == "AST-0001", word
    for word in ("SN-10", "mail", "10.1.0.8", "ledger"):
        assert jumping.tag_of(session, word) == "", word


def test_tickets_know_the_states_of_assets() -> None:
    assert ASSET_STATES == STATES
