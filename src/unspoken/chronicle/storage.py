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
    Decision,
    Event,
    EventNumber,
    Fact,
    Intention,
    Motive,
    Percept,
    Played,
    Scene,
    Value,
    Weighed,
)
from unspoken.chronicle.schema import misfit
from unspoken.language import failure

Json = Any


def to_json(chronicle: Chronicle) -> str:
    """The saved form; the same chronicle always gives the same text."""
    head: dict[str, Json] = {
        "unspoken_chronicle": _version(chronicle),
        "world": chronicle.world,
        "source": chronicle.source,
        "seed": chronicle.seed,
        "depth": chronicle.depth,
        "characters": list(chronicle.characters),
    }
    if chronicle.previous is not None:
        head["previous"] = chronicle.previous
    lines = [f"{json.dumps(key)}: {_dump(value)}" for key, value in head.items()]
    entities = [{"name": name, "types": list(types)} for name, types in chronicle.entities]
    beginning = [
        {"minds": list(chain), "values": [_valued(fact, value) for fact, value in values.items()]}
        for chain, values in chronicle.beginning.items()
    ]
    lines.append(_list("entities", entities))
    lines.append(_list("beginning", beginning))
    if chronicle.possible:
        unsure = [
            {
                "minds": list(chain),
                "values": [{**_fact(f), "among": list(among)} for f, among in values.items()],
            }
            for chain, values in chronicle.possible.items()
        ]
        lines.append(_list("possible", unsure))
    if chronicle.scenes:
        lines.append(_list("scenes", [_scene(scene) for scene in chronicle.scenes]))
    lines.append(_list("events", [_event(event) for event in chronicle.events]))
    if chronicle.ending is not None:
        lines.append(f'"ending": {_dump(chronicle.ending)}')
    if chronicle.played is not None:
        lines.append(f'"played": {_dump(_played(chronicle.played))}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _version(chronicle: Chronicle) -> int:
    """The oldest version that says all of it, so that readers of that one need not refuse it."""
    return VERSION if chronicle.has_worlds else chronicle.version


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
        "percepts": {mind: _percept(percept) for mind, percept in event.percepts.items()},
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
        "toward": event.toward,
        "about": event.about,
        "because": event.because,
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
    if event.strength is not None:
        numbered["strength"] = event.strength
    if event.fact is not None:
        numbered["minds"] = list(event.minds)
        numbered["fact"] = {
            **_fact(event.fact),
            "before": event.before,
            "after": event.after,
        }
        if event.among:
            numbered["among"] = list(event.among)
        if event.was_among:
            numbered["was_among"] = list(event.was_among)
    if event.decision is not None:
        numbered["decision"] = _decision(event.decision)
    if event.line is not None:
        numbered["line"] = event.line
    return numbered


def _scene(scene: Scene) -> Json:
    written = {
        "title": scene.title,
        "time": scene.time,
        "told": scene.told,
        "chapter": scene.chapter,
        "chapter_title": scene.chapter_title,
        "line": scene.line,
    }
    return {key: value for key, value in written.items() if value not in (None, "")}


def _played(played: Played) -> Json:
    written = {
        "who": played.who,
        "choices": list(played.choices),
        "last": played.last,
        "until": played.until,
        "events": played.events,
        "begun": played.begun,
    }
    return {key: value for key, value in written.items() if value is not None}


def _percept(percept: Percept) -> Json:
    written: dict[str, Json] = {"how": percept.how, "time": percept.time}
    return written if percept.whole else {**written, "whole": False}


def _decision(decision: Decision) -> Json:
    written = {
        "chosen": _weighed(decision.chosen),
        "runner_up": decision.runner_up and _weighed(decision.runner_up),
        "wished": decision.wished and _weighed(decision.wished),
        "hesitated": decision.hesitated,
        "torn": list(decision.torn),
    }
    return {key: value for key, value in written.items() if value}


def _weighed(weighed: Weighed) -> Json:
    lists = {
        "pulls": [_motive(motive) for motive in weighed.pulls],
        "restraints": [_motive(motive) for motive in weighed.restraints],
        "forbidden": list(weighed.forbidden),
    }
    return {"act": weighed.act, **{key: value for key, value in lists.items() if value}}


def _motive(motive: Motive) -> Json:
    written: dict[str, Json] = {
        "kind": motive.kind,
        "name": motive.name,
        "amount": motive.amount,
    }
    if motive.supposing or motive.likelihood != 1:
        written |= {"supposing": list(motive.supposing), "likelihood": motive.likelihood}
    return {**written, "then": list(motive.then)} if motive.then else written


def from_json(text: str, name: str = "<text>") -> Chronicle:
    """The chronicle that was saved. Raises DiagnosticError for any other text, which it calls by
    ``name``."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise failure("not-a-chronicle", path=name) from None
    version = data.get("unspoken_chronicle") if isinstance(data, dict) else None
    if not isinstance(version, int) or isinstance(version, bool):
        raise failure("not-a-chronicle", path=name)
    if version > VERSION:
        raise failure("newer-chronicle", path=name, version=str(version), known=str(VERSION))
    problem = misfit(data)
    if problem is not None:
        raise failure("damaged-chronicle", path=name, problem=problem)
    try:
        return _among_themselves(_read(data, version))
    except ValueError as fault:
        raise failure("damaged-chronicle", path=name, problem=str(fault)) from None


def _among_themselves(chronicle: Chronicle) -> Chronicle:
    """Whatever world it is of, its minds are its characters'. Raises ValueError."""
    known = frozenset(chronicle.characters)
    minds = [mind for chain in chronicle.beginning for mind in chain]
    for event in chronicle.events:
        minds += (*event.percepts, *event.minds)
    for mind in minds:
        if mind not in known:
            raise ValueError(f"it has what {mind} thinks, who is none of its characters")
    return chronicle


def _read(data: Mapping[str, Json], version: int) -> Chronicle:
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
        previous=data.get("previous"),
        ending=data.get("ending"),
        scenes=tuple(Scene(**scene) for scene in data.get("scenes", ())),
        played=_read_played(data["played"]) if "played" in data else None,
        possible={
            tuple(part["minds"]): {_read_fact(v): tuple(v["among"]) for v in part["values"]}
            for part in data.get("possible", ())
        },
    )


def _read_played(data: Mapping[str, Json]) -> Played:
    return Played(**{**data, "choices": tuple(data["choices"])})


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
            mind: Percept(percept["how"], percept["time"], percept.get("whole", True))
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
        strength=data.get("strength"),
        toward=data.get("toward"),
        about=data.get("about", ""),
        because=data.get("because", ""),
        decision=_read_decision(data["decision"]) if "decision" in data else None,
        line=data.get("line"),
        among=tuple(data.get("among", ())),
        was_among=tuple(data.get("was_among", ())),
    )


def _read_decision(data: Mapping[str, Json]) -> Decision:
    return Decision(
        chosen=_read_weighed(data["chosen"]),
        runner_up=_read_weighed(data["runner_up"]) if "runner_up" in data else None,
        wished=_read_weighed(data["wished"]) if "wished" in data else None,
        hesitated=data.get("hesitated", False),
        torn=tuple(data.get("torn", ())),
    )


def _read_weighed(data: Mapping[str, Json]) -> Weighed:
    return Weighed(
        data["act"],
        tuple(map(_read_motive, data.get("pulls", ()))),
        tuple(map(_read_motive, data.get("restraints", ()))),
        tuple(data.get("forbidden", ())),
    )


def _read_motive(data: Mapping[str, Json]) -> Motive:
    return Motive(
        data["kind"],
        data["name"],
        data["amount"],
        tuple(data.get("supposing", ())),
        data.get("likelihood", 1.0),
        tuple(data.get("then", ())),
    )
