"""Pure arithmetic, vectorised where calls are: from calls and decisions to invoices."""
