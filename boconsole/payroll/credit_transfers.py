"""Payments to people as a credit transfer initiation of ISO 20022: pain.001.001.09.

One payment of many transfers in one currency, marked as salaries. The account that pays is named
by hand, or found in what is printed as the company's bank.

Sources: ISO 20022, CustomerCreditTransferInitiationV09: its elements and their order; EPC217-08,
SEPA Requirements for an Extended Character Set: which characters every bank reads.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from boconsole.errors import InvalidChangeError
from boconsole.invoices import company
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.staff import identifying
from boconsole.text import safe

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b")
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
LABELLED = re.compile(rf"(?:BIC|SWIFT)\W*({BIC.pattern})\b")
NAME, NUMBER = 140, 34
UNKNOWN = "NOTPROVIDED"
STRANGE = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
LETTERS = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH",
    "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "_": "-", "~": "-",
    "&": "+", ";": ",", "[": "(", "{": "(", "]": ")", "}": ")", "\\": "/", "|": "/",
})  # fmt: skip
"""What has no base letter of its own; punctuation as EPC217-08 has it."""


class Account(NamedTuple):
    """An account with the name of whose it is; BIC and name of its bank may be empty."""

    name: str
    number: str
    bic: str
    bank: str = ""


class Transfer(NamedTuple):
    """One payment: its own reference, to whom, and how much, as text."""

    reference: str
    to: Account
    amount: str


class Batch(NamedTuple):
    """What is paid together.

    Attributes:
        reference: Of all of it, such as `PYR-0001`.
        about: What the people who are paid read.
        payer: The account that pays.
        currency: Of all amounts.
        day: On which the bank is to pay.
        made_at: When the file is written.
        total: Of all amounts, as text.
    """

    reference: str
    about: str
    payer: Account
    currency: str
    day: date
    made_at: datetime
    total: str


def payer(number: str = "", bic: str = "") -> Account:
    """Return the account that pays: the one that is named, or that of the company's bank.

    Raises:
        InvalidChangeError: There is none, or it cannot be one.
    """
    ours = company.read()
    if not ours.name:
        reason = _("name the company: ledger set company-name")
        raise InvalidChangeError("company-name", reason)
    if not number:
        printed = ours.bank.upper()
        ibans = [found[0] for found in IBAN.finditer(printed) if _is_iban(found[0])]
        if not ibans:
            reason = _("no IBAN is printed as the company's bank; name the account that pays")
            raise InvalidChangeError("from", reason)
        labelled = LABELLED.search(printed)
        number, bic = ibans[0], bic or (labelled[1] if labelled else "")
    return Account(ours.name, _account(number), _bic(bic))


def _is_iban(text: str) -> bool:
    try:
        return bool(identifying.account(text)[1])
    except InvalidChangeError:
        return False


def _account(text: str) -> str:
    """Return an account without blanks; raises InvalidChangeError."""
    number = re.sub(r"\s+", "", identifying.account(text)[0])
    if not 1 <= len(number) <= NUMBER:
        raise InvalidChangeError("account", _("expected at most {n} letters").format(n=NUMBER))
    return number


def _bic(text: str) -> str:
    plain = re.sub(r"\s+", "", text).upper()
    if plain and not BIC.fullmatch(plain):
        raise InvalidChangeError("bic", _("expected 8 or 11 letters and digits"))
    return plain


def basic(text: str, field: str) -> str:
    """Return a text in the characters that every bank reads: letters without marks, few signs.

    Args:
        text: A name, or what is paid.
        field: Whose it is, for the refusal.

    Raises:
        InvalidChangeError: It has letters of another script.
    """
    plain = unicodedata.normalize("NFKD", safe(text).translate(LETTERS)).translate(LETTERS)
    kept = "".join(" " if char.isspace() else char for char in plain
                   if not unicodedata.category(char).startswith(("M", "C")))  # fmt: skip
    strange = sorted({char for char in STRANGE.findall(kept) if char.isalnum()})
    if strange:
        reason = _("{letters} of {name} are read by no bank; enter the holder in Latin letters")
        raise InvalidChangeError(field, reason.format(letters="".join(strange)[:20], name=text))
    return " ".join(STRANGE.sub(".", kept).split())[:NAME].rstrip()


def write(path: Path, batch: Batch, transfers: Sequence[Transfer]) -> None:
    """Write the file, readable by its owner alone.

    Raises:
        InvalidChangeError: An account or a BIC cannot be one, or a name cannot be written in
            the letters that every bank reads.
    """
    root = ET.Element("Document", {"xmlns": NAMESPACE})
    top = ET.SubElement(root, "CstmrCdtTrfInitn")
    head = ET.SubElement(top, "GrpHdr")
    _put(head, "MsgId", f"{batch.reference}-{batch.made_at:%Y%m%d%H%M%S}")
    _put(head, "CreDtTm", f"{batch.made_at:%Y-%m-%dT%H:%M:%S}")
    _sums(head, batch, transfers)
    ours = safe(batch.payer.name)[:NAME]  # the bank that reads it knows its customer
    _put(ET.SubElement(head, "InitgPty"), "Nm", ours)
    payment = ET.SubElement(top, "PmtInf")
    _put(payment, "PmtInfId", batch.reference)
    _put(payment, "PmtMtd", "TRF")
    _sums(payment, batch, transfers)
    _put(payment, "PmtTpInf/CtgyPurp/Cd", "SALA")
    _put(payment, "ReqdExctnDt/Dt", batch.day.isoformat())
    _put(payment, "Dbtr/Nm", ours)
    _put_account(payment, "DbtrAcct", batch.payer.number)
    _put_bank(payment, "DbtrAgt", batch.payer.bic or UNKNOWN)
    for each in transfers:
        _put_transfer(payment, batch, each)
    ET.indent(root)
    with whole(path, "", private=True) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(ET.tostring(root, encoding="unicode") + "\n")


def _sums(parent: ET.Element, batch: Batch, transfers: Sequence[Transfer]) -> None:
    _put(parent, "NbOfTxs", str(len(transfers)))
    _put(parent, "CtrlSum", batch.total)


def _put_transfer(payment: ET.Element, batch: Batch, each: Transfer) -> None:
    row = ET.SubElement(payment, "CdtTrfTxInf")
    _put(row, "PmtId/EndToEndId", each.reference)
    amount = ET.SubElement(ET.SubElement(row, "Amt"), "InstdAmt", {"Ccy": batch.currency})
    amount.text = each.amount
    if bic := _bic(each.to.bic):
        _put_bank(row, "CdtrAgt", bic)
    elif each.to.bank:
        _put(row, "CdtrAgt/FinInstnId/Nm", basic(each.to.bank, each.reference))
    _put(row, "Cdtr/Nm", basic(each.to.name, each.reference))
    _put_account(row, "CdtrAcct", _account(each.to.number))
    _put(row, "RmtInf/Ustrd", basic(batch.about, each.reference))


def _put(parent: ET.Element, path: str, text: str) -> None:
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = text


def _put_account(parent: ET.Element, name: str, number: str) -> None:
    kind = "Id/IBAN" if _is_iban(number) else "Id/Othr/Id"
    _put(ET.SubElement(parent, name), kind, number)


def _put_bank(parent: ET.Element, name: str, bic: str) -> None:
    kind = "FinInstnId/Othr/Id" if bic == UNKNOWN else "FinInstnId/BICFI"
    _put(ET.SubElement(parent, name), kind, bic)
