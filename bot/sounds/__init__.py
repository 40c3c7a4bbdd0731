"""Turns a score into sound: bells and tones, spoken words, one encoded file."""
