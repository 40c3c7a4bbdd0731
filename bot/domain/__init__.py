"""The rules, as functions from values to values, on the standard library alone."""
