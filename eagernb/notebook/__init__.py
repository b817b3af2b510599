"""The magics, what they record, and how it is shown. Imported only by ``%load_ext eagernb``.

``SANITIZER`` is the path of the file that takes times out of notebook outputs, for nbval's ``--nbval-sanitize-with``.
"""

from pathlib import Path

SANITIZER = Path(__file__).with_name("nbval_sanitize.cfg")
