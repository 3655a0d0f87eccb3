"""An offer's examples: played, corrected, and those that it lacks."""
