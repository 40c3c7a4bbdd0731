"""Rules about the code itself, its settings and its logs."""
