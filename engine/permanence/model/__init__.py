"""Frozen values that every stage shares: no file, no clock, no database."""
