"""simplify: rewrites by rules, such as x × 1 = x. The rules are in ``rules``, a table for each subject."""

from __future__ import annotations

from functools import lru_cache

from eagernb.core.dispatch import infer
from eagernb.core.op import Op
from eagernb.graph.ir import INPUT, Graph, Node, Value
from eagernb.graph.names import free_name
from eagernb.passes.change import Change
from eagernb.passes.inside import placed, with_graphs
from eagernb.passes.layout import gives_rows, in_rows, inside, repeats_rows
from eagernb.passes.patterns import Match, New, Rule
from eagernb.passes.rules import RULES

# What a rule gives may fit another rule, and so on: chains are short.
_MOST_STEPS = 8


def simplify(
    graph: Graph, fast_math: bool = False, otherwise: frozenset[int] = frozenset()
) -> tuple[Graph, list[Change]]:
    """Rewrite nodes by the rules, from the inputs on, so that a rule sees simplified inputs; graphs inside as well.

    What comes out is the same to the last bit; with ``fast_math``, the same in real numbers. ``otherwise`` are the
    numbers of those arguments that may not lie row by row in memory.
    """
    rewriter = _Rewriter(graph, fast_math, otherwise)
    return graph.rebuild(rewriter.change), rewriter.changes


@lru_cache(1 << 12)
def rules_of(op: Op, producers: tuple[Op, ...]) -> tuple[Rule, ...]:
    """The rules that can apply to an op whose inputs are computed by such ops: for most nodes, none."""
    if not op.pure or op.multiple:
        return ()
    return tuple(rule for rule in RULES if rule.pattern.test(op) and rule.pattern.may_fit_inputs(op, producers))


class _Rewriter:
    """One walk over a graph."""

    def __init__(self, graph: Graph, fast_math: bool, otherwise: frozenset[int]) -> None:
        self.changes: list[Change] = []
        self._given = set(graph.nodes)
        self._fast_math = fast_math
        self._names: set[str] = set()  # of all nodes, once a new one is to have another
        # What may not lie row by row in memory.
        self._otherwise = {node for node in graph.inputs if node.params["index"] in otherwise}
        self._inside: dict[tuple[Graph, frozenset[int]], Graph] = {}  # the same graph may be called several times

    def change(self, node: Node, inputs: tuple[Value, ...]) -> Node | list[Node] | tuple[Value, ...]:
        """What stands for a node with these inputs."""
        current = node if inputs is node.inputs else node.with_inputs(inputs)
        answer = self._simpler(node, current) if not node.op.graphs else self._simpler_inside(current)
        if isinstance(answer, Node):
            if answer.op is not INPUT and not gives_rows(answer, self._otherwise):
                self._otherwise.add(answer)
        elif isinstance(answer, list):
            self._otherwise.update(made for made in answer if not gives_rows(made, self._otherwise))
        return answer

    def _simpler_inside(self, node: Node) -> Node:
        return with_graphs(node, [self._simplified(node, *parts) for parts in inside(node, self._otherwise)])

    def _simplified(self, holder: Node, graph: Graph, otherwise: frozenset[int]) -> Graph:
        if (graph, otherwise) not in self._inside:
            self._inside[graph, otherwise], changes = simplify(graph, self._fast_math, otherwise)
            self.changes += placed(changes, graph, holder)
        return self._inside[graph, otherwise]

    def _simpler(self, node: Node, current: Node) -> Node | list[Node] | tuple[Value, ...]:
        made: list[Node] = []
        for _ in range(_MOST_STEPS):
            step = self._step(node, current)
            if step is None:
                break
            if isinstance(step, Value):
                return made[: made.index(step.node) + 1] if step.node in made else (step,)
            made = [*made[:-1], *step]  # what stood there last has been replaced itself
            current = made[-1]
        return made or current

    def _step(self, node: Node, current: Node) -> Value | list[Node] | None:
        """What the first rule that applies gives: a value, or nodes of which the last is in the place of the node."""
        rules = rules_of(current.op, tuple([value.node.op for value in current.inputs]))
        if not rules or not current.has_ranks:
            return None
        for rule in rules:
            match = rule.match(current, self._fast_math)
            result = rule.make(match) if match else None
            if match is None or result is None or not self._lies_as_before(rule, match, result):
                continue
            if isinstance(result, Value):
                if result.spec == node.specs[0]:
                    self._tell(rule, match, node, result.node, None)
                    return result
                continue
            nodes = self._nodes(result, node, rule, match)
            if nodes[-1].specs == node.specs:
                self._tell(rule, match, node, nodes[-1], nodes[-1].op)
                return nodes
        return None

    def _lies_as_before(self, rule: Rule, match: Match, result: Value | New) -> bool:
        """Whether what a rule gives lies in memory as the node did, or need not."""
        if not self._otherwise or self._fast_math or rule.any_layout(match):
            return True
        if isinstance(result, Value) and not in_rows(result, self._otherwise):
            return False
        return all(repeats_rows(value, self._otherwise) for value in (*match.inputs, *match.bound.values()))

    def _tell(self, rule: Rule, match: Match, node: Node, kept: Node, op: Op | None) -> None:
        self.changes.append(Change(rule.explain(match, op), (node,), kept))

    def _nodes(self, result: New, node: Node, rule: Rule, match: Match) -> list[Node]:
        """The nodes of a New, the last of them under the name of the node that it replaces."""
        nodes: list[Node] = []
        # What was made on the way here says itself where it comes from.
        inner = [match.bound[name].node for name in rule.inner]
        origin = (node, *(absorbed for absorbed in inner if absorbed in self._given))

        def build(part: New, name: str) -> Node:
            inputs = tuple(x if isinstance(x, Value) else build(x, self._name(name)).values[0] for x in part.inputs)
            specs = infer(part.op, [value.spec for value in inputs], part.params)
            nodes.append(Node(part.op, inputs, part.params, specs, name, node.line, node.scope, origin))
            return nodes[-1]

        build(result, node.name)
        return nodes

    def _name(self, whole: str) -> str:
        """A name for a part of what stands in a node's place."""
        if not self._names:
            self._names.update(node.name for node in self._given)
        return free_name(f"{whole}_part", self._names)
