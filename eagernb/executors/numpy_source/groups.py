"""Writing a fused group: its operations one after the other, or as a function that runs block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eagernb.core.dtypes import bfloat16
from eagernb.core.large import LARGE
from eagernb.executors.numpy_source.blocks import in_blocks
from eagernb.executors.numpy_source.writer import STATEMENTS, Writer
from eagernb.graph.fused import FUSED, place_of
from eagernb.graph.ir import Graph, Node, Value


def _write_fused(writer: Writer, node: Node, last: tuple[Value, ...]) -> None:
    graph: Graph = node.params["graph"]
    inputs = [writer.places[value] for value in node.inputs]
    outs = {value: writer.places[writer.reuses[value]] for value in node.values if value in writer.reuses}
    full = _full(node)
    if full is None or _is_small(node):
        inside = {place_of(graph, graph.outputs[value.index]): place for value, place in outs.items()}
        writer.places.update(zip(node.values, writer.body(graph, inputs, inside), strict=True))
        for value, inner in zip(node.values, graph.outputs, strict=True):
            writer.earlier_names[value] = [writer.places[v] for v in _written_before(graph, inner)]
        if freed := writer.freeing(last):
            writer.add(freed.removeprefix("; "))
        return
    name = _block_function(writer, node, full)
    inputs += [f"{_out_names(node)[value.index]}={place}" for value, place in outs.items()]
    writer.add(f"{', '.join(writer.targets(node))} = {name}({', '.join(inputs)}){writer.freeing(last)}", node)


STATEMENTS[FUSED.name] = _write_fused


def _is_small(node: Node) -> bool:
    """Whether it is sure that the arrays are too small for blocks."""
    size = node.specs[0].nbytes if node.specs else 0
    return size is not None and size < LARGE


def _full(node: Node) -> list[int] | None:
    """The positions of the inputs that have all elements; None if that is open, or blocks are no use."""
    specs = [*node.specs, *(value.spec for value in node.inputs)]
    if not node.specs or any(spec.dtype is bfloat16 for spec in specs):
        return None
    dims = node.specs[0].dims
    full = [i for i, value in enumerate(node.inputs) if value.spec.dims == dims]
    vague = any(None in value.spec.dims for i, value in enumerate(node.inputs) if i not in full)
    return None if vague or not full else full


def _out_names(node: Node) -> list[str]:
    return ["out"] if len(node.specs) == 1 else [f"out_{i}" for i in range(len(node.specs))]


def _block_function(writer: Writer, node: Node, full: Sequence[int]) -> str:
    """Write the group as a function of its own, and give its name."""
    graph: Graph = node.params["graph"]
    name = writer.names.shared(f"{node.name}_block")
    gives = tuple(spec.dtype.name for spec in node.specs)
    with writer.new_function():
        outs = [writer.names.local(out) for out in _out_names(node)]
        inputs = [writer.names.local(inner.name) for inner in graph.inputs]
        writer.add(f"@{writer.helper(in_blocks)}(full={tuple(full)!r}, gives={gives!r})", indent="")
        writer.add(f"def {name}({', '.join([*inputs, *(f'{out}=None' for out in outs)])}):", indent="")
        writer.in_block = True
        results = writer.body(graph, inputs, {place_of(graph, v): o for v, o in zip(graph.outputs, outs, strict=True)})
        writer.in_block = False
        writer.add(f"return {', '.join(results)}")
    return name


def _written_before(graph: Graph, value: Value) -> Iterator[Value]:
    """The values whose memory an output has taken."""
    while value in graph.reuses:
        value = graph.reuses[value]
        yield value
