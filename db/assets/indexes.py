"""The indexes of `asset`: one for each list that must cost a page and not a table.

Lists leave out what is not active; each index ends in the id, which makes positions unique.
"""

INDEXES = (
    "CREATE INDEX asset_active ON asset (id) WHERE active",
    "CREATE INDEX asset_active_tag ON asset (tag, id) WHERE active",
    "CREATE INDEX asset_active_name ON asset (name, id) WHERE active",
    "CREATE INDEX asset_active_updated ON asset (updated_at, id) WHERE active",
    "CREATE INDEX asset_active_state ON asset (state, tag, id) WHERE active",
    "CREATE INDEX asset_active_category ON asset (category_id, tag, id) WHERE active",
    "CREATE INDEX asset_active_place ON asset (place_id, tag, id) WHERE active",
    "CREATE INDEX asset_active_warranty ON asset (warranty_on, id) "
    "WHERE active AND warranty_on IS NOT NULL",
    "CREATE INDEX asset_active_end ON asset (end_of_life_on, id) "
    "WHERE active AND end_of_life_on IS NOT NULL",
    "CREATE INDEX asset_name ON asset (name, id)",
    "CREATE INDEX asset_warranty ON asset (warranty_on, id) WHERE warranty_on IS NOT NULL",
    "CREATE INDEX asset_end ON asset (end_of_life_on, id) WHERE end_of_life_on IS NOT NULL",
    "CREATE INDEX asset_expected ON asset (expected_on, id) WHERE expected_on IS NOT NULL",
    "CREATE INDEX asset_free ON asset (tag, id) WHERE active AND holder_kind = ''",
    "CREATE INDEX asset_state ON asset (state, tag, id)",
    "CREATE INDEX asset_updated ON asset (updated_at, id)",
    "CREATE INDEX asset_by_model ON asset (model_id, tag, id)",
    "CREATE INDEX asset_category_tag ON asset (category_id, tag, id)",
    "CREATE INDEX asset_place ON asset (place_id, tag, id)",
    "CREATE INDEX asset_organisation ON asset (organisation_id) WHERE organisation_id IS NOT NULL",
    "CREATE INDEX asset_supplier ON asset (supplier_id) WHERE supplier_id IS NOT NULL",
    "CREATE INDEX asset_holder_contact ON asset (holder_contact_id, tag) "
    "WHERE holder_contact_id IS NOT NULL",
    "CREATE INDEX asset_holder_place ON asset (holder_place_id, tag) "
    "WHERE holder_place_id IS NOT NULL",
    "CREATE INDEX asset_holder_asset ON asset (holder_asset_id, tag) "
    "WHERE holder_asset_id IS NOT NULL",
    "CREATE INDEX asset_invoice ON asset (invoice_id) WHERE invoice_id IS NOT NULL",
    "CREATE INDEX asset_serial ON asset (lower(serial)) WHERE serial <> ''",
    "CREATE INDEX asset_host ON asset (lower(host)) WHERE host <> ''",
    "CREATE INDEX asset_tag_folded ON asset (lower(tag))",
    "CREATE INDEX asset_tag_number ON asset (tag_number) WHERE tag_number IS NOT NULL",
    "CREATE UNIQUE INDEX asset_external ON asset (external_key) WHERE external_key IS NOT NULL",
    "CREATE UNIQUE INDEX asset_holding_now ON asset_holding (asset_id) WHERE until_at IS NULL",
)
