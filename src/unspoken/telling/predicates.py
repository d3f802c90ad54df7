"""The name of a property as a clause: *the study is a clue*, *Rosa has confided in Ann*, *the
degree to which Willow is sure of Tara*.

Receives facts; hands on wordings, made of the words of names, of who does what by the world's
actions, and of what a property's parameters are called (*by*, *from*). What has no shape that we
know is quoted, and no more is claimed of it than that it is so: *“knows better” holds of Nell*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unspoken.chronicle.events import Fact, Value
from unspoken.chronicle.words import value_text
from unspoken.telling import lexicon
from unspoken.telling.declared import (
    ROLES,
    Declared,
    brings,
    is_first,
    passes_on,
    roles_of,
    spelt_out,
)
from unspoken.telling.morph import indefinite, is_verb
from unspoken.telling.verbs import words
from unspoken.telling.word_classes import (
    guessed_third,
    is_adjective,
    is_noun,
    is_plural,
    lemma_of_past,
    lemma_of_third,
)
from unspoken.telling.wording import Wording, done_predicate, negative

_PLURAL = ("together",)
_TIES = words("""bonded engaged linked related tied""")
_BETWEEN = ("distance", "way")
"""What leads from one to another."""
_STANDS = words("""hangs lies rests sits stands waits""")
_MASS = words(
    """cover danger evidence fire hope light love music noise panic peace proof rain silence smoke
    snow time trouble war"""
)
"""What there is, and not *a*."""
_WEATHER = words("""hailing raining snowing thundering""")
_OWNS = words("""carry have hold own possess""")
"""Verbs by which a number says how much."""
_CLAIMS = words("""know think hear care worry wonder talk speak""")
"""Verbs that are about something."""
_OBJECTLESS = words("""give get hide hold keep make owe own promise take""")
"""Verbs that want an object even before *about*."""
_COMES = words(
    """arise awake become begin come creep fall flee fly freeze go grow kneel lie ring rise run
    shine shrink sing sink sit sleep slink speak spring stand stink strive swear swim wake weep"""
)
"""Irregular verbs that need no object."""
_OWED = words("""give owe promise""")
_OF: Mapping[str, str] = {
    "afraid": "of",
    "angry": "with",
    "ashamed": "of",
    "aware": "of",
    "certain": "of",
    "fond": "of",
    "glad": "about",
    "guilty": "of",
    "happy": "with",
    "impressed": "by",
    "innocent": "of",
    "jealous": "of",
    "loyal": "to",
    "proud": "of",
    "startled": "by",
    "suspicious": "of",
    "sure": "of",
    "tired": "of",
    "upset": "with",
    "worried": "about",
}
"""What follows adjectives; others, *towards*."""


class Predicates(Declared):
    """Clauses for the facts of a world."""

    # That it is so

    def clause(self, fact: Fact, value: Value) -> Wording | None:
        """That a fact has a value, in the words of its name; None if they do not make a clause."""
        name, roles = spelt_out(fact.property), roles_of(fact)
        if not name or len(fact.arguments) > len(ROLES):
            return None
        if not isinstance(value, bool):
            return self._valued(fact, name, roles, value)
        text = self._truth(fact, name)
        if text is None:
            return None
        return Wording(text if value else negative(text), roles)

    def quoted(self, fact: Fact, value: Value) -> Wording:
        """The same of any name: *the study counts as “clue”*, *“way” holds from the hall to the
        yard*."""
        roles = roles_of(fact)
        name, things = f"“{' '.join(spelt_out(fact.property))}”", [f"{{{role}}}" for role in roles]
        if not isinstance(value, bool):
            return _is_value(Wording(_quoted_name(fact), roles), value)
        if len(things) == 1:
            text = f"{{x}} [count] as {name}"
        else:
            text = " ".join((f"{name} [hold]", *_among(things)))
        return Wording(text if value else negative(text), roles)

    def _truth(self, fact: Fact, name: Sequence[str]) -> str | None:
        if name[0] in ("is", "was") and name[1:]:
            name = name[1:]
        match len(fact.arguments):
            case 0:
                return self._of_nobody(fact, name)
            case 1:
                return self._of_one(fact, name)
        return self._of_several(fact, name)

    def _of_nobody(self, fact: Fact, name: Sequence[str]) -> str:
        spelt, last = " ".join(name), name[-1]
        if is_adjective(spelt) or name[0] in lexicon.PREPOSITIONS or spelt in _WEATHER:
            return f"they [be] {spelt}" if spelt in _PLURAL else f"it [be] {spelt}"
        if name[1:] and (is_adjective(last) or self.lemma(last) is not None):
            return f"the {' '.join(name[:-1])} [be] {last}"
        lemma = self.lemma(name[0])
        if lemma is not None:
            return self._somebody_did(fact, lemma, name)
        if spelt in _MASS:
            return f"there [be] {spelt}"
        if is_plural(last):
            return f"the {spelt} [be] there"
        return f"there [be] {indefinite(spelt)}"

    def _somebody_did(self, fact: Fact, lemma: str, name: Sequence[str]) -> str:
        """*somebody has knocked*, *somebody has been accused*, *it has been awarded*: who, or what,
        is read off what the verb can have, or who takes part in the act."""
        done = " ".join(("[have be]", *name))
        did = " ".join((_have(lemma, name[0]), *name[1:]))
        patterns = lexicon.ACTS.get(" ".join((lemma, *name[1:])), ())
        action = self.bringing(fact)
        if action is None:
            return f"it [be] {' '.join(name)}"
        if any("{" not in pattern for pattern in patterns):
            return f"somebody {did}"
        begins = f"[{lemma}] {{other}}"
        if patterns and patterns[-1].startswith(begins):
            return f"somebody {done}{patterns[-1].removeprefix(begins)}"
        if patterns:
            return f"something {done}"
        return f"somebody {did if len(action.parameters) < 2 else done}"

    def _of_one(self, fact: Fact, name: Sequence[str]) -> str | None:
        spelt, first, last = " ".join(name), name[0], name[-1]
        about = str(fact.arguments[0])
        if self.link(fact, 0) and self.lemma(first) is None:
            return f"there [be] {indefinite(spelt)} {self.link(fact, 0)} {{x}}"
        if is_adjective(spelt) or (first.endswith("ing") and not name[1:]):
            return f"{{x}} [be] {spelt}"
        if first in lexicon.PREPOSITIONS or (is_adjective(first) and name[1:]):
            return f"{{x}} [be] {spelt}"
        lemma = self.lemma(first)
        if lemma is not None:
            return self._one_did(fact, lemma, name)
        verb = lemma_of_third(first, self.verbs)
        if verb is not None:
            the = "the" if verb in _OWNS and len(name) == 2 and not is_plural(last) else ""
            return " ".join(filter(None, (f"{{x}} [{verb}]", the, *name[1:])))
        past = lemma_of_past(first)
        if past is not None:
            rest = name[1:] or ([] if past in _COMES else ["something"])
            return " ".join((f"{{x}} [past {past}]", *rest))
        if first in ("can", "must", "may", "will") and name[1:]:
            return " ".join((f"{{x}} [{first}]", *name[1:]))
        if name[1:] and (is_adjective(last) or self.lemma(last) is not None):
            return f"{{x's}} {' '.join(name[:-1])} [be] {last}"
        is_type = any(first == one.lower() for one in self.types)
        if not name[1:] and (is_type or is_noun(first)):
            return f"{{x}} [be] {first if self.setting.is_plural(about) else indefinite(first)}"
        return None

    def _one_did(self, fact: Fact, lemma: str, name: Sequence[str]) -> str | None:
        """*Ann has read something*, *Pym has been asked*, *the house is sold*: the first if its own
        act brings it about; of what comes of itself, and of things, that they are so."""
        alone = not [one for one in name[1:] if one not in lexicon.PARTICLES | lexicon.PREPOSITIONS]
        action = self.bringing(fact)
        is_own = action is not None and is_first(action, fact, self.about(action, fact))
        if action is not None and (is_own or (alone and not passes_on(action, fact))):
            return f"{{x}} {_has_done(lemma, name)}" if is_own else _been(name)
        somebody = self.setting.sort(str(fact.arguments[0])) == "character"
        if not alone or action is not None:
            return f"{{x}} {_has_done(lemma, name)}" if somebody else _been(name)
        is_state = any(brings(one.effect, fact) for one in self.setting.world.triggers)
        if not somebody or is_state:
            return f"{{x}} [be] {' '.join(name)}"
        return f"{{x}} {_has_done(lemma, name)}" if lemma in lexicon.ACTS else None

    def _of_several(self, fact: Fact, name: Sequence[str]) -> str | None:
        spelt, first, last = " ".join(name), name[0], name[-1]
        links = self.links(fact)
        two = len(fact.arguments) == 2
        verb = lemma_of_third(first, self.verbs) or (two and guessed_third(first)) or None
        lemma = self.lemma(first)
        if two and (is_adjective(spelt) or spelt in _TIES or spelt in _OF):
            link = "to" if spelt in _TIES else links[0] or _OF.get(spelt, "towards")
            return f"{{x}} [be] {spelt} {link} {{y}}"
        if lemma is not None:
            return self._several_did(fact, lemma, name, links)
        if verb is not None:
            return _several_do(verb, name[1:], links, self.people(fact))
        if two and last in lexicon.PREPOSITIONS:
            noun = name[1:] and is_noun(" ".join(name[:-1]))
            return f"{{x}} [be] {indefinite(spelt) if noun else spelt} {{y}}"
        if links == ["from", "to"] or (links[0] == "to" and self.link(fact, 0) == "from"):
            return f"there [be] {indefinite(spelt)} from {{x}} to {{y}}"
        people = self.people(fact)
        if two and is_noun(last) and people == [True, False]:
            return f"{{x}} [be] {indefinite(spelt)} of {{y}}"
        return None

    def _several_did(
        self, fact: Fact, lemma: str, name: Sequence[str], links: list[str]
    ) -> str | None:
        """*Basil has told Prudence about the goose*, *Nell has been misheard by Ivy*."""
        action = self.bringing(fact)
        roles = self.about(action, fact) if action is not None else []
        agent = getattr(action.consenting[0], "name", None) if action and action.consenting else ""
        passive = links[0] == "by" or (agent in roles[1:2] and agent not in roles[:1])
        if passive and len(fact.arguments) == 2:
            return " ".join((_been(name), "{y}" if name[-1] == "by" else "by {y}"))
        things = [str(one) for one in fact.arguments]
        key = " ".join((lemma, *name[1:]))
        told = done_predicate(key, dict(zip(ROLES, things, strict=False)), self.setting)
        if told is not None and not any(links):
            return f"{{x}} {told}"
        rest = [f"{link} {{{role}}}".strip() for link, role in zip(links, ROLES[1:], strict=False)]
        plain = lemma in lexicon.DITRANSITIVE and not name[1:]
        if len(rest) > 1 and not links[-1] and not plain:
            return None
        return " ".join(("{x}", _have(lemma, name[0]), *name[1:], *rest))

    # What a value is

    def _valued(
        self, fact: Fact, name: list[str], roles: Mapping[str, str], value: Value
    ) -> Wording | None:
        sort = self.setting.sort(value) if isinstance(value, str) else None
        verb = lemma_of_third(name[0], self.verbs)
        if len(roles) == 1 and sort is not None and verb is not None:
            valued = {**roles, "v": str(value)}
            prepositional = name[-1] in lexicon.PREPOSITIONS and name[1:]
            if name[0] in _STANDS and sort == "character" and (prepositional or not name[1:]):
                return Wording("{v} [have] {x}", valued)
            stands = name[0] in _STANDS and not name[1:] and sort != "character"
            at = [self.setting.preposition(str(value))] if stands else []
            return Wording(" ".join((f"{{x}} [{verb}]", *name[1:], *at, "{v}")), valued)
        if len(roles) == 1 and sort == "place" and self.lemma(name[0]) and not name[1:]:
            at = [self.setting.preposition(str(value))]
            return Wording(f"{{x}} [be] {name[0]} {at[0]} {{v}}", {**roles, "v": str(value)})
        called = self.called(fact)
        if isinstance(value, float | int):
            text = self._amount(fact, name)
            called = None if text is None else Wording(text, roles)
        return None if called is None else self._is(called, value)

    def _is(self, called: Wording, value: Value) -> Wording:
        if isinstance(value, str) and self.setting.sort(value) == "status":
            return Wording(f"{called.text} [be] {' '.join(spelt_out(value))}", called.binding)
        return _is_value(called, value)

    def called(self, fact: Fact) -> Wording | None:
        """What a value is called: *Willow's partner*, *what Mabel likes*, *where the book is*, *the
        degree to which Ann is sure of Ben*; None if its name does not say."""
        name = spelt_out(fact.property)
        text = "where {x} [be]" if self.whereabouts(fact) in (0, 1) else None
        text = text or self._called(fact, name)
        return None if text is None else Wording(text, roles_of(fact))

    def named(self, fact: Fact) -> Wording:
        """The same of any name: *“hops” of the letter*."""
        return self.called(fact) or Wording(_quoted_name(fact), roles_of(fact))

    def _called(self, fact: Fact, name: list[str]) -> str | None:
        spelt, arity = " ".join(name), len(fact.arguments)
        if not name or arity > len(ROLES):
            return None
        declared = self.declared.get((fact.property, arity))
        if declared is not None and declared.range == "number":
            return self._amount(fact, name)
        lemma = self.lemma(name[0])
        if is_adjective(spelt) or spelt.endswith("ing"):
            return None
        if lemma is not None and arity == 2 and not name[1:]:
            link = self.links(fact)[0] or ("to" if self.people(fact)[1] else "about")
            return f"what {{x}} {_have(lemma, name[0])} {link} {{y}}"
        if lemma is not None:
            return None
        verb = lemma_of_third(name[0], self.verbs)
        if arity == 1 and verb is not None:
            return " ".join([f"what {{x}} [{verb}]", *name[1:]])
        return None if is_plural(spelt) or verb is not None else self._noun(fact, spelt)

    def _noun(self, fact: Fact, spelt: str) -> str | None:
        match len(fact.arguments):
            case 0:
                return f"the {spelt}"
            case 1:
                return f"{{x's}} {spelt}"
            case 2 if spelt in _BETWEEN:
                return f"the {spelt} from {{x}} to {{y}}"
            case 2 if all(self.people(fact)):
                link = "with" if spelt in ("relationship", "friendship") else "towards"
                return f"{{x's}} {spelt} {self.links(fact)[0] or link} {{y}}"
        return None

    def _amount(self, fact: Fact, name: list[str]) -> str | None:
        """What a number is called."""
        arity, spelt = len(fact.arguments), " ".join(name)
        if is_plural(name[-1]) and arity < 2 and lemma_of_third(name[0]) is None:
            return f"the number of {{x's}} {spelt}" if arity else f"the number of {spelt}"
        verb = lemma_of_third(name[0], self.verbs)
        if verb in _OWNS and arity == 2:
            return f"how much of {{y}} {{x}} [{verb}]"
        bare = verb is None and self.lemma(name[0]) is None and not spelt.endswith("ing")
        bare = bare and name[0] not in lexicon.PREPOSITIONS
        if bare and not (is_adjective(spelt) or guessed_third(name[-1])):
            return self._noun(fact, spelt)
        is_state = arity == 1 and self.lemma(name[0]) is not None
        text = f"{{x}} [be] {spelt}" if is_state else self._truth(fact, name)
        return None if text is None else f"the degree to which {text}"

    def whereabouts(self, fact: Fact) -> int | None:
        """Whether a fact says where a thing is, if it can be a place: 0 by its name, 1 as *lies in*
        and *hidden* do, 2 perhaps. None: no, as *likes* does not."""
        name = spelt_out(fact.property)
        if len(fact.arguments) != 1 or not name:
            return None
        if " ".join(name) in lexicon.WHEREABOUTS:
            return 0
        if name[0] in _STANDS or self.lemma(name[0]) is not None:
            declared = self.declared.get((fact.property, 1))
            return None if declared is not None and declared.range == "number" else 1
        return None if lemma_of_third(name[0], self.verbs) is not None else 2


def _is_value(called: Wording, value: Value) -> Wording:
    binding = dict(called.binding)
    if isinstance(value, str):
        binding["v"] = value
    given = "unknown" if value is None else "{v}" if isinstance(value, str) else value_text(value)
    return Wording(f"{called.text} [be] {given}", binding)


def _several_do(verb: str, rest: Sequence[str], links: list[str], people: list[bool]) -> str | None:
    """*Ann owes Ben money*, *Ann wants Ben dead*, *Willow owes something about it*."""
    spelt, subject = " ".join(rest), f"{{x}} [{verb}]"
    things = [f"{link} {{{role}}}".strip() for link, role in zip(links, ROLES[1:], strict=False)]
    if len(things) > 1:
        plain = verb in lexicon.DITRANSITIVE and people[1] and not rest
        return " ".join((subject, *rest, *things)) if plain or links[-1] else None
    if not rest:
        something = ["something"] if verb in _OBJECTLESS else []
        if something and people[1] and not links[0]:
            return f"{subject} {{y}} something" if verb in _OWED else f"{subject} {{y}}"
        return " ".join((subject, *(something if links[0] else ()), *things))
    if rest[-1] in lexicon.PREPOSITIONS:
        return " ".join((subject, spelt, "{y}"))
    if is_adjective(spelt) and verb not in _CLAIMS:
        return f"{subject} {{y}} {spelt}"
    if (verb in lexicon.DITRANSITIVE or verb == "owe") and people[1]:
        return f"{subject} {{y}} {spelt}"
    if verb in _CLAIMS:
        return f"{subject} {spelt} about {{y}}"
    return " ".join((subject, spelt, *things)) if links[0] else None


def _have(lemma: str, done: str) -> str:
    """The perfect of a verb: of one that no table has, by the participle itself."""
    return f"[have {lemma if is_verb(lemma) else done}]"


def _been(name: Sequence[str]) -> str:
    return " ".join(("{x} [have be]", *name))


def _has_done(lemma: str, name: Sequence[str]) -> str:
    """*has read something*, *has searched the room*, *has sat down*."""
    rest = list(name[1:])
    patterns = lexicon.ACTS.get(" ".join((lemma, *rest)), ())
    if not rest and patterns and patterns[0].startswith(f"[{lemma}] {{thing}}"):
        rest = ["something"]
    elif not rest and patterns and all(f"[{lemma}] {{other}}" in one for one in patterns):
        rest = ["somebody"]
    return " ".join((_have(lemma, name[0]), *rest))


def _quoted_name(fact: Fact) -> str:
    things = [f"{{{role}}}" for role in roles_of(fact)]
    among = ["of", _listed(things)] if things else []
    return " ".join((f"“{' '.join(spelt_out(fact.property))}”", *among))


def _listed(things: Sequence[str]) -> str:
    *others, last = things
    return f"{', '.join(others)} and {last}" if others else last


def _among(things: Sequence[str]) -> list[str]:
    """*of Ann*, *from Ann to Ben*, *of Ann, Ben and Cy*."""
    match things:
        case []:
            return []
        case [one, other]:
            return [f"from {one} to {other}"]
    return ["of", _listed(things)]
