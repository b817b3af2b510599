"""The rows of the mapping between our ops and TensorFlow's, one file a subject."""
