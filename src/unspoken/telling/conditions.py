"""Facts and conditions in plain words, for those who look things up: *it is open*, *the study has
been searched*, *the distance from Willow to Tara is 0*.

Receives closed expressions, and facts with their values; hands on wordings. Prose tells only those
facts that read well (``wording.belief_wording``); this has words for the others, too, made of their
names. What has none is None, and stands as a storyworld writes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from unspoken.chronicle.events import Fact, Value
from unspoken.chronicle.words import value_text
from unspoken.language.printer import expression_text
from unspoken.model import (
    And,
    Assign,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    Not,
    Or,
    Term,
    Unknown,
)
from unspoken.model import Literal as Number
from unspoken.telling import lexicon
from unspoken.telling.morph import is_verb, participle
from unspoken.telling.propositions import term
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.verbs import IRREGULAR, words
from unspoken.telling.wording import Wording, belief_wording, negative

_SLOT = re.compile(r"\{(\w+)('s)?\}")
_STATES = words(
    """certain closed cold dark done empty full glad lit over puzzled quiet ready shut shy sorry
    startled sure together upset warm wet"""
)
"""Names of properties that say how somebody, or everything, is."""
_ADJECTIVE = re.compile(r"\w{3,}(?:less|ful|ous|ive|ry|ty|ny|py)")
_PLURAL = ("together",)
_TIES = words("""bonded engaged linked related tied""")
_BETWEEN = ("distance", "way")
"""What leads from one to another."""
_STANDS = words("""hangs lies rests sits stands waits""")
_HABITS = words("""always business hops ideas lens news odds strokes tales""")
"""What ends in *s* and is no verb."""

_COMPARED: Mapping[Comparator, str] = {
    Comparator.EQ: "[be]",
    Comparator.NE: "[be not]",
    Comparator.GE: "[be] at least",
    Comparator.LE: "[be] at most",
    Comparator.GT: "[be] more than",
    Comparator.LT: "[be] less than",
}


class Conditions(Struct, frozen=True):
    """Words for facts and conditions of a storyworld."""

    setting: Setting

    def of_wish(self, wants: Expression, weight: float) -> Wording | None:
        """What somebody is after who wants a term of a utility to come to much (negative
        ``weight``: to little): a condition where it counts for something, else that it be so."""
        match wants:
            case If(branches, otherwise):
                base = _number(otherwise) if otherwise is not None else 0.0
                if base is None:
                    return None
                counted = [(c, weight * ((_number(value) or 0.0) - base)) for c, value in branches]
                signs = {gain > 0 for _, gain in counted if gain}
                if signs == {True}:
                    told = [self.of(condition) for condition, gain in counted if gain]
                    return together(told, " or, failing that, ")
                if signs == {False} and len(counted) == 1:
                    return self.of(counted[0][0], so=False)
                return None
            case Fluent() if wants.property.range == "boolean":
                return self.of(wants, so=weight > 0)
            case Fluent():
                size = "high" if weight > 0 else "low"
                called = self.called(_fact(wants))
                if called is None:
                    return None
                return _ending(called, f" [be] as {size} as can be")
            case _:
                return self.of(wants, so=weight > 0)

    def of(self, condition: Expression, *, so: bool = True) -> Wording:
        """That a condition holds (or not); what there are no words for in it, as written."""
        match condition:
            case Number(bool() as value):
                return Wording("all [be] well" if value is so else "all [be] lost", {})
            case Not(inner):
                return self.of(inner, so=not so)
            case And(parts) if so:
                return together([self.of(part) for part in parts], " and ")
            case Or(parts) if so:
                return together([self.of(part) for part in parts], " or ")
            case And(parts):
                return together([self.of(part, so=False) for part in parts], " or ")
            case Or(parts):
                return together([self.of(part, so=False) for part in parts], " and ")
            case Believes(holder, inner):
                return self._held(holder, self.of(inner), so=so)
            case Fluent(minds=(first, *others)):
                inside = Fluent(condition.property, condition.arguments, tuple(others))
                return self._held(first, self.of(inside), so=so)
            case Fluent():
                return self.fact(_fact(condition), so) or _as_written(condition, so=so)
            case Comparison(comparator, Fluent() as left, right):
                found = self._compared(comparator, left, right, so=so)
                return found or _as_written(condition, so=so)
        return _as_written(condition, so=so)

    def _held(self, holder: Term, inner: Wording, *, so: bool) -> Wording:
        verb = "[think]" if so else "[do not] think"
        holding = Wording(f"{{h}} {verb} that ", {"h": str(term(holder, {}))})
        return together([holding, inner], "")

    def _compared(
        self, comparator: Comparator, left: Fluent, right: Expression, *, so: bool
    ) -> Wording | None:
        """What is said of a value: that it is this one, or how great."""
        if left.minds:
            first, *others = left.minds
            inside = Fluent(left.property, left.arguments, tuple(others))
            return self._held(first, self.of(Comparison(comparator, inside, right)), so=so)
        equal = comparator is Comparator.EQ
        if comparator in (Comparator.EQ, Comparator.NE):
            so = so is equal
            match right:
                case EntityTerm(name):
                    return self.fact(_fact(left), name, so=so)
                case Number(bool() as value):
                    return self.fact(_fact(left), value is so)
                case Unknown():
                    called = self.called(_fact(left))
                    known = "[be not] known" if so else "[be] known"
                    return None if called is None else _ending(called, f" {known}")
            comparator = Comparator.EQ
        other: Wording | None = None
        if isinstance(right, Fluent) and not right.minds:
            other = self.called(_fact(right))
        number = _number(right)
        if number is not None:
            other = Wording(value_text(number), {})
        if other is None:
            return None
        text = _COMPARED[comparator]
        if not so:
            text = "[be not]" + text.removeprefix("[be]")
        where = left.property.name.lower() in lexicon.WHEREABOUTS and left.arguments
        if where and other.text.startswith("what "):
            subject = Wording("{x}", {"x": str(term(left.arguments[0], {}))})
            place = Wording("where" + other.text.removeprefix("what"), other.binding)
            return together([subject, place], f" {text} ")
        called = self.called(_fact(left))
        return None if called is None else together([called, other], f" {text} ")

    def fact(self, fact: Fact, value: Value, *, so: bool = True) -> Wording | None:
        """That a fact has a value (or not)."""
        if value is None:
            return None
        found = belief_wording(fact, value, self.setting) or self._spelt_out(fact, value)
        return found if so or found is None else Wording(negative(found.text), found.binding)

    def named(self, fact: Fact, value: Value) -> Wording:
        """The same where there are no words for it: by its name alone, of whatever word it is."""
        roles = {f"x{place}": value_text(one) for place, one in enumerate(fact.arguments)}
        *others, last = [f"{{{role}}}" for role in roles] or [""]
        things = f"{', '.join(others)} and {last}" if others else last
        of = f" {'of' if isinstance(value, bool) else 'for'} {things}" if things else ""
        name = f"“{' '.join(word.lower() for word in split_name(fact.property))}”"
        if isinstance(value, bool):
            return Wording(f"{name} [be{'' if value else ' not'}] so{of}", roles)
        if isinstance(value, str):
            return Wording(f"{name} [be] {{v}}{of}", {**roles, "v": value})
        given = "unknown" if value is None else value_text(value)
        return Wording(f"{name} [be] {given}{of}", roles)

    def _spelt_out(self, fact: Fact, value: Value) -> Wording | None:
        """The words of a property's name as a clause."""
        name = [word.lower() for word in split_name(fact.property)]
        things = [value_text(one) for one in fact.arguments]
        roles = dict(zip(("x", "y", "z"), things, strict=False))
        if not name or len(things) > 3:
            return None
        if not isinstance(value, bool):
            return self._valued(name, roles, value)
        text = self._truth(fact, name, len(things))
        if text is None:
            return None
        if text.startswith("somebody ") and not value:
            return Wording(text.replace("somebody", "nobody"), roles)
        return Wording(text if value else negative(text), roles)

    def _valued(self, name: list[str], roles: Mapping[str, str], value: Value) -> Wording | None:
        if len(roles) == 1 and isinstance(value, str) and _is_third_person(name[0]):
            verb = " ".join((f"[{_bare(name[0])}]", *name[1:]))
            if name[0] in _STANDS and self.setting.sort(value) == "character":
                return Wording("{v} [have] {x}", {**roles, "v": value})
            at = "" if self.setting.sort(value) == "character" else self._preposition(name, value)
            return Wording(f"{{x}} {verb}{at} {{v}}", {**roles, "v": value})
        is_there = isinstance(value, str) and self.setting.sort(value) == "place"
        if len(roles) == 1 and is_there and _is_participle(" ".join(name)):
            at = self.setting.preposition(str(value))
            return Wording(f"{{x}} [be] {name[0]} {at} {{v}}", {**roles, "v": str(value)})
        called = _called(name, len(roles))
        if isinstance(value, str):
            given = Wording("{v}", {"v": value})
        else:
            given = Wording(value_text(value), {})
        return None if called is None else together([Wording(called, roles), given], " [be] ")

    def _preposition(self, name: list[str], value: str) -> str:
        """*lies on* the floor; but *likes* the parlour."""
        stands = name[0] in _STANDS and not name[1:]
        return f" {self.setting.preposition(value)}" if stands else ""

    def _truth(self, fact: Fact, name: list[str], arity: int) -> str | None:
        spelt = " ".join(name)
        first, last = name[0], name[-1]
        if arity == 0 and is_adjective(spelt):
            return f"they [be] {spelt}" if spelt in _PLURAL else f"it [be] {spelt}"
        if arity == 0:
            done = _is_participle(spelt) and self._brought_by(fact)
            return f"somebody {_done(name, active=True)}" if done else None
        if arity == 1 and (is_adjective(spelt) or (first.endswith("ing") and not name[1:])):
            return f"{{x}} [be] {spelt}"
        if arity == 1 and _is_participle(spelt):
            brought_by = self._brought_by(fact)
            if brought_by is not None:
                return f"{{x}} {_done(name, active=brought_by == 'itself')}"
            # Has sold, or has been sold? What comes of itself is a state.
            is_state = any(_brings(one.effect, fact) for one in self.setting.world.triggers)
            thing = self.setting.sort(str(fact.arguments[0])) != "character"
            return f"{{x}} [be] {spelt}" if is_state or thing else None
        if arity == 1 and _is_third_person(first):
            return " ".join((f"{{x}} [{_bare(first)}]", *name[1:]))
        if arity != 2 or (name[1:] and last not in lexicon.PREPOSITIONS):
            return None
        if _is_third_person(first):
            return f"{{x}} [{_bare(first)}] {' '.join([*name[1:], '{y}'])}"
        if spelt in _TIES:
            return f"{{x}} [be] {spelt} to {{y}}"
        if _is_participle(first) and self._brought_by(fact) == "itself":
            return f"{{x}} {_done(name, active=True)} {{y}}"
        return None

    def _brought_by(self, fact: Fact) -> Literal["itself", "another"] | None:
        """Whether whoever a fact is first about brings it about (*Mabel has read*) or somebody
        else does (*Pym has been asked*). None: nobody."""
        for action in self.setting.world.actions:
            agent = getattr(action.consenting[0], "name", None) if action.consenting else None
            for fluent in _brings(action.effect, fact):
                about = [getattr(argument, "name", None) for argument in fluent.arguments]
                return "itself" if agent is not None and agent in about[:1] else "another"
        return None

    def called(self, fact: Fact) -> Wording | None:
        """What a value is called: *Willow's partner*, *what Mabel likes*, *where the book is*."""
        name = [word.lower() for word in split_name(fact.property)]
        things = [value_text(one) for one in fact.arguments]
        text = "where {x} [be]" if self.whereabouts(fact) in (0, 1) else None
        text = text or _called(name, len(things))
        return None if text is None else Wording(text, dict(zip("xy", things, strict=False)))

    def whereabouts(self, fact: Fact) -> int | None:
        """Whether a fact says where a thing is, if it can be a place: 0 by its name, 1 as *lies in*
        and *hidden* do, 2 perhaps. None: no, as *likes* does not."""
        words = [word.lower() for word in split_name(fact.property)]
        if len(fact.arguments) != 1 or not words:
            return None
        first = words[0]
        if " ".join(words) in lexicon.WHEREABOUTS:
            return 0
        if first in _STANDS or _is_participle(first):
            return 1
        return None if _is_third_person(first) else 2


def _brings(effect: Expression | None, fact: Fact) -> list[Fluent]:
    """Where an effect makes facts of this property so, in the world."""
    match effect:
        case And(parts):
            return [found for part in parts for found in _brings(part, fact)]
        case If(branches, otherwise):
            every = [*(branch for _, branch in branches), otherwise]
            return [found for branch in every for found in _brings(branch, fact)]
        case Fluent(minds=()) if effect.property.name == fact.property:
            return [effect]
        case Assign(Fluent(minds=()) as fluent, Number(True)):
            return _brings(fluent, fact)
    return []


def _called(name: list[str], arity: int) -> str | None:
    spelt = " ".join(name)
    if is_adjective(spelt) or _is_participle(spelt) or spelt.endswith("ing"):
        return None
    if arity == 1 and spelt in lexicon.WHEREABOUTS:
        return "where {x} [be]"
    if arity == 1 and _is_third_person(name[0]):
        return " ".join([f"what {{x}} [{_bare(name[0])}]", *name[1:]])
    if spelt.endswith("s"):
        return None
    if arity < 2:
        return f"{{x's}} {spelt}" if arity else f"the {spelt}"
    return f"the {spelt} from {{x}} to {{y}}" if spelt in _BETWEEN else None


def together(parts: list[Wording], link: str) -> Wording:
    """One wording of several, the slots of each kept apart."""
    texts, binding = [], {}
    for place, part in enumerate(parts):
        texts.append(_SLOT.sub(lambda s, n=place: f"{{{s[1]}{n}{s[2] or ''}}}", part.text))  # type: ignore[misc]
        binding.update({f"{role}{place}": thing for role, thing in part.binding.items()})
    return Wording(link.join(texts), binding)


def _ending(wording: Wording, text: str) -> Wording:
    return Wording(wording.text + text, wording.binding)


def _as_written(condition: Expression, *, so: bool) -> Wording:
    text = " ".join(expression_text(condition if so else Not(condition)).split())
    return Wording(f"`{text}`", {})


def _fact(fluent: Fluent) -> Fact:
    return Fact(fluent.property.name, tuple(term(one, {}) for one in fluent.arguments))


def _number(part: Expression | None) -> float | None:
    match part:
        case Number(bool()):
            return None
        case Number(value):
            return float(value)
    return None


def is_adjective(spelt: str) -> bool:
    known = spelt in _STATES or spelt in lexicon.TRUE_OF_ONE
    return known or _ADJECTIVE.fullmatch(spelt) is not None


def _is_participle(word: str) -> bool:
    return _lemma(word) is not None


@lru_cache(maxsize=1024)
def _lemma(word: str) -> str | None:
    """The verb of which a word is the participle; None if there is none."""
    regular = (word[:-1], word[:-2], word[:-3], word[:-3] + "y") if word.endswith("ed") else ()
    lemma: str
    for lemma in (*regular, *IRREGULAR):
        if is_verb(lemma) and participle(lemma) == word:
            return lemma
    return None


def _done(name: list[str], *, active: bool) -> str:
    """That something has been done, or that somebody has done it."""
    if not active:
        return " ".join(("[have be]", *name))
    return " ".join((f"[have {_lemma(name[0])}]", *name[1:]))


def _is_third_person(word: str) -> bool:
    return word.endswith("s") and word not in _HABITS and is_verb(_bare(word))


def _bare(word: str) -> str:
    """A verb without its *s*: goes, carries, likes."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "oes")):
        return word[:-2]
    return word[:-1]
