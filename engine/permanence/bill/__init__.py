"""The money's path: a month's calls become invoices. Pure."""
