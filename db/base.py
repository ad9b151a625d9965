"""The base of all tables: bound to whichever database is open."""

import peewee

database = peewee.DatabaseProxy()


class Table(peewee.Model):
    """A table whose name is that of its class, in snake case."""

    class Meta:
        """Peewee's settings."""

        database = database
        legacy_table_names = False
