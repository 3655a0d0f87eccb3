"""The command line: what a terminal types and reads."""
