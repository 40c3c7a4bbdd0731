"""Tests of question and answer."""
