"""Limber's bot: everything between Telegram's Bot API and the database."""
