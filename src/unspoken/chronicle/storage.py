"""Chronicles as plain JSON: saved and loaded without loss. ``schema.json`` says the shape.

A value stands for itself: null is unknown, a text is an entity. One event a line, so that two
chronicles can be compared with the tools one has.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from unspoken.chronicle.events import (
    VERSION,
    Chain,
    Change,
    Chronicle,
    Event,
    EventNumber,
    Fact,
    Intention,
    Percept,
    Value,
)
from unspoken.chronicle.schema import misfit

Json = Any


class ChronicleError(Exception):
    """A file that cannot be read as a chronicle. ``code``: ``not-a-chronicle``,
    ``newer-chronicle`` or ``damaged-chronicle``; ``facts`` to make words from."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


def to_json(chronicle: Chronicle) -> str:
    """The saved form; the same chronicle always gives the same text."""
    head: dict[str, Json] = {
        "unspoken_chronicle": chronicle.version,
        "world": chronicle.world,
        "source": chronicle.source,
        "seed": chronicle.seed,
        "depth": chronicle.depth,
        "characters": list(chronicle.characters),
    }
    lines = [f"{json.dumps(key)}: {_dump(value)}" for key, value in head.items()]
    entities = [{"name": name, "types": list(types)} for name, types in chronicle.entities]
    beginning = [
        {"minds": list(chain), "values": [_valued(fact, value) for fact, value in values.items()]}
        for chain, values in chronicle.beginning.items()
    ]
    lines.append(_list("entities", entities))
    lines.append(_list("beginning", beginning))
    lines.append(_list("events", [_event(event) for event in chronicle.events]))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _list(key: str, items: list[Json]) -> str:
    body = ",\n".join(f"  {_dump(item)}" for item in items)
    return f"{json.dumps(key)}: [\n{body}\n]" if items else f"{json.dumps(key)}: []"


def _valued(fact: Fact, value: Value) -> Json:
    return {**_fact(fact), "value": value}


def _fact(fact: Fact) -> dict[str, Json]:
    return {"property": fact.property, "arguments": list(fact.arguments)}


def _event(event: Event) -> Json:
    """What every event has, then what this one has: empty things are left out."""
    optional: dict[str, Json] = {
        "causes": list(event.causes),
        "percepts": {m: {"how": p.how, "time": p.time} for m, p in event.percepts.items()},
        "participants": list(event.participants),
        "intentions": [
            {
                "character": intention.character,
                "then": [[name, list(arguments)] for name, arguments in intention.then],
                "before": intention.before,
                "after": intention.after,
            }
            for intention in event.intentions
        ],
        "changes": [
            {**_fact(change.fact), "before": change.before, "after": change.after}
            for change in event.changes
        ],
    }
    numbered: dict[str, Json] = {
        "number": event.number,
        "time": event.time,
        "kind": event.kind,
        "who": event.who,
        "name": event.name,
        "arguments": list(event.arguments),
        **{key: value for key, value in optional.items() if value},
    }
    if event.fact is not None:
        numbered["minds"] = list(event.minds)
        numbered["fact"] = {
            **_fact(event.fact),
            "before": event.before,
            "after": event.after,
        }
    if event.line is not None:
        numbered["line"] = event.line
    return numbered


def from_json(text: str) -> Chronicle:
    """The chronicle that was saved. Raises ChronicleError for any other text."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ChronicleError("not-a-chronicle") from None
    version = data.get("unspoken_chronicle") if isinstance(data, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise ChronicleError("not-a-chronicle")
    if version > VERSION:
        raise ChronicleError("newer-chronicle", version=str(version), known=str(VERSION))
    problem = misfit(data)
    if problem is not None:
        raise ChronicleError("damaged-chronicle", problem=problem)
    try:
        return Chronicle(
            world=data["world"],
            characters=tuple(data["characters"]),
            entities=tuple((e["name"], tuple(e["types"])) for e in data["entities"]),
            beginning={
                tuple(part["minds"]): {_read_fact(v): v["value"] for v in part["values"]}
                for part in data["beginning"]
            },
            events=tuple(_read_event(number, event) for number, event in enumerate(data["events"])),
            depth=data["depth"],
            seed=data["seed"],
            source=data["source"],
            version=version,
        )
    except ValueError as fault:
        raise ChronicleError("damaged-chronicle", problem=str(fault)) from None


def _read_fact(data: Mapping[str, Json]) -> Fact:
    return Fact(data["property"], tuple(data["arguments"]))


def _read_event(number: int, data: Mapping[str, Json]) -> Event:
    if data["number"] != number:
        raise ValueError(f"event {data['number']} stands at place {number}")
    fact = data.get("fact")
    return Event(
        number=EventNumber(number),
        time=data["time"],
        kind=data["kind"],
        who=data["who"],
        name=data["name"],
        arguments=tuple(data["arguments"]),
        causes=tuple(EventNumber(cause) for cause in data.get("causes", ())),
        percepts={
            mind: Percept(percept["how"], percept["time"])
            for mind, percept in data.get("percepts", {}).items()
        },
        participants=tuple(data.get("participants", ())),
        intentions=tuple(
            Intention(
                intention["character"],
                tuple((name, tuple(arguments)) for name, arguments in intention["then"]),
                intention["before"],
                intention["after"],
            )
            for intention in data.get("intentions", ())
        ),
        changes=tuple(
            Change(_read_fact(change), change["before"], change["after"])
            for change in data.get("changes", ())
        ),
        minds=cast(Chain, tuple(data.get("minds", ()))),
        fact=None if fact is None else _read_fact(fact),
        before=None if fact is None else fact["before"],
        after=None if fact is None else fact["after"],
        line=data.get("line"),
    )
