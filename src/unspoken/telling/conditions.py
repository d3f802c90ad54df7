"""Facts and conditions in plain words, for those who look things up: *it is open*, *the study has
been searched*, *the distance from Willow to Tara is 0*.

Receives closed expressions, and facts with their values; hands on wordings. Prose tells only those
facts that read well (``wording.belief_wording``); this has words for all others too, made of their
names (``predicates``), and never a term as a storyworld writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from unspoken.chronicle.events import Fact, Value
from unspoken.chronicle.words import value_text
from unspoken.model import (
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparator,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    If,
    IsA,
    KnowsWhether,
    Not,
    Operator,
    Or,
    Possible,
    Quantifier,
    Quantity,
    Term,
    Unknown,
    VariableTerm,
)
from unspoken.model import Literal as Number
from unspoken.model.substitute import substitute
from unspoken.telling.morph import indefinite
from unspoken.telling.predicates import Predicates
from unspoken.telling.propositions import term, walk
from unspoken.telling.setting import Setting, split_name
from unspoken.telling.wording import Wording, belief_wording, negative

_SLOT = re.compile(r"\{(\w+)('s)?\}")

_COMPARED: Mapping[Comparator, str] = {
    Comparator.EQ: "[be]",
    Comparator.NE: "[be not]",
    Comparator.GE: "[be] at least",
    Comparator.LE: "[be] at most",
    Comparator.GT: "[be] more than",
    Comparator.LT: "[be] less than",
}
_OPPOSITE: Mapping[Comparator, Comparator] = {
    Comparator.GE: Comparator.LT,
    Comparator.LE: Comparator.GT,
    Comparator.GT: Comparator.LE,
    Comparator.LT: Comparator.GE,
}
_SIGNS: Mapping[Operator, str] = {
    Operator.ADD: "plus",
    Operator.SUBTRACT: "minus",
    Operator.MULTIPLY: "times",
    Operator.DIVIDE: "divided by",
}


class Conditions:
    """Words for facts and conditions of a storyworld."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.predicates = Predicates(setting)

    # What somebody is after

    def of_wish(self, wants: Expression, weight: float) -> Wording:
        """What somebody is after who wants a term of a utility to come to much (negative
        ``weight``: to little): a condition where it counts for something, else that it be so."""
        return self._wish(wants, weight) or self._amounts_to(wants, weight)

    def _wish(self, wants: Expression, weight: float) -> Wording | None:
        """None: it comes to the same whatever happens."""
        match wants:
            case Number() | Unknown():
                return None
            case If():
                return self._of_cases(wants, weight)
            case Fluent() if wants.property.range != "boolean" and not wants.minds:
                size = "high" if weight > 0 else "low"
                return _ending(self.named(_fact(wants)), f" [be] as {size} as can be")
            case Arithmetic(Operator.ADD | Operator.SUBTRACT as sign, left, right):
                other = weight if sign is Operator.ADD else -weight
                told = [self._wish(left, weight), self._wish(right, other)]
                found = [one for one in told if one is not None]
                return together(found, " and ") if found else None
            case Quantifier(Quantity.SUM, _, body) if _number(body) is None:
                inner = self._of_one(wants, lambda one: self._wish(one, weight))
                return None if inner is None else _of_whom(inner, every=True)
            case Arithmetic() | Quantifier(Quantity.SUM | Quantity.PRODUCT):
                return self._amounts_to(wants, weight)
        return self.of(wants, so=weight > 0)

    def _amounts_to(self, wants: Expression, weight: float) -> Wording:
        size = "high" if weight > 0 else "low"
        return _ending(self.amount(wants), f" [be] as {size} as can be")

    def _of_cases(self, wants: If, weight: float) -> Wording | None:
        branches, otherwise = wants.branches, wants.otherwise
        base = 0.0 if otherwise is None else _number(otherwise)
        values = [_number(value) for _, value in branches]
        if base is None and otherwise is not None and all(value is not None for value in values):
            # What it comes to, as long as it does not come to that: alive, and rich.
            told = [self.of(condition, so=False) for condition, _ in branches]
            rest = self._wish(otherwise, weight)
            return together([*told, *([] if rest is None else [rest])], " and ")
        if base is None or None in values:
            return self._amounts_to(wants, weight)
        counted = [(c, weight * ((_number(value) or 0.0) - base)) for c, value in branches]
        signs = {gain > 0 for _, gain in counted if gain}
        if signs == {True}:
            told = [self.of(condition) for condition, gain in counted if gain]
            return together(told, " or, failing that, ")
        if signs == {False}:
            told = [self.of(condition, so=False) for condition, gain in counted if gain]
            return together(told, " and ")
        return self._amounts_to(wants, weight) if signs else None

    # That a condition holds

    def of(self, condition: Expression, *, so: bool = True) -> Wording:
        """That a condition holds (or not)."""
        match condition:
            case Number(bool() as value):
                return Wording("all [be] well" if value is so else "all [be] lost", {})
            case Not(inner):
                return self.of(inner, so=not so)
            case And(parts) | Or(parts):
                both = isinstance(condition, And) is so
                told = [self.of(part, so=so) for part in parts]
                return together(told, " and " if both else " or ")
            case Believes(holder, inner):
                return self._held(holder, self.of(inner), so=so)
            case Possible(holder, inner) if holder is not None:
                verb = "[think] it possible" if so else "[rule] out"
                return self._held(holder, self.of(inner), so=True, verb=verb)
            case KnowsWhether(holder, asked) if holder is not None:
                return self._knows_whether(holder, asked, so=so)
            case Fluent(minds=(first, *others)):
                inside = Fluent(condition.property, condition.arguments, tuple(others))
                return self._held(first, self.of(inside), so=so)
            case Fluent() if condition.property.range == "boolean":
                return self.said(_fact(condition), True, so=so)
            case Comparison(comparator, left, right):
                return self._compared(comparator, left, right, so=so)
            case Assign(fluent, value):
                return self._compared(Comparator.EQ, fluent, value, so=so)
            case IsA(part, kind):
                be = "[be]" if so else "[be not]"
                return _ending(self.amount(part), f" {be} {indefinite(_words(kind))}")
            case Quantifier(Quantity.EXISTS | Quantity.FORALL as quantity):
                return self._of_some(condition, every=(quantity is Quantity.FORALL) is so, so=so)
            case If(branches, otherwise):
                cases = [self._case(one, self.of(value, so=so)) for one, value in branches]
                if otherwise is not None:
                    cases.append(together([Wording("else ", {}), self.of(otherwise, so=so)], ""))
                return together(cases, "; ")
        zero = Comparison(Comparator.NE, condition, Number(0))
        return self._compared(zero.comparator, zero.left, zero.right, so=so)

    def _held(self, holder: Term, inner: Wording, *, so: bool, verb: str = "[think]") -> Wording:
        verb = verb if so else "[do not] think"
        holding = Wording(f"{{h}} {verb} that ", {"h": str(term(holder, {}))})
        return together([holding, inner], "")

    def _knows_whether(self, holder: Term, asked: Expression, *, so: bool) -> Wording:
        verb = "[know]" if so else "[do not] know"
        holding = Wording(f"{{h}} {verb} ", {"h": str(term(holder, {}))})
        if isinstance(asked, Fluent) and asked.property.range != "boolean":
            called = self.named(_fact(asked))
            if called.text.startswith(("what ", "where ")):
                return together([holding, called], "")
            return together([holding, Wording("what ", {}), _ending(called, " [be]")], "")
        return together([holding, Wording("whether ", {}), self.of(asked)], "")

    def _of_some(self, claim: Quantifier, *, every: bool, so: bool) -> Wording:
        """*everybody is well*, *some room is open*; *nobody is well* of what is so of none."""
        inner = self._of_one(claim, lambda one: self.of(one, so=so))
        if inner is None:
            return Wording("all [be] well" if every else "nothing [be] so", {})
        return _of_whom(inner, every=every)

    def _of_one(
        self, claim: Quantifier, say: Callable[[Expression], Wording | None]
    ) -> tuple[Wording, str, str] | None:
        """What a quantifier says, of the first of whom it does; its name; what they are called."""
        variable = claim.variable
        fluents = (part for part in walk(claim.body) if isinstance(part, Fluent))
        said = {term(argument, {}) for part in fluents for argument in part.arguments}
        domain = self.setting.domain(variable)
        for one in sorted(domain, key=lambda one: one in said):  # best one that is told apart
            told = say(substitute(claim.body, {variable.name: EntityTerm(str(one))}))
            if told is not None:
                kind = {"character": "body", "person": "body", "entity": "thing"}
                return told, str(one), kind.get(variable.type, f" {_words(variable.type)}")
        return None

    def _compared(
        self, comparator: Comparator, left: Expression, right: Expression, *, so: bool
    ) -> Wording:
        """What is said of a value: that it is this one, or how great."""
        if isinstance(left, Fluent) and left.minds:
            first, *others = left.minds
            inside = Fluent(left.property, left.arguments, tuple(others))
            return self._held(first, self.of(Comparison(comparator, inside, right)), so=so)
        if comparator in (Comparator.EQ, Comparator.NE):
            so = so is (comparator is Comparator.EQ)
            comparator = Comparator.EQ
            match left, right:
                case Fluent(), EntityTerm(name):
                    return self.said(_fact(left), name, so=so)
                case Fluent(), Number(bool() as value):
                    return self.said(_fact(left), value is so)
                case _, Number(bool() as value):
                    return self.of(left, so=value is so)
                case _, Unknown():
                    known = "[be not] known" if so else "[be] known"
                    return _ending(self.amount(left), f" {known}")
        elif not so:
            comparator, so = _OPPOSITE[comparator], True
        other, text = self.amount(right), _COMPARED[comparator]
        if not so:
            text = "[be not]" + text.removeprefix("[be]")
        is_place = isinstance(left, Fluent) and self.whereabouts(_fact(left)) == 0
        if isinstance(left, Fluent) and is_place and other.text.startswith("what "):
            subject = Wording("{x}", {"x": str(term(left.arguments[0], {}))})
            place = Wording("where" + other.text.removeprefix("what"), other.binding)
            return together([subject, place], f" {text} ")
        return together([self.amount(left), other], f" {text} ")

    def amount(self, part: Expression) -> Wording:
        """What a value is called, of whatever it is made: *Ann's greed plus 2*."""
        match part:
            case Number(bool() as value):
                return Wording("so" if value else "not so", {})
            case Number(value):
                return Wording(value_text(float(value)), {})
            case Unknown():
                return Wording("unknown", {})
            case EntityTerm(name):
                return Wording("{e}", {"e": name})
            case VariableTerm(name):
                return Wording(_words(name), {})
            case Fluent(minds=()):
                return self.named(_fact(part))
            case Fluent(minds=(first, *others)):
                inside = Fluent(part.property, part.arguments, tuple(others))
                holding = Wording("what {h} [think] that ", {"h": str(term(first, {}))})
                return together([holding, _ending(self.amount(inside), " [be]")], "")
            case Arithmetic(sign, left, right):
                return together([self.amount(left), self.amount(right)], f" {_SIGNS[sign]} ")
            case If(branches, otherwise):
                cases = [self._case(condition, self.amount(value)) for condition, value in branches]
                other = self.amount(Number(0.0) if otherwise is None else otherwise)
                return together([*cases, together([Wording("else ", {}), other], "")], ", ")
            case Quantifier(Quantity.SUM | Quantity.PRODUCT as quantity):
                found = self._of_one(part, self.amount)
                if found is None:
                    return Wording("0" if quantity is Quantity.SUM else "1", {})
                called = "the sum of " if quantity is Quantity.SUM else "the product of "
                return together([Wording(called, {}), _of_whom(found, every=True)], "")
        return together([Wording("whether ", {}), self.of(part)], "")

    def _case(self, condition: Expression, then: Wording) -> Wording:
        return together([then, self.of(condition)], " if ")

    # That a fact has a value

    def fact(self, fact: Fact, value: Value, *, so: bool = True) -> Wording | None:
        """That a fact has a value (or not), in the words of its name; None if it has to be
        quoted."""
        if value is None:
            return None
        found = belief_wording(fact, value, self.setting) or self.predicates.clause(fact, value)
        return found if so or found is None else Wording(negative(found.text), found.binding)

    def said(self, fact: Fact, value: Value, *, so: bool = True) -> Wording:
        """The same of any fact."""
        found = self.fact(fact, value) or self.predicates.quoted(fact, value)
        return found if so else Wording(negative(found.text), found.binding)

    def called(self, fact: Fact) -> Wording | None:
        """What a value is called: *Willow's partner*, *what Mabel likes*, *where the book is*."""
        return self.predicates.called(fact)

    def named(self, fact: Fact) -> Wording:
        """The same of any fact."""
        return self.predicates.named(fact)

    def whereabouts(self, fact: Fact) -> int | None:
        return self.predicates.whereabouts(fact)


def together(parts: list[Wording], link: str) -> Wording:
    """One wording of several, the slots of each kept apart."""
    texts, binding = [], {}
    for place, part in enumerate(parts):
        texts.append(_SLOT.sub(lambda s, n=place: f"{{{s[1]}{n}{s[2] or ''}}}", part.text))  # type: ignore[misc]
        binding.update({f"{role}{place}": thing for role, thing in part.binding.items()})
    return Wording(link.join(texts), binding)


def _of_whom(of_one: tuple[Wording, str, str], *, every: bool) -> Wording:
    """What is said of one, said of everybody or somebody: again of the same one, *that room*."""
    told, one, kind = of_one
    first, again = ("every" if every else "some") + kind, "that" + kind.replace("body", " person")
    again = again.replace("thatthing", "that thing")
    here = [role for role, thing in told.binding.items() if thing == one]

    def slot(found: re.Match[str]) -> str:
        nonlocal first
        if found[1] not in here:
            return found[0]
        called, first = first, again
        return called + (found[2] or "")

    text = _SLOT.sub(slot, told.text)
    rest = {role: thing for role, thing in told.binding.items() if role not in here}
    return Wording(text, rest)


def _words(name: str) -> str:
    return " ".join(word.lower() for word in split_name(name))


def _ending(wording: Wording, text: str) -> Wording:
    return Wording(wording.text + text, wording.binding)


def _fact(fluent: Fluent) -> Fact:
    return Fact(fluent.property.name, tuple(term(one, {}) for one in fluent.arguments))


def _number(part: Expression | None) -> float | None:
    match part:
        case Number(bool()):
            return None
        case Number(value):
            return float(value)
    return None
