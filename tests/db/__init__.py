"""The database: how it is opened and what its sessions promise."""
