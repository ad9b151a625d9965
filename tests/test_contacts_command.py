"""Contacts at the command line: told to programs, brought in and out by files."""

import json
from pathlib import Path

from boconsole.contacts import changing, exporting, importing, reading
from boconsole.contacts.changing import Ref
from boconsole.session import Session

PEOPLE = """First Name,Last Name,Email,Username,Company,Job Title,Phone,Website,Address,Notes,VIP
Ann,Lee,Ann@acme.example,ann,Acme,Buyer,021 555 0123,https://acme.example,Dam 1,Likes tea,true
Juan,,,juan,,,,,,,false
Bob,Ray,bob@,bob,,,,,,,
Cy,Ray,ANN@acme.example,cy,,,,,,,
,,,nobody,,,,,,,
"""


def test_one_is_added_found_merged_and_told_to_programs(command) -> None:  # type: ignore[no-untyped-def]  # the fixture
    def run(*words: str, code: int = 0) -> object:
        done = command("contacts", *words, "--json")
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout) if done.stdout else done.stderr

    run("organisations", "new", "name=Acme Corp", "country=ID", "domain=acme.example")
    ann = run("people", "new", "name=Ann Lee", "email=ann@acme.example", "organisation=acme corp",
              "phone=021 555 0123", "tags=Gold")  # fmt: skip
    run("people", "new", "name=Lee Ann", "email=lee@acme.example")
    twins = run("people", "duplicates")
    merged = run("people", "merge", "lee@acme.example", "ann@acme.example", "--take", "name")
    listed = run("people", "list", "org:acme", "tag:gold", "lee@acme.example")
    refused = run("people", "edit", "ann@acme.example", "phone=12", code=1)
    back = run("people", "undo")

    assert isinstance(ann, dict)
    assert (ann["number"], ann["phone"], ann["phone_shown"], ann["tags"]) == (
        "CON-1", "+62215550123", "+62 21 5550123", ["gold"],
    )  # fmt: skip
    assert twins == [{"stays": "CON-1", "name": "Ann Lee", "goes": "CON-2", "other": "Lee Ann",
                      "reasons": ["name"]}]  # fmt: skip
    assert isinstance(merged, dict)
    assert merged["name"] == "Lee Ann"
    assert [each["number"] for each in listed] == ["CON-1"]  # type: ignore[attr-defined]  # a list
    assert "is no telephone number" in str(refused)
    assert back == {"numbers": ["CON-1", "CON-2"]}


def test_people_come_in_by_the_shipped_map_once(session: Session, tmp_path: Path) -> None:
    changing.add(session, "organisation", {"name": "Us", "kind": "own", "country": "ID"})
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE)

    def take() -> importing.Report:
        return importing.import_file(session, "contact", file, Path("snipe_it_people"))

    first, second = take(), take()

    assert (first.created, [each.line for each in first.refused]) == (2, [4, 5, 6])
    assert [each.reason.partition(" (")[0] for each in first.refused] == [
        "'bob@' is no mail address", "belongs to another row already", "is empty",
    ]  # fmt: skip
    assert (second.created, second.known) == (0, 2)
    card = reading.card(session, "contact", reading.find(session, "contact", "ann@acme.example"))
    assert (card.row.name, card.row.organisation, card.row.phone, card.row.vip) == (  # type: ignore[union-attr]  # a person
        "Ann Lee", "Acme", "+62215550123", True,
    )  # fmt: skip
    assert ([each.value for each in card.channels], [note.body for note in card.notes]) == (
        ["https://acme.example"], ["Likes tea"],
    )  # fmt: skip


def test_what_goes_out_comes_in_elsewhere_and_runs_nothing(
    session: Session, tmp_path: Path
) -> None:
    changing.add(session, "organisation", {"name": "=HYPERLINK(1)", "payment_days": 30,
                                           "country": "ID", "phone": "021 555 0123"})  # fmt: skip
    changing.add(session, "contact", {"name": "Ann; Lee", "email": "ann@acme.example",
                                      "phone": "+62 812 3456 7890"})  # fmt: skip
    changing.add_address(session, "contact", Ref(1), "home", "Rose Street 5\\nEdinburgh")

    exporting.export(session, tmp_path / "o.csv", "organisation", "")
    exporting.export(session, tmp_path / "p.vcf", "contact", "")
    sheet = (tmp_path / "o.csv").read_text()
    card = (tmp_path / "p.vcf").read_bytes().decode().split("\r\n")

    assert "'=HYPERLINK(1)" in sheet
    assert "+62215550123" in sheet.split("\n")[1].split(",")
    assert card == [
        "BEGIN:VCARD", "VERSION:4.0", "FN:Ann\\; Lee", "EMAIL:ann@acme.example",
        "TEL;TYPE=VOICE;VALUE=uri:tel:+6281234567890", "ADR:;;Rose Street 5\\nEdinburgh;;;;",
        "END:VCARD", "",
    ]  # fmt: skip
