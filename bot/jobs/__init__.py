"""What APScheduler runs: due reminders and upkeep."""
