"""Rule files as tests of pytest, and the kit of a plugin's author."""
