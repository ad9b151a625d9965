"""People in vCards: what phones and programs write is read, and taken in once.

The cards are those of RFC 6350 (8), RFC 2426 (7), and of vCard 2.1 with quoted-printable.
"""

from pathlib import Path

import pytest

from boconsole.contacts import exporting, importing, reading, vcards
from boconsole.session import Session

CARDS = """\
BEGIN:VCARD\r
VERSION:4.0\r
FN:Simon Perreault\r
N:Perreault;Simon;;;ing. jr\\,M.Sc.\r
LANG;PREF=1:fr\r
ORG;TYPE=work:Viagenie\r
ADR;TYPE=work:;Suite D2-630;2875 Laurier;\r
 Quebec;QC;G1V 2M2;Canada\r
TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102\r
TEL;VALUE=uri;TYPE="work,cell":tel:+1-418-262-6501\r
EMAIL;TYPE=work:simon.perreault@viagenie.ca\r
URL;TYPE=home:http://nomis80.org\r
END:VCARD\r
BEGIN:VCARD
VERSION:3.0
FN:Frank Dawson
ORG:Lotus Development Corporation
item1.EMAIL;TYPE=INTERNET:Frank_Dawson@Lotus.example
EMAIL;TYPE=INTERNET,PREF:fdawson@earthlink.example
TEL;TYPE=FAX,WORK:+1-919-676-9564
CATEGORIES:INTERNET,IETF
UID:frank-1
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;
NOTE;ENCODING=QUOTED-PRINTABLE:first =
line
END:VCARD
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of three cards."""
    path = tmp_path / "people.vcf"
    path.write_text(CARDS, newline="")
    return path


def test_cards_of_each_version_are_read(file: Path) -> None:
    simon, frank, joerg = vcards.read(file)

    assert (simon["name"], simon["organisation"], simon["language"]) == (
        "Simon Perreault", "Viagenie", "fr",
    )  # fmt: skip
    assert (simon["phone"], simon["mobile"]) == ("+1-418-656-9254", "+1-418-262-6501")
    assert simon["address"] == "Suite D2-630, 2875 Laurier, Quebec, QC, G1V 2M2, Canada"
    assert (frank["email"], frank["note"], frank["phone"]) == (
        "fdawson@earthlink.example", "Frank_Dawson@Lotus.example", "",
    )  # fmt: skip
    assert (frank["uid"], frank["tags"]) == ("frank-1", "INTERNET,IETF")
    assert (joerg["name"], joerg["note"]) == ("Jörg Müller", "first line")


def test_what_is_no_card_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    path.write_text("BEGIN:VCARD\nFN:Never ends\n")

    with pytest.raises(vcards.VCardError, match="holds no vCard"):
        vcards.read(path)


def test_cards_come_in_once_and_what_goes_out_comes_back(session: Session, file: Path) -> None:
    first = importing.import_vcards(session, file)
    again = importing.import_vcards(session, file)
    out = file.with_name("out.vcf")
    exporting.export(session, out, "contact", "frank")

    assert (first.created, again.created, again.known) == (3, 0, 3)
    card = reading.card(session, "contact", 1)
    assert card.row.name == "Simon Perreault"
    assert {each.kind: each.value for each in card.channels}["mobile"] == "+14182626501"
    assert vcards.read(out)[0]["email"] == "fdawson@earthlink.example"
