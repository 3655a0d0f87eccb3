"""What is issued, asked for, paid and booked: pure functions of values; files and databases are elsewhere."""
