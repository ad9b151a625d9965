"""The rooms: what people see and press; no rule and no statement lives here."""
