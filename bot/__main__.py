"""Lets `python -m bot` do what the command `limber` does."""

from bot.cli import main

if __name__ == "__main__":
    main()
