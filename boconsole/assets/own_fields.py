"""Which own fields an asset may have, and which it must: by its category."""

from collections.abc import Mapping, Sequence

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.custom_values import CustomChange
from db.assets import catalogue, records


def check(category_id: object, changes: Sequence[CustomChange], there: Mapping[str, str]) -> None:
    """Refuse values for fields of another category, and required fields left empty.

    Args:
        category_id: What the asset is.
        changes: The values given; text None clears one.
        there: The values that it has.

    Raises:
        InvalidChangeError: Names the field.
    """
    after: dict[str, str | None] = {**there}
    after.update((change.name, change.text) for change in changes)
    given = {change.name for change in changes if change.text}
    for field in catalogue.select_fields():
        name = f"cf.{field.name}"
        belongs = field.category_id in (None, category_id)
        if field.name in given and not belongs:
            told = {row.id: row.name for row in catalogue.select_categories()}
            reason = _("belongs to assets of category {category} only").format(
                category=told.get(field.category_id or 0, "-")
            )
            raise InvalidChangeError(name, reason)
        if field.required and belongs and not after.get(field.name):
            raise InvalidChangeError(name, _("is required; give it a value"))


def kept(asset_id: int) -> Mapping[str, str]:
    """Return the values that an asset has."""
    return records.select_values([asset_id])[asset_id]
