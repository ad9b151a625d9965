"""A small classification scheme to begin with, with periods that are usual in Indonesia.

Sources: books and their papers 10 years (UU 8/1997 on company documents, article 11; UU KUP
article 28); staff papers two years after they end, wage records 5 (practice, no law names one).
Everything can be changed.
"""

from boconsole.language import N_, _

BOOKS = "UU 8/1997 art. 11"
SCHEME = (
    ("1", N_("Company"), "", "forever", "", "", ""),
    ("1.1", N_("Deeds and permits"), "1", "", "", "", ""),
    ("1.2", N_("Minutes and decisions"), "1", "", "", "", ""),
    ("1.3", N_("Policies and procedures"), "1", "5y", "closed", "review", ""),
    ("2", N_("Contracts"), "", "10y", "expires", "destroy", BOOKS),
    ("2.1", N_("Suppliers"), "2", "", "", "", ""),
    ("2.2", N_("Customers"), "2", "", "", "", ""),
    ("2.3", N_("Leases and buildings"), "2", "", "", "", ""),
    ("3", N_("Finance"), "", "10y", "dated", "destroy", BOOKS),
    ("3.1", N_("Statements and audits"), "3", "", "", "", ""),
    ("3.2", N_("Taxes"), "3", "", "", "", ""),
    ("4", N_("Staff"), "", "2y", "expires", "destroy", ""),
    ("4.1", N_("Rules for staff"), "4", "5y", "closed", "review", ""),
    ("5", N_("Technology"), "", "3y", "dated", "review", ""),
    ("6", N_("Correspondence"), "", "2y", "dated", "destroy", ""),
)  # fmt: skip


def lines() -> list[tuple[str, ...]]:
    """Return code, name, class above, keep, from, then and why of each class."""
    return [(code, _(name), *rest) for code, name, *rest in SCHEME]
