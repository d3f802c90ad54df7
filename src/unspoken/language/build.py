"""Storyworlds from Python: the same trees as from text, so the same checks and the same errors.

    from unspoken.language.build import World, believes, character

    world = World("note")
    place = world.type("place")
    tara, willow = world.entities(character, "Tara", "Willow")
    hall, attic = world.entities(place, "Hall", "Attic")
    at = world.property("at", who=character, returns=place)

    world.initially(at(tara) == hall, believes(tara, at(willow) == attic))
    who, to, c = character("who"), place("to"), character("c")
    world.action("walk", who, to, precondition=at(who) != to, effect=at(who) == to,
                 consenting=who, observing=(c, (at(c) == to) | (at(c) == at(who))))
    world.utility(at(tara) == at(willow))
    storyworld = world.storyworld()          # raises DiagnosticError if something is wrong

Calling a type makes a variable of it. ``&``, ``|``, ``~``, ``==`` and the others make expressions;
where an effect is wanted, ``==`` says what comes to be so. ``None`` is the unknown value. Each
piece remembers the line that made it, and an error shows that line.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from unspoken.language.build_expressions import (
    Conditions,
    Expr,
    Kind,
    Piece,
    Plain,
    PropertyName,
    Value,
    Variable,
    an_argument,
    an_atom,
    an_entry,
    an_item,
    believes,
    boolean,
    character,
    conjoined,
    entity,
    exists,
    forall,
    knows,
    knows_whether,
    lifted,
    new_name,
    number,
    parameter_of,
    possible,
    product,
    several,
    spot_here,
    total,
    unknown,
    when,
    word_of,
)
from unspoken.language.build_inner import InnerBuilding, act
from unspoken.language.diagnostics import Diagnostic, DiagnosticError, has_errors, problem
from unspoken.language.origins import Spot
from unspoken.language.resolve import resolve
from unspoken.language.tree import (
    ApparatusDefinition,
    Attitude,
    Believing,
    Binary,
    Binding,
    Chain,
    Conditional,
    EntityDefinition,
    Entry,
    EventDefinition,
    File,
    Item,
    Node,
    ParameterNode,
    Part,
    PropertyDefinition,
    Section,
    Signature,
    Statement,
    TypeDefinition,
    UtilityDefinition,
)
from unspoken.model import Source, Span, Storyworld

__all__ = [
    "Conditions",
    "Expr",
    "Kind",
    "PropertyName",
    "Value",
    "Variable",
    "World",
    "act",
    "believes",
    "boolean",
    "character",
    "entity",
    "exists",
    "forall",
    "knows",
    "knows_whether",
    "number",
    "possible",
    "product",
    "total",
    "unknown",
    "when",
]


class World(InnerBuilding):
    """A storyworld in the making. ``checked`` and ``storyworld`` give the model."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._source = spot_here().span.source

    def checked(self) -> tuple[Storyworld | None, list[Diagnostic]]:
        """The model (None if something is wrong) and what is wrong or doubtful, like ``parse``."""
        file = File(Source(self.name, ""), None, tuple(self._definitions))
        world, diagnostics = resolve(file, _place)
        if world is not None:
            world = replace(world, name=self.name, source=self._source)
        return world, diagnostics

    def storyworld(self) -> Storyworld:
        """The model. Raises DiagnosticError if something is wrong."""
        world, diagnostics = self.checked()
        if world is None:
            raise DiagnosticError([one for one in diagnostics if has_errors([one])])
        return world

    # Things.

    def type(self, name: str, *parents: Kind) -> Kind:
        """Declare a type, or give a type more parents."""
        here = spot_here()
        names = tuple(an_atom(parent.name, here) for parent in parents)
        self._definitions.append(TypeDefinition(new_name(name, here), names, here, here))
        return Kind(name)

    def entity(self, name: str, *kinds: Kind) -> Expr:
        """Declare an entity of one or more types."""
        return self._entity(name, kinds, spot_here())

    def entities(self, kind: Kind, *names: str) -> tuple[Expr, ...]:
        """Declare several entities of a type."""
        here = spot_here()
        return tuple(self._entity(name, (kind,), here) for name in names)

    def _entity(self, name: str, kinds: Sequence[Kind], here: Spot) -> Expr:
        atom = new_name(name, here)
        if not kinds:
            raise DiagnosticError([problem("entity-without-type", here.span, name=name)])
        names = tuple(an_atom(kind.name, here) for kind in kinds)
        self._definitions.append(EntityDefinition(atom, names, here, here))
        return Piece(atom)

    def property(
        self, name: str, /, returns: Kind = boolean, **parameters: Kind | Expr
    ) -> PropertyName:
        """Declare a property; each parameter has a type, or is one fixed entity."""
        here = spot_here()
        nodes: list[ParameterNode] = []
        for parameter, kind in parameters.items():
            if isinstance(kind, Kind):
                named = new_name(parameter, here)
                nodes.append(ParameterNode(named, an_atom(kind.name, here), here, here))
            else:
                nodes.append(ParameterNode(an_argument(kind, here), None, here, here))
        signature = Signature(new_name(name, here), tuple(nodes), here, here)
        self._definitions.append(
            PropertyDefinition(signature, an_atom(returns.name, here), here, here)
        )
        return PropertyName(name)

    # What happens.

    def action(
        self,
        name: str,
        *parameters: Expr,
        precondition: Conditions | None = None,
        effect: Conditions | None = None,
        consenting: Expr | Sequence[Expr] = (),
        observing: tuple[Variable, Conditions] | None = None,
    ) -> None:
        """Declare an action. ``observing``: a variable, and who sees it; None: everybody."""
        here = spot_here()
        parts = self._parts(precondition, effect, here)
        who = (consenting,) if isinstance(consenting, Expr) else tuple(consenting)
        if who:
            names = tuple(an_argument(one, here) for one in who)
            parts.append(Part(an_atom("consenting", here), None, names, None, here, here))
        if observing is not None:
            variable, condition = observing
            node = conjoined(condition, here)
            key = an_atom("observing", here)
            parts.append(Part(key, node, (), parameter_of(variable, here), here, here))
        self._event("action", name, parameters, parts, here)

    def trigger(
        self,
        name: str,
        *parameters: Expr,
        precondition: Conditions | None = None,
        effect: Conditions | None = None,
    ) -> None:
        """Declare a trigger."""
        here = spot_here()
        parts = self._parts(precondition, effect, here)
        self._event("trigger", name, parameters, parts, here)

    def _parts(
        self, precondition: Conditions | None, effect: Conditions | None, here: Spot
    ) -> list[Part]:
        parts: list[Part] = []
        if precondition is not None:
            node = conjoined(precondition, here)
            parts.append(Part(an_atom("precondition", here), node, (), None, here, here))
        if effect is not None:
            node = _as_effect(conjoined(effect, here))
            parts.append(Part(an_atom("effect", here), node, (), None, here, here))
        return parts

    def _event(
        self, kind: str, name: str, parameters: Sequence[Expr], parts: list[Part], here: Spot
    ) -> None:
        nodes = tuple(parameter_of(one, here) for one in parameters)
        signature = Signature(new_name(name, here), nodes, here, here)
        self._definitions.append(
            EventDefinition(
                "action" if kind == "action" else "trigger", signature, tuple(parts), here, here
            )
        )

    # How things stand, and who wants what.

    def initially(self, *statements: Expr) -> None:
        """Say how things stand at the beginning, in order."""
        here = spot_here()
        for statement in statements:
            node = _as_effect(lifted(statement, here))
            self._definitions.append(Statement(node, node.start, node.end))

    def utility(self, what: Value, of: Expr | None = None) -> None:
        """What the author (or ``of`` a character) wants more of."""
        here = spot_here()
        whose = an_argument(of, here) if of is not None else None
        self._definitions.append(UtilityDefinition(whose, lifted(what, here), here, here))

    # Planning and telling.

    def plan(self, **settings: float) -> None:
        """Set ``goal``, ``author_limit``, ``character_limit``, ``epistemic_limit``."""
        here = spot_here()
        entries = tuple(
            an_entry(key, [an_item(value, here)], here) for key, value in settings.items()
        )
        self._definitions.append(Section("plan", None, (), entries, here, here))

    def about(self, **apparatus: str | Sequence[str]) -> None:
        """Say ``title``, ``note``, ``author``, ``tags`` and so on."""
        here = spot_here()
        for key, texts in apparatus.items():
            words = tuple(word_of(text, here) for text in several(texts))
            self._definitions.append(ApparatusDefinition(an_atom(key, here), words, here, here))

    def voice(
        self,
        whom: Expr,
        *,
        name: str | None = None,
        pronoun: str | None = None,
        article: str | None = None,
        manner: Sequence[tuple[str | float, ...]] = (),
        known_as: dict[str, str] | None = None,
        gloss: dict[str, str | Sequence[str]] | None = None,
        inside: dict[str, str | Sequence[str]] | None = None,
    ) -> None:
        """Say how an entity is named and how it speaks. ``manner``: for each its name and
        settings, such as ``("stammer", 15, 50, "dtpbvwm")``."""
        here = spot_here()
        entries: list[Entry] = []
        if name is not None:
            entries.append(an_entry("name", [an_item(name, here)], here))
        if pronoun is not None:
            entries.append(an_entry("pronoun", [an_item(Plain(pronoun), here)], here))
        if article is not None:
            entries.append(an_entry("article", [an_item(article, here)], here))
        if manner:
            items = [
                Item(
                    (word_of(Plain(str(named)), here), *(word_of(one, here) for one in settings)),
                    None,
                    here,
                    here,
                )
                for named, *settings in manner
            ]
            entries.append(an_entry("manner", items, here))
        for knower, text in (known_as or {}).items():
            entries.append(an_entry("known_as", [an_item(text, here)], here, knower))
        for key, glosses in (("gloss", gloss), ("inside", inside)):
            for feeling, texts in (glosses or {}).items():
                items = [an_item(text, here) for text in several(texts)]
                entries.append(an_entry(key, items, here, feeling))
        self._section("voice", an_argument(whom, here), (), entries, here)

    def frame(
        self,
        event: str,
        *parameters: Variable,
        text: str | Sequence[str],
        who: str = "any",
        needs: Conditions = (),
    ) -> None:
        """Say how an action or trigger may be told."""
        here = spot_here()
        entries = [an_entry("who", [an_item(Plain(who), here)], here)]
        wanted = [needs] if isinstance(needs, Expr | bool) else list(needs)
        if wanted:
            items = [Item((), lifted(need, here), here, here) for need in wanted]
            entries.append(an_entry("needs", items, here))
        entries.append(an_entry("text", [an_item(one, here) for one in several(text)], here))
        self._section("frame", new_name(event, here), parameters, entries, here)

    def thought(
        self, name: str, *parameters: Variable, that: Conditions, **forms: str | Sequence[str]
    ) -> None:
        """Say how a proposition may be thought; the first parameter is the thinker."""
        here = spot_here()
        entries = [an_entry("that", [Item((), conjoined(that, here), here, here)], here)]
        for form, texts in forms.items():
            entries.append(an_entry(form, [an_item(one, here) for one in several(texts)], here))
        self._section("thought", new_name(name, here), parameters, entries, here)

    def speech(
        self,
        event: str,
        *parameters: Variable,
        mode: str = "aloud",
        gist: str | None = None,
        says: str | Sequence[str] = (),
    ) -> None:
        """Make an action an act of speech."""
        here = spot_here()
        entries = [an_entry("mode", [an_item(Plain(mode), here)], here)]
        if gist is not None:
            entries.append(an_entry("gist", [an_item(gist, here)], here))
        if says:
            entries.append(an_entry("says", [an_item(one, here) for one in several(says)], here))
        self._section("speech", new_name(event, here), parameters, entries, here)


def _place(start: int, end: int) -> Span:
    if isinstance(start, Spot):
        return start.span
    return Span(Source("<python>", ""), 0, 0)


def _as_effect(node: Node) -> Node:
    """Where an effect is wanted, ``==`` says what comes to be so."""
    match node:
        case Binary(operator="=="):
            return replace(node, operator="=")
        case Chain(operator="&"):
            return replace(node, parts=tuple(_as_effect(part) for part in node.parts))
        case Believing() | Attitude() | Binding():
            return replace(node, body=_as_effect(node.body))
        case Conditional():
            branches = tuple((test, _as_effect(branch)) for test, branch in node.branches)
            last = node.otherwise
            return replace(
                node, branches=branches, otherwise=_as_effect(last) if last is not None else None
            )
    return node
