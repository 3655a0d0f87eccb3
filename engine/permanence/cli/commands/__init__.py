"""The commands: each reads what it needs, calls one stage, and prints."""
