"""The laws that an op's numbers obey: what a pass may rely on without knowing which op it is.

Each law holds exactly for integers and truth values. In floating point those marked "exact" hold to the bit as well
(NaN, infinity and -0.0 included); the others hold for real numbers only, and are used there under ``fast_math``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Laws:
    """What is true of an op; ``f`` stands for it.

    - ``identity``: f(x, identity) is x. Exact, where a zero has the sign given here.
    - ``absorbing``: f(x, absorbing) is absorbing.
    - ``of_itself``: f(x, x) is this number, whatever x.
    - ``associative``: f(f(x, y), z) is f(x, f(y, z)).
    - ``idempotent``: f(x, x) is x; for one input, f(f(x)) is f(x). Exact.
    - ``involution``: f(f(x)) is x. Exact.
    - ``inverse``: the name of the op g with f(g(x)) = x.
    - ``negates``: f(x) is -x; of a truth value, the opposite. Exact.
    - ``even``, ``odd``: f(-x) is f(x); f(-x, -y) is f(x, y). Exact.
    - ``negated``: the name of the op g with f(x, -y) = g(x, y). Exact.
    - ``reciprocal``: the name of the op g with f(x, y) = g(x, 1/y). Exact where y and 1/y are powers of two.
    - ``strength``: for a second input that is this number, the name of a cheaper op of the first. Exact for reals.
    - ``repeats``: for a reduction, the name of the op of two inputs that it repeats; ``start``: what it begins with.
    - ``selects``: f(c, x, y) is x where c holds, else y. Exact.
    - ``converts``: f(x) is x in another dtype, as near as that comes.
    """

    identity: float | None = None
    absorbing: float | None = None
    of_itself: float | None = None
    associative: bool = False
    idempotent: bool = False
    involution: bool = False
    inverse: str = ""
    negates: bool = False
    even: bool = False
    odd: bool = False
    negated: str = ""
    reciprocal: str = ""
    strength: Mapping[float, str] = field(default_factory=dict)
    repeats: str = ""
    start: float | None = None
    selects: bool = False
    converts: bool = False


NO_LAWS = Laws()
