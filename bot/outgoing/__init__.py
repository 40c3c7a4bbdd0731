"""Messages out: the HTTP of the bot, its pace, and what becomes of a message that fails."""
