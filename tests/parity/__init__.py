"""The same snippets under TensorFlow and under eagernb, and a record of what TensorFlow answered."""
