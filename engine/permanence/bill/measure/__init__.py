"""What becomes of each call, and what is counted of it."""
