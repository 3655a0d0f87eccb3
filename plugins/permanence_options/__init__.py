"""Our own priced options: one module each, through the same door as a stranger's."""
