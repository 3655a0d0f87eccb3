"""A rule file that is begun: from answers, or from the version before."""
