"""All that `check` says of an offer, each thing at its place in the rule file."""
