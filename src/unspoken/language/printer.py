"""``to_text``: a model as a storyworld file. ``parse(to_text(world))`` gives the same world.

A model goes back to a tree, and the tree is printed as ``format`` prints. The text has Sabre's
reading and means the same in that of mathematics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unspoken.language.layout import lay_out
from unspoken.language.printing import Printer
from unspoken.language.tokens import quoted
from unspoken.language.tree import (
    ApparatusDefinition,
    Atom,
    Believing,
    Binary,
    Binding,
    Call,
    Chain,
    Conditional,
    Definition,
    EntityDefinition,
    Entry,
    EventDefinition,
    File,
    Item,
    Negation,
    Node,
    ParameterNode,
    Part,
    PropertyDefinition,
    Section,
    Signature,
    Statement,
    Test,
    TypeDefinition,
    UtilityDefinition,
    Word,
)
from unspoken.model import (
    TRUE,
    Action,
    And,
    Arithmetic,
    Assign,
    Believes,
    Comparison,
    EntityTerm,
    Expression,
    Fluent,
    Frame,
    If,
    IsA,
    Literal,
    Manner,
    Not,
    Or,
    Parameter,
    PlanSettings,
    Quantifier,
    Source,
    Speech,
    Storyworld,
    Telling,
    Term,
    Thought,
    Trigger,
    Unknown,
    Variable,
    VariableTerm,
    Voice,
    number_text,
)


def to_text(world: Storyworld) -> str:
    """The world as text, in the one style. Raises ValueError for a number that no text has
    (infinite, or not a number)."""
    file = File(Source(world.name, ""), None, tuple(_definitions(world)))
    return lay_out(Printer(file).document()) if file.definitions else ""


def expression_text(expression: Expression) -> str:
    """One expression on one line, as a message or an answer shows it."""
    return node_text(tree_of(expression))


def node_text(node: Node) -> str:
    """One expression of a tree on one line, with the brackets that make it clear."""
    printer = Printer(File(Source("<expression>", ""), None, ()))
    return lay_out(printer.expression(node), width=10**9).rstrip("\n")


def _definitions(world: Storyworld) -> Iterator[Definition]:
    for key, texts in world.telling.apparatus:
        yield ApparatusDefinition(_name(key), tuple(_word(text) for text in texts), 0, 0)
    yield from _plan(world.plan)
    for kind in world.types:
        parents = () if kind.parents == ("entity",) else tuple(map(_name, kind.parents))
        yield TypeDefinition(_name(kind.name), parents, 0, 0)
    for entity in world.entities:
        yield EntityDefinition(_name(entity.name), tuple(map(_name, entity.types)), 0, 0)
    for prop in world.properties:
        signature = _signature(prop.name, prop.parameters)
        yield PropertyDefinition(signature, _name(prop.range), 0, 0)
    for statement in world.initial:
        yield Statement(tree_of(statement), 0, 0)
    for action in world.actions:
        yield _event("action", action, _action_parts(action))
    for trigger in world.triggers:
        yield _event("trigger", trigger, _parts(trigger))
    for utility in world.utilities:
        character = _name(utility.character) if utility.character is not None else None
        yield UtilityDefinition(character, tree_of(utility.expression), 0, 0)
    yield from _telling(world.telling)


# Expressions.


def tree_of(expression: Expression) -> Node:
    """The tree that reads as the expression."""
    match expression:
        case Literal() | EntityTerm() | VariableTerm():
            return _term(expression)
        case Unknown():
            return Atom("unknown", "?", 0, 0)
        case Fluent():
            node: Node = Call(
                _name(expression.property.name), tuple(map(_term, expression.arguments)), 0, 0
            )
            for mind in reversed(expression.minds):
                node = Believing(_term(mind), node, 0, 0)
            return node
        case Believes():
            return Believing(_term(expression.character), tree_of(expression.expression), 0, 0)
        case And() | Or():
            return _chain("&" if isinstance(expression, And) else "|", expression.parts)
        case Not():
            return Negation(tree_of(expression.expression), 0, 0)
        case If():
            branches = tuple((tree_of(c), tree_of(e)) for c, e in expression.branches)
            otherwise = expression.otherwise
            return Conditional(
                branches, tree_of(otherwise) if otherwise is not None else None, 0, 0
            )
        case Quantifier():
            variable = expression.variable
            body = tree_of(expression.body)
            name, kind = _name(variable.name), _name(variable.type)
            return Binding(expression.quantity.value, name, kind, body, 0, 0)
        case Assign():
            return Binary("=", tree_of(expression.fluent), tree_of(expression.value), 0, 0, 0)
        case Comparison():
            left, right = tree_of(expression.left), tree_of(expression.right)
            return Binary(expression.comparator.value, left, right, 0, 0, 0)
        case IsA():
            return Test(tree_of(expression.expression), _name(expression.type), 0, 0)
        case Arithmetic():
            left, right = tree_of(expression.left), tree_of(expression.right)
            return Binary(expression.operator.value, left, right, 0, 0, 0)


def _chain(operator: str, parts: tuple[Expression, ...]) -> Node:
    """One part stands for itself; of no parts, all are true and none is."""
    if not parts:
        return _name("True" if operator == "&" else "False")
    if len(parts) == 1:
        return tree_of(parts[0])
    return Chain(operator, tuple(map(tree_of, parts)), (), 0, 0)


def _term(term: Term) -> Atom:
    if not isinstance(term, Literal):
        return _name(term.name)
    if isinstance(term.value, bool):
        return _name(str(term.value))
    return Atom("number", number_text(term.value), 0, 0)


def _name(name: str) -> Atom:
    return Atom("name", name, 0, 0)


# Definitions.


def _signature(name: str, parameters: Iterable[Parameter]) -> Signature:
    nodes = tuple(
        ParameterNode(_name(one.name), _name(one.type), 0, 0)
        if isinstance(one, Variable)
        else ParameterNode(_term(one), None, 0, 0)
        for one in parameters
    )
    return Signature(_name(name), nodes, 0, 0)


def _event(kind: str, event: Action | Trigger, parts: Iterable[Part]) -> EventDefinition:
    signature = _signature(event.name, event.parameters)
    return EventDefinition(
        "action" if kind == "action" else "trigger", signature, tuple(parts), 0, 0
    )


def _parts(event: Action | Trigger) -> Iterator[Part]:
    if event.precondition != TRUE:
        yield Part(_name("precondition"), tree_of(event.precondition), (), None, 0, 0)
    if event.effect is not None:
        yield Part(_name("effect"), tree_of(event.effect), (), None, 0, 0)


def _action_parts(action: Action) -> Iterator[Part]:
    yield from _parts(action)
    if action.consenting:
        names = tuple(_term(term) for term in action.consenting)
        yield Part(_name("consenting"), None, names, None, 0, 0)
    if action.observing is not None:
        variable = action.observing.variable
        node = ParameterNode(_name(variable.name), _name(variable.type), 0, 0)
        condition = tree_of(action.observing.condition)
        yield Part(_name("observing"), condition, (), node, 0, 0)


# Sections.


def _plan(plan: PlanSettings) -> Iterator[Section]:
    settings = {
        "goal": plan.goal,
        "author_limit": plan.author_limit,
        "character_limit": plan.character_limit,
        "epistemic_limit": plan.epistemic_limit,
    }
    entries = tuple(
        _entry(key, [_words(Word("number", number_text(float(value)), 0, 0))])
        for key, value in settings.items()
        if value is not None
    )
    if entries:
        yield Section("plan", None, (), entries, 0, 0)


def _telling(telling: Telling) -> Iterator[Section]:
    for voice in telling.voices:
        yield Section("voice", _name(voice.entity), (), tuple(_voice(voice)), 0, 0)
    for frame in telling.frames:
        yield _section("frame", frame.event, frame.parameters, _frame(frame))
    for thought in telling.thoughts:
        yield _section("thought", thought.name, thought.variables, _thought(thought))
    for speech in telling.speeches:
        yield _section("speech", speech.event, speech.parameters, _speech(speech))


def _section(
    kind: str, name: str, parameters: Iterable[Variable], entries: Iterable[Entry]
) -> Section:
    signature = _signature(name, parameters)
    return Section(kind, signature.name, signature.parameters, tuple(entries), 0, 0)


def _voice(voice: Voice) -> Iterator[Entry]:
    if voice.name is not None:
        yield _texts("name", (voice.name,))
    if voice.pronoun is not None:
        yield _entry("pronoun", [_words(Word("name", voice.pronoun, 0, 0))])
    if voice.article is not None:
        yield _texts("article", (voice.article,))
    if voice.manners:
        yield _entry("manner", [_manner(manner) for manner in voice.manners])
    for knower, name in voice.known_as:
        yield _texts("known_as", (name,), knower)
    for key, glosses in (("gloss", voice.gloss), ("inside", voice.inside)):
        for feeling, texts in glosses:
            yield _texts(key, texts, feeling)


def _manner(manner: Manner) -> Item:
    settings = (
        _word(one) if isinstance(one, str) else Word("number", number_text(float(one)), 0, 0)
        for one in manner.settings
    )
    return _words(Word("name", manner.name, 0, 0), *settings)


def _frame(frame: Frame) -> Iterator[Entry]:
    if frame.who != "any":
        yield _entry("who", [_words(Word("name", frame.who, 0, 0))])
    if frame.needs:
        yield _entry("needs", [Item((), tree_of(need), 0, 0) for need in frame.needs])
    yield _texts("text", frame.texts)


def _thought(thought: Thought) -> Iterator[Entry]:
    yield _entry("that", [Item((), tree_of(thought.proposition), 0, 0)])
    for form, texts in thought.forms:
        yield _texts(form, texts)


def _speech(speech: Speech) -> Iterator[Entry]:
    if speech.mode != "aloud":
        yield _entry("mode", [_words(Word("name", speech.mode, 0, 0))])
    if speech.gist is not None:
        yield _texts("gist", (speech.gist,))
    if speech.says:
        yield _texts("says", speech.says)


def _texts(key: str, texts: Iterable[str], *words: str) -> Entry:
    return _entry(key, [_words(_word(text)) for text in texts], *words)


def _entry(key: str, items: Iterable[Item], *words: str) -> Entry:
    return Entry(_name(key), tuple(map(_name, words)), tuple(items), 0, 0)


def _words(*words: Word) -> Item:
    return Item(words, None, 0, 0)


def _word(text: str) -> Word:
    return Word("text", quoted(text), 0, 0)
