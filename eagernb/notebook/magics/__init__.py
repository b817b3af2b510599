"""The magics: a file each. To add one, write its file and add its class to ``MAGICS``."""

from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.magics.compare import CompareMagic
from eagernb.notebook.magics.eager import EagerMagic
from eagernb.notebook.magics.eagernb import EagernbMagic
from eagernb.notebook.magics.gradcheck import GradcheckMagic
from eagernb.notebook.magics.graph import GraphMagic
from eagernb.notebook.magics.predict import PredictMagic
from eagernb.notebook.magics.why_retrace import WhyRetraceMagic

# In the order in which %eagernb lists them.
MAGICS: tuple[type[EagerNBMagics], ...] = (
    EagerMagic,
    GraphMagic,
    CompareMagic,
    PredictMagic,
    GradcheckMagic,
    WhyRetraceMagic,
    EagernbMagic,
)

__all__ = ["MAGICS", "EagerNBMagics"]
