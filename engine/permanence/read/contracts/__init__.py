"""Contract and quote files become values, or problems with a place; and values, files."""
