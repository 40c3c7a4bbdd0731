"""The commands people see in Telegram's menu, in its order; `/help` lists the same."""

PRIVATE = (
    "start",
    "today",
    "routines",
    "schedule",
    "breathe",
    "how",
    "exercises",
    "equipment",
    "pace",
    "timezone",
    "pause",
    "resume",
    "settings",
    "language",
    "help",
    "privacy",
    "export",
    "delete",
)

# What the bot does in a group: it answers questions, and says so.
GROUP = ("how", "exercises", "help")

# For operators only; nobody else is shown them.
ADMIN = ("reload",)

# Works for somebody the bot does not know yet.
FOR_STRANGERS = frozenset({"start", "how", "exercises", "help", "privacy"})
