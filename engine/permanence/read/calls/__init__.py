"""Files of call records become columns of calls, or problems with a place."""
