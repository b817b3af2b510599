"""Random numbers: an operation's two seeds are its Stream's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import DType, int32, int64
from eagernb.core.late import sizes_of
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.random_seeds import Stream


def _written(seed: Any) -> dict[str, int]:
    """The attributes for a Stream, or for the seed of an operation that draws as if it ran at once."""
    first, second = (seed.seeds if isinstance(seed, Stream) else (0, seed or 0)) or (0, 0)
    return {"seed": first, "seed2": second}


def _read_seed(reader: Any) -> Stream:
    seeds = reader.attribute("seed", 0), reader.attribute("seed2", 0)
    return Stream(seeds if any(seeds) else None)


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


_SHAPE = Number("shape", read=_listed)
_DTYPE = {"dtype": Param("dtype"), "T": int32}
_STATELESS = {**_DTYPE, "Tseed": TypeOf(0)}


def _floats(op: str, kind: str) -> Row:
    def write(writer: Any, node: Node) -> None:
        name, params = writer.name_of(node), node.params
        inputs = [writer.numbers(f"{name}/shape", params["shape"], node)]
        writer.node(name, kind, inputs, {"dtype": params["dtype"], "T": int32, **_written(params["seed"])}, node)

    def read(reader: Any, node_def: Any, inputs: Sequence[Any]) -> Any:
        params = {"shape": _listed(number(inputs[0])), "dtype": reader.attribute("dtype"), "seed": _read_seed(reader)}
        return reader.build(find_op(op), [], params)

    return Row(op, kind, write=write, read=read)


def _write_categories(writer: Any, node: Node) -> None:
    name, params = writer.name_of(node), node.params
    logits = node.inputs[0]
    inputs = [writer.value(logits), writer.numbers(f"{name}/num_samples", params["count"], node)]
    attributes = {**_written(params["seed"]), "T": logits.spec.dtype, "output_dtype": params["dtype"]}
    writer.node(name, "Multinomial", inputs, attributes, node)


def _read_categories(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    params = {"count": number(inputs[1]), "dtype": reader.attribute("output_dtype", int64), "seed": _read_seed(reader)}
    return reader.build(find_op("random_categorical"), inputs[:1], params)


def _bounds(writer: Any, node: Node, dtype: DType) -> list[str]:
    """The shape, and between which integers the numbers are."""
    name, params = writer.name_of(node), node.params
    return [
        writer.numbers(f"{name}/shape", params["shape"], node),
        writer.numbers(f"{name}/min", params["low"], node, dtype),
        writer.numbers(f"{name}/max", params["high"], node, dtype),
    ]


def _write_integers(writer: Any, node: Node) -> None:
    dtype = node.params["dtype"]
    attributes = {"Tout": dtype, "T": int32, **_written(node.params["seed"])}
    writer.node(writer.name_of(node), "RandomUniformInt", _bounds(writer, node, dtype), attributes, node)


def _read_integers(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shape, low, high = map(number, inputs)
    params = {"shape": _listed(shape), "low": low, "high": high, "dtype": reader.attribute("Tout"),
              "seed": _read_seed(reader)}  # fmt: skip
    return reader.build(find_op("random_integers"), [], params)


def _write_stateless_integers(writer: Any, node: Node) -> None:
    """TensorFlow's op draws int32 and int64 only."""
    name, dtype = writer.name_of(node), node.params["dtype"]
    drawn = dtype if dtype in (int32, int64) else int64
    shape, low, high = _bounds(writer, node, drawn)
    attributes = {"dtype": drawn, "T": int32, "Tseed": node.inputs[0].spec.dtype}
    inputs, kind = [shape, writer.value(node.inputs[0]), low, high], "StatelessRandomUniformInt"
    if drawn is dtype:
        writer.node(name, kind, inputs, attributes, node)
    else:
        numbers = writer.node(writer.unique(f"{name}/{kind}"), kind, inputs, attributes)
        writer.node(name, "Cast", [numbers], {"SrcT": drawn, "DstT": dtype}, node)


def _read_stateless_integers(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shape, seed, low, high = inputs
    params = {"shape": _listed(number(shape)), "low": number(low), "high": number(high),
              "dtype": reader.attribute("dtype")}  # fmt: skip
    return reader.build(find_op("stateless_integers"), [seed], params)


def _two_seeds(node: Node) -> None:
    if not node.inputs[0].spec.shape.is_compatible_with([2]):
        raise NotImplementedError("TensorFlow's op takes a seed of two numbers")


def _write_stateless_poisson(writer: Any, node: Node) -> None:
    """TensorFlow's op wants the shape to end with that of the rates."""
    (seed, rates), shape, name = node.inputs, node.params["shape"], writer.name_of(node)
    rank, given = rates.spec.shape.rank, writer.value(rates)
    if rank is None or (rank and tuple(shape[len(shape) - rank :]) != rates.spec.dims):
        given = writer.broadcast(f"{name}/BroadcastTo", given, node.specs[0].shape, rates.spec.dtype)
    attributes = {"Rtype": rates.spec.dtype, "dtype": node.params["dtype"], "T": int32, "Tseed": seed.spec.dtype}
    inputs = [writer.numbers(f"{name}/shape", shape, node), writer.value(seed), given]
    writer.node(name, "StatelessRandomPoisson", inputs, attributes, node)


def _read_stateless_poisson(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shape, seed, rates = inputs
    params = {"shape": _listed(number(shape)), "dtype": reader.attribute("dtype")}
    return reader.build(find_op("stateless_poisson"), [seed, rates], params)


def _write_of_rates(writer: Any, node: Node) -> None:
    """TensorFlow's op draws numbers of a shape for each rate: the shape of the rates comes last."""
    (rates,), shape, name = node.inputs, node.params["shape"], writer.name_of(node)
    rank, given = rates.spec.shape.rank, writer.value(rates)
    if rank is None or (rank and tuple(shape[len(shape) - rank :]) != rates.spec.dims):
        given, rank = writer.broadcast(f"{name}/BroadcastTo", given, node.specs[0].shape, rates.spec.dtype), len(shape)
    inputs = [writer.numbers(f"{name}/shape", shape[: len(shape) - rank], node), given]
    attributes = {**_written(node.params["seed"]), "S": int32}
    if node.op.name == "random_gamma":
        writer.node(name, "RandomGamma", inputs, {**attributes, "T": rates.spec.dtype}, node)
    else:
        attributes |= {"R": rates.spec.dtype, "dtype": node.params["dtype"]}
        writer.node(name, "RandomPoissonV2", inputs, attributes, node)


def _read_of_rates(op: str) -> Any:
    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        shape, rates = inputs
        params = {
            "shape": (*_listed(number(shape)), *rates.shape), "seed": _read_seed(reader),
            "dtype": reader.attribute("dtype", rates.dtype),
        }  # fmt: skip
        return reader.build(find_op(op), [rates], params)

    return read


_LAWS = {"uniform": "UniformCandidateSampler", "log_uniform": "LogUniformCandidateSampler"}


def _candidates_type(node: Node) -> str:
    law = node.params["law"]
    if law not in _LAWS:
        raise NotImplementedError(f"the weights of the law {law!r} stay in the process that it was made in")
    return _LAWS[law]


def _write_candidates(writer: Any, node: Node) -> None:
    (classes,), params = node.inputs, node.params
    count = classes.spec.dims[-1]
    if count is None or classes.spec.dtype is not int64:
        raise NotImplementedError("the classes must be int64, and how many each example has must be known")
    attributes = {
        "num_true": count, "num_sampled": params["count"], "unique": params["unique"], "range_max": params["range_max"],
        **_written(params["seed"]),
    }  # fmt: skip
    writer.node(writer.name_of(node), _candidates_type(node), [writer.value(classes)], attributes, node)


def _reads_candidates(law: str) -> Any:
    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        params = {
            "law": law, "count": reader.attribute("num_sampled"), "unique": reader.attribute("unique"),
            "range_max": reader.attribute("range_max"), "seed": _read_seed(reader),
        }  # fmt: skip
        return reader.build(find_op("candidate_sampler"), inputs, params)

    return read


def _write_permutation(writer: Any, node: Node) -> None:
    """The numbers from 0 on, shuffled."""
    name = writer.name_of(node)
    bounds = [
        writer.constant(f"{name}/start", 0, int64), writer.numbers(f"{name}/limit", node.params["count"], node, int64),
        writer.constant(f"{name}/delta", 1, int64),
    ]  # fmt: skip
    positions = writer.node(writer.unique(f"{name}/range"), "Range", bounds, {"Tidx": int64})
    attributes = {**_written(node.params["seed"]), "T": int64}
    writer.node(name, "RandomShuffle", [positions], attributes, node)


def _read_shuffle(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    (x,) = inputs
    params = {"count": sizes_of(x)[0], "dtype": x.dtype, "seed": _read_seed(reader)}
    order = reader.extra("random_permutation", [], params, "order")
    return reader.build(find_op("gather"), [x, order], {"axis": 0, "batch_dims": 0})


def _write_sample(writer: Any, node: Node) -> None:
    """The sample itself: the op is there for its gradient."""
    sample = node.inputs[1]
    writer.node(writer.name_of(node), "Identity", [writer.value(sample)], {"T": sample.spec.dtype}, node)


ROWS = [
    _floats("random_normal", "RandomStandardNormal"),
    _floats("random_uniform", "RandomUniform"),
    _floats("random_truncated_normal", "TruncatedNormal"),
    Row("random_integers", "RandomUniformInt", write=_write_integers, read=_read_integers),
    Row("random_gamma", "RandomGamma", write=_write_of_rates, read=_read_of_rates("random_gamma")),
    Row("random_poisson", "RandomPoissonV2", write=_write_of_rates,
        read=_read_of_rates("random_poisson")),
    Row("random_permutation", "RandomShuffle", write=_write_permutation, read=_read_shuffle),
    Row("random_categorical", "Multinomial", write=_write_categories, read=_read_categories),
    Row("stateless_normal", "StatelessRandomNormal", [_SHAPE, In(0)], _STATELESS, check=_two_seeds),
    Row("stateless_uniform", "StatelessRandomUniform", [_SHAPE, In(0)], _STATELESS, check=_two_seeds),
    Row("stateless_truncated_normal", "StatelessTruncatedNormal", [_SHAPE, In(0)], _STATELESS, check=_two_seeds),
    Row("stateless_integers", "StatelessRandomUniformInt", check=_two_seeds, write=_write_stateless_integers,
        read=_read_stateless_integers),
    Row("stateless_full_int", "StatelessRandomUniformFullInt", [_SHAPE, In(0)], _STATELESS, check=_two_seeds),
    Row("stateless_gamma", "StatelessRandomGammaV2", [_SHAPE, In(0), In(1)], _STATELESS, check=_two_seeds),
    Row("stateless_poisson", "StatelessRandomPoisson", check=_two_seeds, write=_write_stateless_poisson,
        read=_read_stateless_poisson),
    Row("stateless_binomial", "StatelessRandomBinomial", [_SHAPE, In(0), In(1), In(2)],
        {"S": int32, "Tseed": TypeOf(0), "T": TypeOf(1), "dtype": Param("dtype")}),
    Row("stateless_categorical", "StatelessMultinomial", [In(1), Number("count", name="num_samples"), In(0)],
        {"T": TypeOf(1), "Tseed": TypeOf(0), "output_dtype": Param("dtype")}),
    Row("stateless_truncated_normal_between", "StatelessParameterizedTruncatedNormal",
        [_SHAPE, In(0), In(1), In(2), In(3), In(4)],
        {"S": int32, "Tseed": TypeOf(0), "dtype": Param("dtype")}),
    Row("gamma_sample", "Identity", write=_write_sample),
    Row("candidate_sampler", "UniformCandidateSampler", variant=_candidates_type, write=_write_candidates),
]  # fmt: skip
READERS = {kind: _reads_candidates(law) for law, kind in _LAWS.items()}
