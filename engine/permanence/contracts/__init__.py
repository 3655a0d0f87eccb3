"""One contract through time: what it is on a day, when it ends. Pure."""
