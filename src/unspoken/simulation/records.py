"""Moments as plain data: what a chronicle keeps of the end of a run, for ``saving`` to go on from.

Receives a moment; hands on JSON values: the state as a graph, exact to any depth, and of every mind
the record of what is not in the state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from unspoken.chronicle import EventNumber
from unspoken.model import FeelingSettings
from unspoken.simulation.choice import Pressure
from unspoken.simulation.drives import Moved
from unspoken.simulation.feelings import Feelings
from unspoken.simulation.moment import Memory, Moment, Rebuff, Record
from unspoken.simulation.mood import Mood

Json = Any


def ending(moment: Moment) -> dict[str, Json]:
    """How things stand at a moment."""
    return {
        "state": moment.state.graph().plain(),
        "minds": {who: record_to_plain(record) for who, record in moment.minds.items()},
        "began": moment.opening.round,
        "round": moment.round,
        "quiet": moment.quiet,
    }


def record_to_plain(record: Record) -> dict[str, Json]:
    """What is in a mind and not in the state; what is empty is left out."""
    written: dict[str, Json] = {
        "feelings": record.feelings.to_plain(),
        "mood": record.mood.to_plain(),
        "pressure": {act: list(held) for act, held in sorted(record.pressure.held.items())},
        "under_way": list(record.under_way),
        "unsaid": dict(sorted(record.unsaid.items())),
        "attended": dict(sorted(record.attended.items())),
        "memories": [[*of, *memory] for of, memory in sorted(record.memories.items())],
        "rebuffed": {act: list(one) for act, one in sorted(record.rebuffed.items())},
        "effort": record.effort,
        "moved": {text: moved.to_plain() for text, moved in sorted(record.moved.items())},
    }
    if record.mood == Mood():
        del written["mood"]
    return {key: value for key, value in written.items() if value}


def record_of(plain: Mapping[str, Json], settings: FeelingSettings) -> Record:
    """From what ``record_to_plain`` made. Raises ValueError, KeyError or TypeError for anything
    else."""
    return Record(
        feelings=Feelings.from_plain(plain.get("feelings", ()), settings),
        mood=Mood.from_plain(plain["mood"]) if "mood" in plain else Mood(),
        pressure=Pressure({act: _held(held) for act, held in plain.get("pressure", {}).items()}),
        under_way=tuple(plain.get("under_way", ())),
        unsaid=dict(plain.get("unsaid", {})),
        attended=dict(plain.get("attended", {})),
        memories=dict(_memory(*one) for one in plain.get("memories", ())),
        rebuffed={act: _rebuff(one) for act, one in plain.get("rebuffed", {}).items()},
        effort=float(plain.get("effort", 0.0)),
        moved={text: Moved.from_plain(moved) for text, moved in plain.get("moved", {}).items()},
    )


def _memory(
    word: str, about: str, toward: str, event: int, came_back: bool
) -> tuple[tuple[str, str, str], Memory]:
    return (str(word), str(about), str(toward)), Memory(EventNumber(int(event)), bool(came_back))


def _rebuff(plain: Sequence[int]) -> Rebuff:
    until, refusals = plain
    return Rebuff(int(until), int(refusals))


def _held(plain: Sequence[float]) -> tuple[float, int]:
    amount, since = plain
    return float(amount), int(since)
