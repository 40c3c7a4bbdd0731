"""Scripts that make committed files; none runs with the bot."""
