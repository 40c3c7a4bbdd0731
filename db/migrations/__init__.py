"""How the tables came to be what `db.models` says; run by `db.migrating`."""
