"""Products on assets: installed and removed; what is installed without a seat is over-use."""

from datetime import date

from boconsole import audit
from boconsole.holders import Holder
from boconsole.language import _
from boconsole.licences import changing
from boconsole.licences.errors import InstalledError
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from db.fields import number_of
from db.licences import products


def install(session: Session, product: str, asset: Holder, day: date, *, release: str = "") -> None:
    """Say that a product is on an asset; a product nobody heard of is made.

    Raises:
        InstalledError: It is there already.
    """
    session.require("licence.assign")
    name = required_line(product, field="product")
    release = clean_line(release, field="release", limit=60)
    with audit.writing():
        row = changing.ensure_product(session, name)
        asset_id = asset.asset_id or 0
        if any(each.product_id == row.id for each in products.select_installed_on(asset_id)):
            raise InstalledError(
                _("{product} is on {asset} already.").format(product=row.name, asset=asset.told)
            )
        products.insert_installation(row.id, asset_id, release, number_of(day))
        told = f"{row.name} {release}".strip()
        _record(session, "software.install", row.id, asset, ("", told))


def remove(session: Session, product_id: int, asset: Holder, day: date) -> None:
    """Say that a product is on an asset no more; raises InstalledError where it was not."""
    session.require("licence.assign")
    with audit.writing():
        if not products.remove_installation(product_id, asset.asset_id or 0, number_of(day)):
            raise InstalledError(_("The product is not on {asset}.").format(asset=asset.told))
        _record(session, "software.remove", product_id, asset, (asset.told, ""))


def _record(
    session: Session, action: str, product_id: int, asset: Holder, told: tuple[object, object]
) -> None:
    audit.record(session, action, "software", [audit.Line(product_id, {asset.told: told})])
