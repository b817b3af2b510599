"""The rules of simplify: one table for each subject.                                    <- ADD A RULE"""

from eagernb.passes.rules.algebra import ALGEBRA
from eagernb.passes.rules.choices import CHOICES
from eagernb.passes.rules.movements import MOVEMENTS
from eagernb.passes.rules.reductions import REDUCTIONS

# Tried in this order.
RULES = (*ALGEBRA, *MOVEMENTS, *CHOICES, *REDUCTIONS)

__all__ = ["RULES"]
