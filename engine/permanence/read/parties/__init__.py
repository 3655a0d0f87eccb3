"""What invoices must say of their parties, read and checked: registrations, accounts, addresses."""
