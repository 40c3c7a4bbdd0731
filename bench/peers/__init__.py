"""Limber beside the bare library, aiogram and grammY: one server, one kind of write, by turns."""
