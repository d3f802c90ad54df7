"""Chronicles are saved and loaded without loss, and what is no chronicle is refused."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from unspoken.chronicle import (
    VERSION,
    Change,
    Chronicle,
    Decision,
    Event,
    EventNumber,
    Fact,
    Intention,
    Motive,
    Percept,
    Played,
    Weighed,
    from_json,
    to_json,
)
from unspoken.language import DiagnosticError

NAMES = ("Tara", "Willow", "Buffy", "Zoë")
names = st.sampled_from(NAMES)
values = st.one_of(st.none(), st.booleans(), st.floats(-9, 9).map(float), names)
facts = st.builds(Fact, st.sampled_from(["at", "loves"]), st.tuples(values))
minds = st.lists(names, min_size=1, max_size=3).map(tuple)
intentions = st.builds(
    Intention,
    names,
    st.tuples(st.tuples(names, st.tuples(values))),
    st.floats(0, 9),
    st.floats(0, 9),
)
percepts = st.dictionaries(
    names,
    st.builds(Percept, st.sampled_from(["did", "saw", "sensed"]), st.integers(0, 9), st.booleans()),
)
texts = st.lists(names, max_size=2).map(tuple)
motives = st.builds(
    Motive,
    st.sampled_from(["wish", "utility", "norm", "pressure", "steadiness"]),
    names,
    st.floats(-1, 1),
    texts,
    st.floats(0, 1),
    texts,
)
weighed = st.builds(
    Weighed,
    names | st.just(""),
    st.lists(motives, max_size=2).map(tuple),
    st.lists(motives, max_size=2).map(tuple),
    texts,
)
decisions = st.builds(
    Decision, weighed, st.none() | weighed, st.none() | weighed, st.booleans(), texts
)
outer = st.builds(
    Event,
    number=st.just(EventNumber(0)),
    time=st.integers(0, 9),
    kind=st.sampled_from(["act", "say", "think", "happen"]),
    who=st.none() | names,
    name=names,
    arguments=st.tuples(values),
    causes=st.lists(st.integers(0, 9).map(EventNumber), max_size=2).map(tuple),
    percepts=percepts,
    participants=minds,
    intentions=st.lists(intentions, max_size=2).map(tuple),
    changes=st.lists(st.builds(Change, facts, values, values), max_size=2).map(tuple),
    decision=st.none() | decisions,
    line=st.none() | st.integers(1, 99),
)
inner = st.builds(
    Event,
    number=st.just(EventNumber(0)),
    time=st.integers(0, 9),
    kind=st.sampled_from(["believe", "surprise"]),
    who=names,
    name=names,
    percepts=percepts,
    minds=minds,
    fact=facts,
    before=values,
    after=values,
)
felt = st.builds(
    Event,
    number=st.just(EventNumber(0)),
    time=st.integers(0, 9),
    kind=st.sampled_from(["feel", "unsaid", "refuse", "fail", "think"]),
    who=names,
    name=names | st.just(""),
    percepts=percepts,
    strength=st.none() | st.floats(0, 1),
    toward=st.none() | names,
    about=names | st.just(""),
    because=names | st.just(""),
    decision=st.none() | decisions,
)
endings = st.fixed_dictionaries(
    {
        "state": st.lists(
            st.fixed_dictionaries(
                {
                    "facts": st.dictionaries(names, values),
                    "minds": st.dictionaries(names, st.integers(0, 9)),
                }
            )
        ),
        "minds": st.dictionaries(names, st.dictionaries(names, values)),
        "round": st.integers(0, 40),
        "quiet": st.integers(0, 3),
    }
)


def numbered(events: list[Event]) -> tuple[Event, ...]:

    return tuple(replace(event, number=EventNumber(i)) for i, event in enumerate(events))


chronicles = st.builds(
    Chronicle,
    world=names,
    characters=st.permutations(NAMES).map(tuple),  # whoever has a mind is one of them
    entities=st.lists(st.tuples(names, minds), max_size=3).map(tuple),
    beginning=st.dictionaries(minds, st.dictionaries(facts, values, max_size=3), max_size=3),
    events=st.lists(outer | inner | felt, max_size=6).map(numbered),
    depth=st.integers(0, 4),
    seed=st.integers(),
    source=st.none() | names,
    previous=st.none() | names,
    ending=st.none() | endings,
    played=st.none()
    | st.builds(
        Played,
        who=names,
        choices=st.lists(st.none() | names).map(tuple),
        last=st.integers(0, 40),
        events=st.integers(0, 6),
        begun=endings,
        until=st.none() | names,
    ),
)


@given(chronicles)
def test_saving_and_loading_loses_nothing(chronicle: Chronicle) -> None:
    text = to_json(chronicle)
    assert from_json(text) == chronicle
    assert to_json(from_json(text)) == text


def test_the_first_version_is_still_read() -> None:
    """As it was written before anybody felt anything."""
    text = """{
"unspoken_chronicle": 1,
"world": "w",
"source": null,
"seed": 0,
"depth": 3,
"characters": ["Tara"],
"entities": [],
"beginning": [],
"events": [
  {"number": 0, "time": 1, "kind": "act", "who": "Tara", "name": "go", "arguments": [], \
"percepts": {"Tara": {"how": "did", "time": 1}}}
]
}
"""
    chronicle = from_json(text)
    assert chronicle.events[0].percepts["Tara"].whole
    assert chronicle.ending is None
    assert to_json(chronicle) == text


SCHEMA = Draft202012Validator(
    json.loads(files("unspoken.chronicle").joinpath("schema.json").read_text())
)


def test_the_schema_is_one() -> None:
    SCHEMA.check_schema(SCHEMA.schema)


@given(chronicles)
def test_saved_chronicles_fit_the_schema(chronicle: Chronicle) -> None:
    SCHEMA.validate(json.loads(to_json(chronicle)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("once upon a time", "not-a-chronicle"),
        ("[1, 2]", "not-a-chronicle"),
        ("{}", "not-a-chronicle"),
        ('{"unspoken_chronicle": "1"}', "not-a-chronicle"),
        (f'{{"unspoken_chronicle": {VERSION + 1}}}', "newer-chronicle"),
        ('{"unspoken_chronicle": 1}', "damaged-chronicle"),
    ],
)
def test_what_is_no_chronicle_is_refused(text: str, code: str) -> None:
    with pytest.raises(DiagnosticError) as refused:
        from_json(text)
    assert [one.code for one in refused.value.diagnostics] == [code]


def test_a_value_falls_back_on_the_chain_without_its_last_mind() -> None:
    at = Fact("at", ("Tara",))
    chronicle = Chronicle(
        world="w",
        characters=("Tara", "Willow"),
        entities=(),
        beginning={(): {at: "Room"}, ("Willow",): {at: "Bronze"}},
        events=(
            Event(EventNumber(0), 1, "act", "Tara", "go", changes=(Change(at, "Room", "Hall"),)),
            Event(
                EventNumber(1),
                1,
                "believe",
                "Willow",
                "go",
                minds=("Willow",),
                fact=at,
                before="Bronze",
                after="Hall",
            ),
        ),
        depth=3,
    )
    assert chronicle.value((), at, before=0) == "Room"
    assert chronicle.value((), at) == "Hall"
    assert chronicle.value(("Tara",), at) == "Room"
    assert chronicle.value(("Willow",), at, before=1) == "Bronze"
    assert chronicle.value(("Willow",), at) == "Hall"
    with pytest.raises(KeyError):
        chronicle.value((), Fact("at", ("Nobody",)))
