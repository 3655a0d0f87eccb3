"""The model in SQLite, and back."""
