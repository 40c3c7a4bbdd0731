"""Statements by subject: one function, one statement."""
