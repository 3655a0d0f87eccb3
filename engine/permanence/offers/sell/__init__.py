"""A quote, and the contract that it becomes."""
