"""The devices and systems that tickets of the demo speak of.

A device belongs to an office, so that its tickets name the same place again and again.
"""

from random import Random

from boconsole.demo.organisation import OFFICES, Office, Person

BANDUNG = OFFICES[1]
TROUBLED_PRINTER = "PRN-BDG-02"
"""Fails again and again; see the problem record."""

SERVERS = ("srv-erp-01", "srv-erp-02", "srv-web-01", "srv-file-01", "srv-report-01", "srv-mail-01")
APPLICATIONS = ("NiagaERP", "GudangPro", "PayFlow", "MeetLine", "SalesBoard", "DocShelf")
PRODUCTS = ("DrawPlan 9", "TabelPlus", "PhotoFix", "CodeBench", "PDFKit Pro", "StatLab")
ROOMS = ("Merapi", "Rinjani", "Semeru", "Kelimutu", "Bromo", "Toba")
BAITS = (
    "Your parcel is waiting", "Password expires today", "Faktur belum dibayar", "Bonus akhir tahun",
    "Shared document: Salary 2026", "Verify your mailbox",
)  # fmt: skip
FOLDERS = ("/finance/closing", "/hr/contracts", "/sales/offers", "/projects/harbour", "/legal/2026")
CODES = {
    "printer": ("E-13.20", "E-50.4", "E-59.F0", "E-79.01", "PC LOAD A4"),
    "laptop": ("0x0000007E", "0x000000D1", "0xC000021A", "SMART 301"),
    "network": ("DHCP-4", "LINK-0", "WLAN-17", "EAP-401"),
    "switch": ("SIP 403", "SIP 408", "LINK-0"),
    "vpn": ("ERR-809", "ERR-619", "ERR-13801"),
    "software": ("MSI 1603", "MSI 1618", "0x80070643"),
    "application": ("POST-1107", "PER-203", "TAX-17", "LOCK-54", "NUM-9"),
    "web": ("HTTP 502", "HTTP 504", "HTTP 413", "TLS-46"),
    "server": ("VSS-8", "NDMP-4", "I/O 1117"),
    "climate": ("U4-01", "F3", "A6", "E7"),
    "": ("E-401", "E-403", "E-5.7.1", "X-12"),
}


def device(random: Random, kind: str, person: Person, office: Office) -> str:
    """Return the name of a device of a kind at an office, or the person's own laptop."""
    number = 1 + int(random.random() * 3)
    if kind == "printer":
        return f"PRN-{office.code}-{number:02}"
    if kind == "network":
        return f"AP-{office.code}-{1 + number % office.floors}F-{number:02}"
    if kind == "switch":
        return f"SW-{office.code}-{number:02}"
    return person.laptop
