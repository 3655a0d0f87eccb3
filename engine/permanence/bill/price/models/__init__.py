"""The ways of pricing, one module each."""
