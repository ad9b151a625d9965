"""Inventories are compared with assets and saved; the log of changes writes itself."""

import pytest

from boconsole import audit
from boconsole.assets import network
from boconsole.assets.errors import AddressError
from boconsole.assets.inventory import changes, saving
from boconsole.assets.inventory.reading import read
from boconsole.session import Session
from tests.equipment import thing
from tests.test_inventory_reading import sample


def test_saving_is_one_audit_line_and_again_changes_nothing(session: Session) -> None:
    ref, found = thing(session, "Notebook"), read(sample("lshw.json"))
    before = audit.length()

    saved = saving.save(session, ref.id, found)

    assert (len(saved), audit.length() - before) == (10, 1)
    assert saving.save(session, ref.id, found) == []
    assert audit.length() - before == 1


def test_another_module_in_a_slot_is_told_before_and_after(session: Session) -> None:
    ref, text = thing(session, "Notebook"), sample("lshw.json")
    saving.save(session, ref.id, read(text))
    last = text.index("367D51B2")
    more = text[:last] + text[last:].replace("367D51B2", "99").replace("8589934592", "17179869184")

    saving.save(session, ref.id, read(more))

    row = changes.list_page(session, f"kind:memory date:>-1d asset:AST-000{ref.id}", "", 1).rows[0]
    assert (row.component, row.old) == (
        "ChannelB-DIMM0",
        "Samsung M471A1K43DB1-CWE 8 GiB (367D51B2)",
    )
    assert row.new == "Samsung M471A1K43DB1-CWE 16 GiB (99)"


def test_a_foreign_address_leaves_nothing_half_written(session: Session) -> None:
    other, ref, found = thing(session, "A"), thing(session, "B"), read(sample("ip.json"))
    network.add_address(session, other.id, "10.1.0.6")

    with pytest.raises(AddressError, match=r"10\.1\.0\.6 is AST-0001's already"):
        saving.save(session, ref.id, found)

    assert network.interfaces(session, ref.id) == []
    number = [each.part.slot for each in saving.compare(session, ref.id, found)].index(
        "10.1.0.6"
    ) + 1
    assert len(saving.save(session, ref.id, found, {number})) == 7


def test_what_ip_no_longer_names_is_taken_away(session: Session) -> None:
    ref, found = thing(session, "Server"), read(sample("ip.json"))
    saving.save(session, ref.id, found)
    fewer = found._replace(parts=found.parts[:-2])

    gone = saving.save(session, ref.id, fewer)

    assert [each.part.slot for each in gone] == ["wg0", "10.99.0.2"]
    assert saving.compare(session, ref.id, fewer) == []


def test_the_log_goes_by_pages_and_words(session: Session) -> None:
    ref = thing(session, "Server")
    for last in range(1, 6):
        network.add_address(session, ref.id, f"10.1.0.{last}")

    first = changes.list_page(session, "kind:address", "", 3)
    rest = changes.list_page(session, "kind:address", first.cursors[-1], 3)

    told = [row.component for row in (*first.rows, *rest.rows)]
    assert told == [f"10.1.0.{last}" for last in (5, 4, 3, 2, 1)]
    assert len(changes.list_page(session, "kind:address 1.0.4", "", 9).rows) == 1
