"""The commands people see in Telegram's menu, in its order, and those that `/help` lists."""

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
    "progress",
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

# Their own line would be one too many for a phone: /privacy names them.
_UNDER_PRIVACY = frozenset({"export", "delete"})
HELP = tuple(command for command in PRIVATE if command not in _UNDER_PRIVACY)

# What the bot does in a group: it answers questions, and says so.
GROUP = ("how", "exercises", "help")

# For operators only; nobody else is shown them.
ADMIN = ("stats", "broadcast", "reload")

# Works for somebody the bot does not know yet.
FOR_STRANGERS = frozenset({"start", "how", "exercises", "help", "privacy", "export", "delete"})

# An operator need not be through with the welcome for these.
FOR_ANY_ADMIN = frozenset({"stats", "reload"})
