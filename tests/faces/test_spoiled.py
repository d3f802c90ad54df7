"""What files become when they are spoiled at random: a clear message or a result, never a fault
of ours (which ``unspoken`` would refuse) and never a wait.

``UNSPOKEN_TESTS=thorough`` spoils many more.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import THOROUGH
from tests.faces.conftest import LETTER, Said, Unspoken
from unspoken import load
from unspoken.sources import shipped

TIMES = 3000 if THOROUGH else 60
TOKENS = re.compile(r"\w+|[^\w\s]|\s+")


def spoiled(text: str, chance: random.Random) -> str:
    """The text with some of its tokens left out, said twice, swapped or replaced by others of
    it; or cut off."""
    tokens = TOKENS.findall(text)
    if chance.random() < 0.1:
        return text[: chance.randrange(len(text))]
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        one, other = (chance.randrange(len(tokens)) for _ in range(2))
        match chance.randrange(4):
            case 0:
                del tokens[one]
            case 1:
                tokens.insert(one, tokens[one])
            case 2:
                tokens[one], tokens[other] = tokens[other], tokens[one]
            case _:
                tokens[one] = tokens[other]
    return "".join(tokens)


def misvalued(text: str, chance: random.Random) -> str:
    """JSON with one of its values replaced by another kind of value, or left out."""
    whole = json.loads(text)
    places = list(containers(whole))
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.choice(places)
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        values = (None, True, -1, 7, 10**30, 0.5, "", "Ada", "x", [], {}, [["Ada"]], {"Ada": 1})
        place[key] = chance.choice(values)
    return json.dumps(whole)


def containers(value: object) -> Iterator[dict[str, object] | list[object]]:
    """Every list and object in a JSON value that is not empty."""
    if isinstance(value, dict | list) and value:
        yield value
        for part in list(value.values()) if isinstance(value, dict) else value:
            yield from containers(part)


def is_clear(said: Said) -> None:
    """It went well, or somebody is told why not."""
    assert said.code in (0, 1, 2)
    if said.code:
        assert re.search(r"^(error|warning|impossible|stopped): ", said.out + said.err, re.M)


@pytest.mark.parametrize("spoil", [spoiled, misvalued])
def test_chronicles(unspoken: Unspoken, spoil: Callable[[str, random.Random], str]) -> None:
    unspoken("tell", "letter.story", "--save", "a.json")
    text = Path("a.json").read_text(encoding="utf-8")
    chance = random.Random(1)
    told = 0
    for _ in range(TIMES):
        Path("a.json").write_text(spoil(text, chance), encoding="utf-8")
        said = unspoken("tell", "a.json")
        is_clear(said)
        told += said.code == 0
    assert 0 < told < TIMES


def test_plans(unspoken: Unspoken) -> None:
    unspoken("plan", "letter.story", "--explain", "--output", "a.plan")
    text = Path("a.plan").read_text(encoding="utf-8")
    chance = random.Random(2)
    for _ in range(TIMES):
        Path("a.plan").write_text(spoiled(text, chance), encoding="utf-8")
        is_clear(unspoken("replay", "letter.story", "a.plan"))


@pytest.mark.parametrize("name", ["letter", *shipped()])
def test_worlds(unspoken: Unspoken, name: str) -> None:
    text = LETTER if name == "letter" else load(name).model.source.text
    chance = random.Random(3)
    for _ in range(TIMES // 3):
        Path("a.story").write_text(spoiled(text, chance), encoding="utf-8")
        said = unspoken("check", "a.story")
        is_clear(said)
        if said.code == 0:
            is_clear(unspoken("plan", "a.story", "--seconds", 0.05))
