"""Assets, models and places from tables as Snipe-IT writes them, and back again.

The columns are those of the samples that it ships (sample_csvs); the rows are our own.
"""

import csv
from pathlib import Path

import pytest

from boconsole.assets import exporting, importing, reading, setting_up
from boconsole.session import Session
from db import connection, upgrading
from tests.equipment import now, set_up, tags
from tests.people import StandingClock, open_session

ASSETS = """\ufeff\
Company,Name,Asset Tag,Category,Supplier,Manufacturer,Location,Order Number,Model,Model Notes,\
Model Number,Asset Notes,Purchase Date,Purchase Cost,Checkout Type,Checked Out To: Username,\
Checked Out To: First Name,Checked Out To: Last Name,Checked Out To: Email,\
Checked Out To: Location,Asset EOL Date
Ours,Backhoe,ICC-2065556,Machines,"Kunde, Doyle and Co",Berge Inc,Yard,3271901481,Book 13,\
,1786VM80X07,at rest,1/23/23,2266.13,,,,,,,10/27/28
Ours,Dragline,WBH-2841795,Machines,Krajcik LLC,"Botsford, Boyle and Herzog",Yard,5504512275,\
Book 13,a note,9351IS25A51,,11/14/22,1292.94,User,gage,Gage,McCrackem,gage@a.example,,10/27/28
,Excavator,NNH-3656031,Flooring,Pollich LLC,Pollich LLC,Depot,4861125177,Book 13,,9929FR08,\
,3/1/23,2300.71,Location,,,,,Pacocha-Kiehn,10/27/28
"""
MODELS = """\ufeff\
Name,Category,Manufacturer,Model Notes,Model Number,Fieldset,Requestable,EOL,Min Qty
Model 2,Laptops,"Botsford, Boyle and Herzog",a note,9351IS25A51,Laptops and Desktops,Y,36,50
Model 3,Phones,Pollich LLC,,,Mobile Devices,Y,12,30
"""
PLACES = """\
name,address,address2,city,state,country,zip,manager,manager username,currency
Airdrie,14 Summer Ridge Court,306 Buhler Parkway,Poniatowa,AB,CA,T4B,Clementina Van Halen,c1,CAD
Calgary,3 Fieldstone Drive,,Iwanai,AB,CA,,,,CAD
Airdrie,7 Elk Street,,Lopar,AB,CA,T4A,,,
"""
HEADING = (
    "Full Name,Email,Username,Company,item Name,Category,Model name,Manufacturer,Model Number,"
    "Serial,Asset Tag,Location,Category,Notes,Purchase Date,Purchase Cost,Company,Status,Warranty,"
    "Supplier"
)


def table(folder: Path, text: str) -> Path:
    """Write a table as a file."""
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return file


def bring(session: Session, file: Path, name: str) -> tuple[int, int, list[str]]:
    """Import a file; returns how many were made and known, and the reasons of the refused."""
    _kind, report = importing.import_file(session, file, Path(name))
    return report.created, report.known, [each.reason for each in report.refused]


@pytest.mark.parametrize(
    ("text", "name", "rows"),
    [(ASSETS, "snipe_it_assets", 3), (MODELS, "snipe_it_models", 2),
     (PLACES, "snipe_it_places", 3)],
)  # fmt: skip
def test_a_table_comes_in_whole_and_nothing_twice(
    session: Session, tmp_path: Path, text: str, name: str, rows: int
) -> None:
    file = table(tmp_path, text)

    assert bring(session, file, name) == (rows, 0, [])
    assert bring(session, file, name) == (0, rows, [])


def test_a_row_brings_holder_money_and_dates(session: Session, tmp_path: Path) -> None:
    bring(session, table(tmp_path, ASSETS), "snipe_it_assets")

    row = now(session, reading.find(session, "WBH-2841795"))

    assert (row.state, row.holder, row.cost) == ("deployed", "Gage McCrackem", "1292.94 USD")
    assert (str(row.bought_on), str(row.end_of_life_on)) == ("2022-11-14", "2028-10-27")
    assert (row.model, row.supplier) == (
        'Botsford, Boyle and Herzog Book 13 [9351IS25A51]', "Krajcik LLC",
    )  # fmt: skip
    assert tags(session, "holder:gage@a.example") == ["WBH-2841795"]


def test_two_towns_of_one_name_are_two_places(local_session: Session, tmp_path: Path) -> None:
    bring(local_session, table(tmp_path, PLACES), "snipe_it_places")

    found = {row.path: row.address for row in setting_up.places(local_session)}

    assert found["Airdrie"] == "14 Summer Ridge Court\n306 Buhler Parkway\nT4B Poniatowa\nAB CA"
    assert list(found) == ["Airdrie", "Airdrie (Lopar)", "Calgary"]


BAD = {
    ",,,,Pump,Old,P1,Maker,6.76E+18,S1,T1,Store,Old,,4/5/16,,,,,": "lost its digits",
    ",,,,Pump,Old,P1,Maker,M1,S1,T2,Store,New,,4/5/16,,,,,": "two things under 'Category'",
    "Ann,ann@a.example,ann,,Pump,Old,P1,,M1,S1,T3,Store,Old,,4/5/16,,,Archived,,": "has it",
    "Ann,no address,ann,,Pump,Old,P1,,M1,S1,T4,Store,Old,,4/5/16,,,,,": "no mail address",
    ",,,,Pump,Old,P1,,M1,S1,T5,Store,Old,,2016-13-40,,,,,": "is no time",
    ",,,,Pump,Old,P1,,M1,S1,T6,Store,Old,,4/5/16,a lot,,,,": "is no amount",
    ",,,,Pump,Old,P1,,M1,S1,T7,Store,Old,,4/5/16,,,Eaten,,": "not among the map's values",
    ",,,,Pump,Old,P1,,M1,S1,T 8,Store,Old,,4/5/16,,,,,": "is no tag",
    ",,,,,Old,,,M1,S1,T9,Store,Old,,4/5/16,,,,,": "and so is the model",
    ",,,,Pump,Old": "has 6 cells",
}


def test_bad_rows_are_refused_one_by_one_and_leave_nothing(
    local_session: Session, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    good = "Ann,ann@a.example,ann,,Pump,Old,P1,,M1,S1,GOOD,Store,Old,,4/5/16,9.50,,,24,"
    file.write_bytes("\r".join([HEADING, *BAD, good]).encode())

    created, _known, reasons = bring(local_session, file, "snipe_it_assets_before_v4")

    assert created == 1
    assert [wanted in told for wanted, told in zip(BAD.values(), reasons, strict=True)] == (
        [True] * len(BAD)
    )
    assert [row.name for row in setting_up.categories(local_session)] == ["Old"]
    assert str(now(local_session, reading.find(local_session, "GOOD")).warranty_on) == "2018-04-05"


def test_what_is_exported_comes_in_again_as_it_was(
    local_session: Session, clock: StandingClock, tmp_path: Path
) -> None:
    session = local_session
    set_up(session)
    bring(session, table(tmp_path, ASSETS), "snipe_it_assets")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert exporting.export_assets(session, "any", first) == 3
    connection.close_database()

    url = f"sqlite:///{tmp_path}/other.sqlite"
    connection.open_database(url)
    upgrading.upgrade()
    other = open_session(url, clock)
    assert bring(other, first, "boconsole_assets") == (3, 0, [])
    exporting.export_assets(other, "any", second)

    assert read(second) == read(first)


def read(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
