from __future__ import annotations

from supabase_tasks.diff.plan.graph import Graph


def test_edges_come_before_keys() -> None:
    graph = Graph({"a": 1, "b": 2, "c": 3})
    graph.edge("c", "a")
    assert graph.order() == ["b", "c", "a"]


def test_an_edge_to_itself_is_none() -> None:
    graph = Graph({"a": 1})
    graph.edge("a", "a")
    assert graph.order() == ["a"]


def test_a_cycle_is_left_out_and_named() -> None:
    graph = Graph({name: name for name in "abcd"})
    for first, then in ("ab", "bc", "ca", "cd"):
        graph.edge(first, then)
    assert graph.order() == []
    assert graph.cycles() == [["a", "b", "c"]]


def test_a_long_chain_needs_no_deep_stack() -> None:
    count = 5000
    graph = Graph({number: number for number in range(count)})
    for number in range(count):
        graph.edge(number, (number + 1) % count)
    assert graph.cycles() == [list(range(count))]
