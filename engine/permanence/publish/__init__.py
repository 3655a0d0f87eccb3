"""A result as a document for somebody outside, one file per format."""
