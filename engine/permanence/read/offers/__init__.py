"""Rule files become offers, or problems with a place."""
