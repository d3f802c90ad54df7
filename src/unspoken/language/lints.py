"""What is well-formed and most likely not meant: warnings about a whole world.

A warning here must be nearly always right: whoever is warned about what they meant stops reading
warnings. Nothing here looks at states, only at the form of what is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from unspoken.language.checking import Checker, Place
from unspoken.language.diagnostics import Diagnostic, Note, problem
from unspoken.language.facts import (
    Claim,
    claim,
    conjuncts,
    fluents,
    is_unconditional,
    outcomes,
    truth,
)
from unspoken.language.inner_lints import events_of, lint_inner
from unspoken.language.story_test_lints import lint_tests
from unspoken.language.tree import (
    Binary,
    Chain,
    EventDefinition,
    File,
    Group,
    Node,
    Statement,
    UtilityDefinition,
    children,
)
from unspoken.model import (
    Action,
    Arithmetic,
    Comparison,
    Expression,
    Fluent,
    Operator,
    Storyworld,
    Term,
    Trigger,
    Variable,
    VariableTerm,
)


def lint(file: File, world: Storyworld, check: Checker, place: Place) -> list[Diagnostic]:
    """Warnings about a world in which nothing is wrong."""
    found: list[Diagnostic] = []
    if file.version is None:
        found.extend(_surprising_mixes(file, place))
    counting = events_of(world.inner)
    for event in _events(world):
        # Where minds hold several worlds, whoever sees an act rules out some of them.
        idle = world.has_worlds and isinstance(event, Action)
        found.extend(_never(event, {event.name} if idle else counting))
    found.extend(_endless(world))
    found.extend(_products(world))
    for prop in world.properties:
        if id(prop) not in check.used_properties and prop.origin is not None:
            found.append(problem("unused-property", prop.origin, name=prop.name))
    found.extend(lint_inner(world))
    found.extend(lint_tests(world, world.tests))
    return found


# Operators that bind otherwise than in mathematics.


def _surprising_mixes(file: File, place: Place) -> Iterator[Diagnostic]:
    for top in _expressions(file):
        waiting: list[Node] = [top]
        while waiting:
            node = waiting.pop()
            for part in children(node):
                waiting.append(part)
                signs = _signs_of_mix(node, part)
                if signs is not None:
                    from unspoken.language.printer import node_text

                    yield problem(
                        "surprising-mix",
                        place(part.start, part.end),
                        outer=signs[0],
                        inner=signs[1],
                        reading=node_text(node),
                    )


def _signs_of_mix(node: Node, part: Node) -> tuple[str, str] | None:
    """The two operators, if mathematics would not have read the part as one operand here."""
    if isinstance(node, Chain) and isinstance(part, Chain):
        return ("&", "|") if node.operator == "&" else None
    if not (isinstance(node, Binary) and isinstance(part, Binary)):
        return None
    outer, inner = node.operator, part.operator
    if outer in ("*", "/") and inner in ("+", "-"):
        return outer, inner
    if part is node.right and outer == inner and outer in ("-", "/"):
        return outer, inner
    return None


def _expressions(file: File) -> Iterator[Node]:
    for definition in file.definitions:
        if isinstance(definition, UtilityDefinition | Statement):
            yield Group(definition.expression, definition.start, definition.end)
        elif isinstance(definition, EventDefinition):
            for part in definition.parts:
                if part.expression is not None:
                    yield Group(part.expression, part.start, part.end)


# Events that never happen, or never stop happening.


def _events(world: Storyworld) -> list[Action | Trigger]:
    return [*world.actions, *world.triggers]


def _kind(event: Action | Trigger) -> str:
    return "action" if isinstance(event, Action) else "trigger"


def _never(event: Action | Trigger, counting: Container[str]) -> Iterator[Diagnostic]:
    """``counting``: names of events that count for something even if they change nothing."""
    if event.origin is None:
        return
    if truth(event.precondition) is False:
        yield problem(
            "never-possible",
            event.precondition.origin or event.origin,
            kind=_kind(event),
            name=event.name,
        )
    if event.effect is None and event.name not in counting:
        yield problem("no-effect", event.origin, kind=_kind(event), name=event.name)


def _endless(world: Storyworld) -> Iterator[Diagnostic]:
    said: set[int] = set()
    for number, trigger in enumerate(world.triggers):
        if trigger.effect is None or trigger.origin is None:
            continue
        if truth(trigger.precondition) is not False and _keeps_its_precondition(trigger):
            said.add(number)
            yield problem("endless-trigger", trigger.origin, name=trigger.name)
    yield from _undoing([t for number, t in enumerate(world.triggers) if number not in said])


def _undoing(triggers: Sequence[Trigger]) -> Iterator[Diagnostic]:
    """Pairs of which each one's effect surely lets the other happen. Triggers that say the same,
    whatever they are called, are looked at once."""
    same: dict[_Rule, list[tuple[int, Trigger]]] = {}
    asking: dict[object, list[_Rule]] = {}  # by what their preconditions ask
    making: dict[object, list[_Rule]] = {}  # by what their effects make
    undone: dict[_Rule, list[_Rule]] = {}  # of rules that come first
    for place, trigger in enumerate(triggers):
        rule = _rule(trigger)
        if rule is None or trigger.origin is None:
            continue
        if rule not in same:
            same[rule] = []
            asks = [(rule.types, key) for key in dict.fromkeys(one.key for one in rule.before)]
            makes = [(rule.types, key) for key in dict.fromkeys(one.key for one in rule.after)]
            for key in asks:
                asking.setdefault(key, []).append(rule)
            first = dict.fromkeys(other for key in makes for other in asking.get(key, ()))
            undone[rule] = [other for other in first if _undo_each_other(other, rule)]
            for other in dict.fromkeys(one for key in asks for one in making.get(key, ())):
                if _undo_each_other(rule, other):
                    undone[other].append(rule)
            for key in makes:
                making.setdefault(key, []).append(rule)
        earlier = sorted(
            (one for other in undone[rule] for one in same[other]), key=lambda one: one[0]
        )
        for _, other_trigger in earlier:
            origin = other_trigger.origin
            note = Note("other", origin) if origin is not None else None
            yield problem(
                "undoing-triggers",
                trigger.origin,
                [note],
                name=trigger.name,
                other=other_trigger.name,
            )
        same[rule].append((place, trigger))


def _keeps_its_precondition(trigger: Trigger) -> bool:
    """Whether nothing that the effect may bring about can make the precondition false."""
    made = list(outcomes(trigger.effect))
    keys = {one.key for one in made}
    for part in conjuncts(trigger.precondition):
        read = {(fluent.property, len(fluent.minds)) for fluent in fluents(part)}
        if not read & keys:
            continue
        wanted = claim(part)
        if wanted is None or len(read) > 1:
            return False
        if any(one.key == wanted.key and one.settles(wanted) is not True for one in made):
            return False
    return True


class _Rule(Struct, frozen=True):
    """A trigger that is no more than claims before and claims after, its parameters called by
    their place."""

    types: tuple[object, ...]
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]


def _undo_each_other(one: _Rule, other: _Rule) -> bool:
    after_one = _after(one.before, one.after)
    if not _all_hold(other.before, after_one):
        return False
    return _all_hold(one.before, _after(after_one, other.after))


def _rule(trigger: Trigger) -> _Rule | None:
    if not is_unconditional(trigger.effect):
        return None
    names = {
        parameter.name: f"${place}"
        for place, parameter in enumerate(trigger.parameters)
        if isinstance(parameter, Variable)
    }
    wanted = [claim(part) for part in conjuncts(trigger.precondition)]
    before = tuple(_renamed(one, names) for one in wanted if one is not None)
    if len(before) < len(wanted):
        return None
    types = tuple(p.type if isinstance(p, Variable) else p for p in trigger.parameters)
    return _Rule(types, before, tuple(_renamed(one, names) for one in outcomes(trigger.effect)))


def _renamed(one: Claim, names: dict[str, str]) -> Claim:
    def term(old: Term) -> Term:
        if isinstance(old, VariableTerm) and old.name in names:
            return VariableTerm(names[old.name])
        return old

    fluent = Fluent(
        one.fluent.property,
        tuple(map(term, one.fluent.arguments)),
        tuple(map(term, one.fluent.minds)),
    )
    value = term(one.value) if isinstance(one.value, VariableTerm) else one.value
    return replace(one, fluent=fluent, value=value)


def _after(known: Sequence[Claim], made: Sequence[Claim]) -> list[Claim]:
    """What is sure after an effect."""
    keys = {one.key for one in made}
    return [one for one in known if one.key not in keys] + list(made)


def _all_hold(wanted: Sequence[Claim], known: Sequence[Claim]) -> bool:
    return all(any(one.settles(claim) is True for one in known) for claim in wanted)


# Comparisons of products, where Sabre forgets zero.


def _products(world: Storyworld) -> Iterator[Diagnostic]:
    for condition in (one for event in _events(world) for one in _conditions(event)):
        for part in _comparisons(condition):
            if part.origin is not None and (_is_product(part.left) or _is_product(part.right)):
                from unspoken.language.printer import expression_text

                yield problem("product-compared", part.origin, written=expression_text(part))


def _conditions(event: Action | Trigger) -> Iterator[Expression]:
    yield event.precondition
    if isinstance(event, Action) and event.observing is not None:
        yield event.observing.condition


def _comparisons(condition: Expression) -> Iterator[Comparison]:
    if isinstance(condition, Comparison):
        yield condition
        return
    parts = getattr(condition, "parts", ())
    for name in ("expression", "body"):
        inner = getattr(condition, name, None)
        parts = (*parts, inner) if inner is not None else parts
    for part in parts:
        yield from _comparisons(part)


def _is_product(expression: Expression) -> bool:
    """A product or quotient of two things that both may change."""
    if not isinstance(expression, Arithmetic):
        return False
    if expression.operator in (Operator.ADD, Operator.SUBTRACT):
        return _is_product(expression.left) or _is_product(expression.right)
    changing = [any(True for _ in fluents(e)) for e in (expression.left, expression.right)]
    return all(changing) or (changing[1] and expression.operator is Operator.DIVIDE)
