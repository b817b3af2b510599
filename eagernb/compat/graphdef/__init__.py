"""GraphDef: graphs in the form in which TensorFlow writes them to files, out and in."""
