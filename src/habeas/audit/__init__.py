"""The append-only, hash-chained record of named actions."""
