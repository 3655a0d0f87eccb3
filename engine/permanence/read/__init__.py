"""Text becomes values of the model, or problems with a place."""
