"""The default wording of what no author worded: acts, their purpose, beliefs.

Receives names and arguments and the setting; hands on templates with their slots filled by
entities. Looks at no beliefs and no tense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from unspoken.chronicle.events import Fact, Value
from unspoken.model import (
    Action,
    And,
    Assign,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    If,
    Quantifier,
    Trigger,
    Variable,
    VariableTerm,
)
from unspoken.telling import lexicon
from unspoken.telling.morph import indefinite, is_verb, lemma_of, third
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.verbs import words
from unspoken.telling.view import Item

Binding = Mapping[str, str]
"""Roles to entities."""


class Wording(Struct, frozen=True):
    """A template's text and who or what fills its slots. Without a final mark. ``seen``: ways to
    say it of what one has before one's eyes."""

    text: str
    binding: Binding
    seen: tuple[str, ...] = ()


def act_wording(
    name: str,
    arguments: Sequence[Value],
    agents: Sequence[str],
    setting: Setting,
) -> Wording:
    """``{agent} [verb] ...`` for an act (or a law) that has no frame. ``agents``: who did it; if
    nobody, the first thing it is about becomes the subject."""
    roles = _roles(name, tuple(arguments), list(agents), setting)
    subject = " and ".join("{" + role + "}" for role in roles if role.startswith("agent"))
    predicate = _predicate(name, roles)
    if not subject:
        return Wording(_of_itself(name), {})
    return Wording(f"{subject} {predicate}", roles)


def _of_itself(name: str) -> str:
    """What happens, by its name alone: *the clock struck* (``clock_strikes``), *there was an
    alarm* (``alarm``)."""
    *subject, last = " ".join(split_name(name)).lower().split()
    lemma = lemma_of(last) if subject else None
    if lemma is not None and third(lemma) == last:
        return f"The {' '.join(subject)} [{lemma}]"
    if not subject and is_verb(last) and last not in _ALSO_NOUNS:
        return f"Something [{last}]"
    return "There [be] " + indefinite(" ".join((*subject, last)))


_ALSO_NOUNS = words(
    """attack bark bet blow break call change chase cheer claim cough crack crash cry dance dream
    fall fight flood frost gasp gleam groan howl hug kick kiss knock laugh march moan murmur murder
    offer order party pause press push race rain raise rest ring roar rush scream search shot shout
    shriek sigh signal smile snow spill spin spring squeak start storm strike surge talk toast trial
    trick trip visit walk wave whisper whistle wind yell"""
)
"""Verbs that are as well what there is: *there was a knock*."""


def infinitive(name: str, arguments: Sequence[Value], agent: str, setting: Setting) -> Wording:
    """The same as an infinitive without *to*, for purposes: ``pick up {thing}``."""
    roles = _roles(name, tuple(arguments), [agent], setting)
    predicate = _predicate(name, roles)
    head, _, rest = predicate.partition("]")
    return Wording(head.removeprefix("[") + rest, roles)


def _roles(
    name: str, arguments: tuple[Value, ...], agents: list[str], setting: Setting
) -> dict[str, str]:
    """Who and what took part, by the roles of the lexicon and by parameter names."""
    schema = setting.schema(name, arguments)
    parameters = (
        [p.name if isinstance(p, Variable | EntityTerm) else "" for p in schema.parameters]
        if schema is not None
        else [""] * len(arguments)
    )
    given = [
        (parameter.lower(), value)
        for parameter, value in zip(parameters, arguments, strict=True)
        if isinstance(value, str)
    ]
    if not agents and given:
        agents = [given[0][1]]
    roles: dict[str, str] = {}
    ways = _ways(name, schema, dict(given), agents, setting)
    outside = [agent for agent in agents if agent not in arguments]
    joint = agents[:1] + [agent for agent in agents[1:] if agent in outside and outside]
    for place, agent in enumerate(joint):
        roles["agent" if place == 0 else f"agent{place + 1}"] = agent
    for parameter, value in given:
        if value == agents[0] and "self" not in roles:
            roles["self"] = value
            continue
        sort = setting.sort(value)
        if parameter in ways and sort == "place":
            role = ways[parameter]
        elif parameter in lexicon.FROM:
            role = "from"
        elif parameter in lexicon.TO:
            role = "to"
        elif sort == "character":
            role = next((r for r in ("other", "third", "fourth") if r not in roles), "")
        elif sort == "place":
            role = "place"
        elif sort == "status":
            role = ""
        else:
            role = next((r for r in ("thing", "second", "other_thing") if r not in roles), "")
        if role:
            roles.setdefault(role, value)
        if parameter:
            roles.setdefault("by " + parameter, value)
    roles.pop("self", None)
    return roles


def _ways(
    name: str,
    schema: Action | Trigger | None,
    given: Mapping[str, str],
    agents: Sequence[str],
    setting: Setting,
) -> Mapping[str, str]:
    """The roles of those places about which the act's own effect says more than their names do:
    where somebody is after it is where they went. "" where a direction would be a guess."""
    places = [name for name, value in given.items() if setting.sort(value) == "place"]
    if schema is None or not places:
        return {}
    verb = split_name(name)[0].lower()
    is_motion = verb in lexicon.MOTION
    moves = [
        (move, sure)
        for move, sure in _assignments(schema.effect, sure=True)
        if not move.fluent.minds and len(move.fluent.arguments) == 1
    ]
    own = [
        (move, sure)
        for move, sure in moves
        if given.get(_called(move.fluent.arguments[0])) in agents[:1]
        and (is_motion or move.fluent.property.name.lower() in lexicon.WHEREABOUTS)
    ]
    ends = {_called(move.value) for move, _ in own}
    if not own:
        unnamed = [one for one in places if one not in lexicon.FROM | lexicon.TO]
        return dict.fromkeys(unnamed, "") if is_motion and len(unnamed) > 1 else {}
    if len(ends) > 1 or not all(sure for _, sure in own):
        return dict.fromkeys(places, "")
    (end,) = ends
    goes_to = is_motion or any("{to}" in pattern for pattern in lexicon.ACTS.get(verb, ()))
    moved = {move.fluent for move, _ in own}
    begins = {
        _called(part.right)
        for part in _conjuncts(schema.precondition)
        if isinstance(part, Comparison) and part.comparator is Comparator.EQ and part.left in moved
    }
    found = {}
    for place in places:
        if place == end:
            found[place] = "to" if goes_to or place in lexicon.TO else "place"
        elif place in begins or (place in lexicon.FROM and not begins):
            found[place] = "from" if goes_to or place in lexicon.FROM else ""
        else:
            found[place] = ""
    return found


def _assignments(effect: Expression | None, *, sure: bool) -> Iterator[tuple[Assign, bool]]:
    """What an effect sets outside all minds, and whether it does so in every case."""
    match effect:
        case Assign():
            yield effect, sure
        case And(parts):
            for part in parts:
                yield from _assignments(part, sure=sure)
        case If(branches, otherwise):
            for _, branch in branches:
                yield from _assignments(branch, sure=False)
            yield from _assignments(otherwise, sure=False)
        case Quantifier(_, _, body):
            yield from _assignments(body, sure=False)


def _conjuncts(condition: Expression) -> Iterator[Expression]:
    if isinstance(condition, And):
        for part in condition.parts:
            yield from _conjuncts(part)
    else:
        yield condition


def _called(part: Expression) -> str:
    """The parameter or entity that a term names, as ``given`` has it."""
    return part.name.lower() if isinstance(part, VariableTerm | EntityTerm) else ""


_ROLES = ("other", "third", "thing", "second", "from", "to", "place")


_TOWARDS = re.compile(r"\b(to|into) \{place\}")


def _predicate(name: str, roles: Mapping[str, str]) -> str:
    """The pattern for a name, or for its beginning if only prepositions follow; else its words."""
    words = _without_places([word.lower() for word in split_name(name)], roles)
    for length in range(len(words), 0, -1):
        if all(word in lexicon.PREPOSITIONS for word in words[length:]):
            for pattern in lexicon.ACTS.get(" ".join(words[:length]), ()):
                if "to" in roles and "place" not in roles:
                    pattern = _TOWARDS.sub(r"\1 {to}", pattern)
                if all(role in roles for role in _ROLES if "{" + role in pattern):
                    return pattern
    return _spelt_out(words, roles)


def done_predicate(words: str, roles: Mapping[str, str], setting: Setting) -> str | None:
    """*has told Prudence about the goose*: that the first of them did something, in the pattern for
    its words that has all the others; None if there is none."""
    called: dict[str, str] = {}
    for role, thing in list(roles.items())[1:]:
        sort = setting.sort(thing)
        free = {"character": ("other", "third"), "place": ("place",)}.get(sort, ("thing", "second"))
        called |= {next((one for one in free if one not in called), ""): role}
    for pattern in lexicon.ACTS.get(words, ()):
        if set(re.findall(r"\{(\w+)\}", pattern)) == set(called):
            told = re.sub(r"\{(\w+)\}", lambda slot: f"{{{called[slot[1]]}}}", pattern)
            told = told.replace("{agent's}", "{x's}")
            return told.replace("[", "[have ", 1)
    return None


def _without_places(words: list[str], roles: Mapping[str, str]) -> list[str]:
    """The words of a name without *from* and *to* what the roles name: teleport_from_ship."""
    for role in ("from", "to"):
        if role in words[1:] and role in roles:
            words = words[: words.index(role, 1)]
    return words


def _spelt_out(words: list[str], roles: Mapping[str, str]) -> str:
    """A predicate made of the words of a name, its objects in their usual places."""
    verb, rest = _lemma(words[0]), words[1:]
    text = f"[{verb}]"
    used: set[str] = set()
    if rest and verb in lexicon.DITRANSITIVE and "other" in roles:
        text += " {other}"
        used.add("other")
    objects = [role for role in ("other", "thing") if role in roles and role not in used]
    if rest:
        last = rest[-1]
        plain = (
            set(rest) & (lexicon.PARTICLES | lexicon.PREPOSITIONS | lexicon.SELF_CONTAINED)
            or verb in lexicon.LINKING
            or rest[0] in ("the", "a", "to")
            or last.endswith("ly")
        )
        text += ("" if plain else " the") + " " + " ".join(rest)
        if objects and verb in _INTRANSITIVE and last in lexicon.PARTICLES:
            text += " to"
        elif objects and last not in lexicon.PREPOSITIONS and last not in lexicon.PARTICLES:
            text += " " + ("to" if "say" in words else "with")
    if objects:
        text += " {" + objects[0] + "}"
        used.add(objects[0])
        if len(objects) > 1:
            text += " with {" + objects[1] + "}"
            used.add(objects[1])
    if "from" in roles:
        text += " from {from}"
    if "to" in roles:
        text += " to {to}"
    elif "place" in roles and rest[-1:] and rest[-1] in lexicon.PREPOSITIONS and not objects:
        text += " {place}"
    elif "place" in roles and verb in lexicon.MOTION:
        text += " to {place}"
    return text


def _lemma(verb: str) -> str:
    """*come*, for the action *comes_out*."""
    known = is_verb(verb) or not verb.endswith("s") or verb.endswith("ss")
    bare = verb[:-2] if verb.endswith(("shes", "ches", "xes", "oes")) else verb[:-1]
    return bare if not known and is_verb(bare) else verb


_INTRANSITIVE = ("come", "go", "get", "run", "walk")


# Beliefs


def belief_wording(fact: Fact, value: Value, setting: Setting) -> Wording | None:
    """A proposition in the present, for the properties that read well; None for the others."""
    words = [word.lower() for word in split_name(fact.property)]
    things = [a for a in fact.arguments if isinstance(a, str)]
    if not things or len(things) != len(fact.arguments):
        return None
    roles = dict(zip(("x", "y", "z"), things, strict=False))
    if isinstance(value, bool):
        return _truth_wording(words, roles, value)
    if not isinstance(value, str) or len(things) != 1:
        return None
    return _value_wording(words, {**roles, "v": value}, setting)


def _truth_wording(words: list[str], roles: Mapping[str, str], value: bool) -> Wording | None:
    name = " ".join(words)
    if len(roles) == 2 and name in lexicon.TRUE_OF_PAIR:
        text = lexicon.TRUE_OF_PAIR[name]
        return Wording(text if value else negative(text), roles)
    if len(roles) != 1 or name not in lexicon.TRUE_OF_ONE:
        return None
    opposite = lexicon.OPPOSITE.get(name)
    if not value and opposite:
        return Wording(f"{{x}} [be] {opposite}", roles)
    text = f"{{x}} [be] {name}"
    return Wording(text if value else negative(text), roles)


def _value_wording(words: list[str], roles: Mapping[str, str], setting: Setting) -> Wording | None:
    name, value = " ".join(words), roles["v"]
    sort = setting.sort(value)
    if sort == "status":
        return Wording("{x} [be] " + " ".join(split_name(value)).lower(), roles)
    if name in lexicon.WHEREABOUTS:
        if sort == "character":
            return Wording("{v} [have] {x}", roles)
        preposition = "in" if sort == "thing" else setting.preposition(value)
        text = f"{{x}} [be] {preposition} {{v}}"
        seen: tuple[str, ...] = ()
        if setting.sort(roles["x"]) == "character":
            seen = (text, f"{{x}} [stand] {preposition} {{v}}")
        return Wording(text, roles, seen)
    if name in lexicon.TRUE_OF_PAIR:
        return Wording(lexicon.TRUE_OF_PAIR[name].replace("{y}", "{v}"), roles)
    if sort == "character" and setting.sort(roles["x"]) == "character" and name in lexicon.KIN:
        return Wording(f"{{v}} [be] {{x's}} {name}", roles)
    return None


def negative(text: str) -> str:
    """The opposite of a clause: *nobody has knocked*, *there is no lamp*."""
    for begins, instead in _DENIED:
        if text.startswith(begins):
            return instead + text[len(begins) :]
    return _SOME.sub(r"any\1", text.replace("[", "[not ", 1))


_SOME = re.compile(r"\bsome(body|thing)\b")
_DENIED = (
    ("somebody ", "nobody "),
    ("something ", "nothing "),
    ("there [be] a ", "there [be] no "),
    ("there [be] an ", "there [be] no "),
    ("there [be] ", "there [be] no "),
)


def denial_wording(fact: Fact, before: Value, setting: Setting) -> Wording | None:
    """That a fact no longer has a value, nobody knowing which it has now."""
    wording = belief_wording(fact, before, setting)
    return None if wording is None else Wording(negative(wording.text), wording.binding)


def in_the_heart(fact: Fact, thinker: str) -> bool:
    """Whether a fact holds inside somebody other than the thinker."""
    return _is_of_hearts(fact.property) and fact.arguments[:1] != (thinker,)


@cache
def _is_of_hearts(name: str) -> bool:
    return any(word.lower() in lexicon.IN_THE_HEART for word in split_name(name))


def agents_of(item: Item) -> tuple[str, ...]:
    """Who did it: the first consenting character, and those who did it together with it."""
    if item.who is None:
        return item.participants
    return (item.who, *(p for p in item.participants if p != item.who))
