"""Tests of several processes on one server."""
