"""What a Neo4j graph says of its last changes leads from any version that it still knows to the present one, and is never taken for more than it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.neo4j._changes import changes_since, with_changes

VERSIONS = st.lists(st.lists(st.tuples(st.booleans(), st.integers(1, 30)), max_size=60), min_size=1, max_size=12)


@given(VERSIONS)
def test_every_version_that_is_still_known_leads_to_the_present_one(versions: list[list[tuple[bool, int]]]) -> None:
    kept, live, states = None, set[int](), [set[int]()]
    for version, wanted in enumerate(versions, 1):
        changes = []
        for comes, number in wanted:
            if comes != (number in live):
                live ^= {number}
                changes.append(number if comes else -number)
        kept = with_changes(kept, version, changes)
        states.append(set(live))
    for version, state in enumerate(states):
        since = changes_since(kept, version, len(versions))
        if since is None:
            assert version < kept[0], "only what is too old is not known"
            continue
        net = dict.fromkeys(state, 1)
        for number in since.came:
            net[number] = net.get(number, 0) + 1
        for number in since.gone:
            net[number] = net.get(number, 0) - 1
        assert {number for number, count in net.items() if count} == live


def test_a_version_that_another_program_made_is_not_explained() -> None:
    kept = with_changes(None, 5, [7])
    assert kept == [4, 5, 5, 7]
    assert changes_since(kept, 4, 5) == ([7], [])
    assert changes_since(kept, 4, 6) is None, "somebody wrote who does not say what"
    assert changes_since(kept, 3, 5) is None
    assert changes_since(None, 3, 5) is None
    assert with_changes(kept, 8, [9]) == [7, 8, 8, 9], "what the other one did is not known to those before it"
