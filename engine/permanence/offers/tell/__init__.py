"""An offer told, and two compared, in sentences."""
