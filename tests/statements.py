"""Statement files for tests, written in the manner of real banks."""

import os
from collections.abc import Sequence

import pytest

HEAD = """\
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

"""
XML_HEAD = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
"""
SIGN_ON = """\
<SIGNONMSGSRSV1>
<SONRS>
<STATUS>
<CODE>0
<SEVERITY>INFO
</STATUS>
<DTSERVER>20260504080000.000[7:WIB]
<LANGUAGE>ENG
<INTU.BID>3000
</SONRS>
</SIGNONMSGSRSV1>
"""
TWO_ACCOUNTS = f"""\
{XML_HEAD}<OFX>
  <BANKMSGSRSV1>
    <STMTTRNRS><STMTRS><CURDEF>USD</CURDEF>
      <BANKACCTFROM><BANKID>77</BANKID><ACCTID>111</ACCTID></BANKACCTFROM>
      <BANKTRANLIST><STMTTRN><DTPOSTED>20260501</DTPOSTED><TRNAMT>5.00</TRNAMT>
        <FITID>1</FITID><NAME>Rent &amp; heat</NAME></STMTTRN></BANKTRANLIST>
      <LEDGERBAL><BALAMT>5.00</BALAMT><DTASOF>20260501</DTASOF></LEDGERBAL>
    </STMTRS></STMTTRNRS>
    <STMTTRNRS><STMTRS><CURDEF>USD</CURDEF>
      <BANKACCTFROM><BANKID>77</BANKID><ACCTID>222</ACCTID></BANKACCTFROM>
      <BANKTRANLIST/>
    </STMTRS></STMTTRNRS>
  </BANKMSGSRSV1>
</OFX>
"""


def need_ofxtools() -> None:
    """Skip where OFX cannot be read; in CI that is a failure."""
    try:
        import ofxtools  # noqa: F401
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail("ofxtools is missing; requirements.lock installs it")
        pytest.skip("ofxtools is not installed (make install)")


def movement(
    day: str, amount: str, key: str = "", name: str = "", memo: str = "", check: str = ""
) -> str:
    """Return one movement in SGML, its elements never closed and left out where empty."""
    told = (("CHECKNUM", check), ("NAME", name), ("MEMO", memo))
    lines = "".join(f"<{tag}>{text}\n" for tag, text in told if text)
    kind = "DEBIT" if amount.startswith("-") else "CREDIT"
    return (
        f"<STMTTRN>\n<TRNTYPE>{kind}\n<DTPOSTED>{day}120000\n<TRNAMT>{amount}\n"
        f"<FITID>{key}\n{lines}</STMTTRN>\n"
    )


def sgml(
    movements: Sequence[str],
    closing: tuple[str, str] | None = None,
    *,
    number: str = "1234567890",
    currency: str = "USD",
    starts: str = "",
) -> str:
    """Return a statement in SGML.

    Args:
        movements: Made by `movement`.
        closing: Amount held, and on which day, such as `("500.00", "20180221")`.
        number: The bank's number of the account.
        currency: Of the account.
        starts: First day.
    """
    held = "" if closing is None else (
        f"<LEDGERBAL>\n<BALAMT>{closing[0]}\n<DTASOF>{closing[1]}\n</LEDGERBAL>\n"
    )  # fmt: skip
    return (
        f"{HEAD}<OFX>\n{SIGN_ON}<BANKMSGSRSV1>\n<STMTTRNRS>\n<TRNUID>0\n<STMTRS>\n"
        f"<CURDEF>{currency}\n<BANKACCTFROM>\n<BANKID>014\n<ACCTID>{number}\n"
        "<ACCTTYPE>CHECKING\n</BANKACCTFROM>\n<BANKTRANLIST>\n"
        f"{f'<DTSTART>{starts}' if starts else ''}\n"
        f"{''.join(movements)}</BANKTRANLIST>\n{held}</STMTRS>\n</STMTTRNRS>\n"
        "</BANKMSGSRSV1>\n</OFX>\n"
    )


CREDIT_OF_2018 = sgml(
    [movement("20180221", "100.00", "201802210001", "PAYMENT")], ("500.00", "20180221")
)
"""One credit, 400 to 500. Figures: Tryton, modules/account_statement_ofx/tests (W55)."""
