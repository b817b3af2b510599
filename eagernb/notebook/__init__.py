"""The magics, what they record, and how it is shown. Imported only by ``%load_ext eagernb``."""
