"""Assets and the fixed assets of the books agree on what is there and what it cost."""

import io
import json
import sys
from datetime import date
from decimal import Decimal

import pytest

from boconsole.assets import changing, checking
from boconsole.assets.fields import exact_cost
from boconsole.assets.writing import Ref
from boconsole.doors.main import main
from boconsole.errors import NotAllowedError
from boconsole.fixed_assets import acquiring, disposing, reading
from boconsole.session import Session
from db import connection
from tests import fixed_assets
from tests.equipment import thing
from tests.people import add_agent

APRIL = date(2026, 4, 30)


def reasons(session: Session) -> list[str]:
    return [fault.reason for fault in checking.faults(session)]


def test_what_is_gone_in_one_place_only_is_named_until_it_is_gone_in_both(
    session: Session,
) -> None:
    fixed_assets.open_register(session)
    server, van = fixed_assets.buy(session), fixed_assets.buy(session, name="Van")
    slip = fixed_assets.buy(session, name="Slip")
    one, other, third = (
        thing(session, name, fixed_asset=number)
        for name, number in (("Server", "FA-0001"), ("Van", "FA-0002"), ("Slip", "FA-0003"))
    )
    before = reasons(session)
    disposing.dispose(session, server, APRIL)
    changing.set_state(session, [Ref(other.id)], "disposed")
    acquiring.withdraw(session, slip, "typed twice")
    found = reasons(session)
    changing.set_state(session, [Ref(one.id), Ref(third.id)], "disposed")
    disposing.dispose(session, reading.again(van.row.id), APRIL, proceeds=Decimal(1), to="1100")

    assert found == [
        "AST-0001 is in stock, its fixed asset FA-0001 is disposed",
        "AST-0002 is disposed, its fixed asset FA-0002 is in use",
        "AST-0003 is in stock, its fixed asset FA-0003 is withdrawn",
    ]
    assert before == reasons(session) == []


def test_costs_are_compared_in_one_currency_and_by_those_who_may(session: Session) -> None:
    fixed_assets.open_register(session)
    for cost in ("4800.00 USD", "4800.01 USD", "75000000 IDR", ""):
        fixed_assets.buy(session)
        number = reading.assets(session)[-1].number
        thing(session, "Server", fixed_asset=number, cost=exact_cost(cost) if cost else "")

    assert reasons(session) == ["AST-0002 cost 4800.01 USD, its fixed asset FA-0002 4800.00 USD"]
    with pytest.raises(NotAllowedError):
        checking.faults(add_agent(session, "bob", ("agent",)))


def test_the_command_ends_in_1_where_two_assets_are_one_fixed_asset(
    local_session: Session, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check() -> tuple[int, str]:
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        return main(["--database", sqlite_url, "assets", "check", "--json"]), out.getvalue()

    fixed_assets.open_register(local_session)
    fixed_assets.buy(local_session)
    thing(local_session, "Server", fixed_asset="FA-0001")
    thing(local_session, "Again")
    whole = check()
    connection.open_database(sqlite_url)
    connection.execute("DROP INDEX asset_fixed_asset_id")
    connection.execute("UPDATE asset SET fixed_asset_id = 1")
    code, told = check()

    assert (whole[0], json.loads(whole[1])) == (0, {"faults": []})
    assert code == 1
    assert json.loads(told)["faults"] == [
        {"kind": "asset", "where": "AST-0002", "reason": "AST-0002 and AST-0001 are both FA-0001"}
    ]
