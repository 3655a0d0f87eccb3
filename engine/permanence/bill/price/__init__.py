"""What a decided month costs: lines, limits, VAT, and every price that an invoice may have."""
