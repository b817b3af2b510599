"""What converted code calls instead of Python's statements and operators; each looks whether tensors are involved."""

from malt.operators.variables import Undefined, UndefinedReturnValue, ld, ldu

from eagernb.autograph.operators.assertion import assert_stmt, caught
from eagernb.autograph.operators.conditional import if_exp, if_stmt
from eagernb.autograph.operators.for_statement import for_stmt
from eagernb.autograph.operators.function_scope import FunctionScope, with_function_scope
from eagernb.autograph.operators.growing_list import list_append
from eagernb.autograph.operators.logical import and_, comparisons, eq, not_, not_eq, or_
from eagernb.autograph.operators.while_statement import while_stmt

__all__ = [
    "FunctionScope",
    "Undefined",
    "UndefinedReturnValue",
    "and_",
    "assert_stmt",
    "caught",
    "comparisons",
    "eq",
    "for_stmt",
    "if_exp",
    "if_stmt",
    "ld",
    "ldu",
    "list_append",
    "not_",
    "not_eq",
    "or_",
    "while_stmt",
    "with_function_scope",
]
