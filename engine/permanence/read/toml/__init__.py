"""TOML with places, read into values and written back."""
