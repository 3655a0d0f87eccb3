"""Which ready mapping fits a file of call records, and a draft of one where none does."""
