"""Steps and the order between them: a topological sort that never depends on hash seeds or dictionary order."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

NodeT = TypeVar("NodeT", bound=Hashable)


class Graph(Generic[NodeT]):
    """Nodes with sort keys, and edges `first → then`."""

    def __init__(self, keys: Mapping[NodeT, Any]) -> None:
        self._keys = keys
        self._then: dict[NodeT, set[NodeT]] = {node: set() for node in keys}

    def edge(self, first: NodeT, then: NodeT) -> None:
        """`first` comes before `then`; an edge to itself is none."""
        if first != then:
            self._then[first].add(then)

    def has(self, first: NodeT, then: NodeT) -> bool:
        return then in self._then[first]

    def order(self) -> list[NodeT]:
        """All nodes that are on no cycle (nor behind one), each as early as its edges and then its key allow."""
        waiting = dict.fromkeys(self._keys, 0)
        for later in self._then.values():
            for node in later:
                waiting[node] += 1
        ready = [(self._keys[node], node) for node, count in waiting.items() if not count]
        heapq.heapify(ready)
        found: list[NodeT] = []
        while ready:
            _, node = heapq.heappop(ready)
            found.append(node)
            for later_node in self._then[node]:
                waiting[later_node] -= 1
                if not waiting[later_node]:
                    heapq.heappush(ready, (self._keys[later_node], later_node))
        return found

    def cycles(self) -> list[list[NodeT]]:
        """The strongly connected components of more than one node (Tarjan, without recursion), sorted."""
        finder = _Components(self._then)
        for node in sorted(self._keys, key=lambda item: self._keys[item]):
            finder.visit(node)
        groups = [sorted(group, key=lambda item: self._keys[item]) for group in finder.found if len(group) > 1]
        return sorted(groups, key=lambda group: self._keys[group[0]])


class _Components(Generic[NodeT]):
    def __init__(self, then: Mapping[NodeT, Iterable[NodeT]]) -> None:
        self._then = then
        self._index: dict[NodeT, int] = {}
        self._low: dict[NodeT, int] = {}
        self._stack: list[NodeT] = []
        self._on_stack: set[NodeT] = set()
        self.found: list[list[NodeT]] = []

    def visit(self, root: NodeT) -> None:
        if root in self._index:
            return
        self._enter(root)
        work = [(root, iter(self._then[root]))]
        while work:
            node, successors = work[-1]
            for successor in successors:
                if successor not in self._index:
                    self._enter(successor)
                    work.append((successor, iter(self._then[successor])))
                    break
                if successor in self._on_stack:
                    self._low[node] = min(self._low[node], self._index[successor])
            else:
                work.pop()
                if work:
                    self._low[work[-1][0]] = min(self._low[work[-1][0]], self._low[node])
                self._leave(node)

    def _enter(self, node: NodeT) -> None:
        self._index[node] = self._low[node] = len(self._index)
        self._stack.append(node)
        self._on_stack.add(node)

    def _leave(self, node: NodeT) -> None:
        if self._low[node] != self._index[node]:
            return
        group: list[NodeT] = []
        while not group or group[-1] != node:
            group.append(self._stack.pop())
            self._on_stack.discard(group[-1])
        self.found.append(group)
