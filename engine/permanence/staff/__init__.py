"""The pages that staff browse: a Datasette application."""
