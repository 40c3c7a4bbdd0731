"""The content pack that comes with Limber, and the code that reads and checks any pack."""
