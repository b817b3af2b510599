"""The operations that only a static graph has: places for values to come, and effects that wait for their turn."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.op import PASS_ON, READ, WRITE, Op, register
from eagernb.core.spec import TensorSpec
from eagernb.errors import InvalidArgumentError
from eagernb.ops.state import check_assigned

# TensorFlow's C++ names of dtypes, which its runtime's messages have.
_RUNTIME_NAMES = {dtypes.float32: "float", dtypes.float64: "double"}


def _not_fed(spec: TensorSpec, name: str) -> Any:
    shape = ""
    if spec.shape.rank is not None:
        shape = f" and shape [{','.join('?' if d is None else str(d) for d in spec.dims)}]"
    raise InvalidArgumentError(
        f"You must feed a value for placeholder tensor '{name}' with dtype "
        f"{_RUNTIME_NAMES.get(spec.dtype, spec.dtype.name)}{shape}. Pass it to run: feed_dict={{placeholder: value}}.",
        name,
    )


# With an effect, so that no pass folds or merges it: its value comes from outside.
PLACEHOLDER = register(
    Op("placeholder", (), _not_fed, infer=lambda spec, name: spec, label="placeholder", family="outside", effect=READ)
)


PLACEHOLDER_WITH_DEFAULT = register(
    Op("placeholder_with_default", ("x",), lambda x, shape: x, infer=lambda x, shape: TensorSpec(shape, x.dtype),
       rules=(PASS_ON,), label="placeholder", family="state", effect=READ)
)  # fmt: skip

NO_OP = register(
    Op("no_op", (), kernel=lambda: (), infer=lambda: (), label="no op", family="outside", effect=WRITE, multiple=True)
)


def _initialize(variable: Any, value: Any) -> Any:
    check_assigned("assign", TensorSpec(variable.shape, variable.dtype), TensorSpec(value.shape, value.dtype))
    variable._array = new = np.array(value)
    return new


def _assigned_spec(variable: TensorSpec, value: TensorSpec) -> TensorSpec:
    check_assigned("assign", variable, value)
    return variable


# Unlike the assign of eager variables it asks for no value that was there before.
ASSIGN = register(
    Op("assign_variable", ("variable", "value"), _initialize, _assigned_spec, rules=(None, None), label=":=",
       family="state", typed=(0, 1), effect=WRITE)
)  # fmt: skip

IS_INITIALIZED = register(
    Op("is_initialized", ("variable",), kernel=lambda variable: np.array(variable.has_value),
       infer=lambda variable: TensorSpec([], dtypes.bool_), rules=(None,), label="initialized?", family="outside",
       effect=READ)
)  # fmt: skip
