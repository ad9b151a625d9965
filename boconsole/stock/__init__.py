"""Counted things (consumables, accessories, components) and stocktakes of assets."""
