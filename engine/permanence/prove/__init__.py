"""What can be shown about an offer before it is sold."""
