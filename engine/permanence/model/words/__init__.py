"""Names, amounts and reasons in words, French and English: what people read of values."""
