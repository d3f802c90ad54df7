"""``to_text``: a model as a storyworld file. ``parse(to_text(world))`` gives the same world.

A model goes back to a tree, and the tree is printed as ``format`` prints. The text has Sabre's
reading and means the same in that of mathematics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unspoken.language.inner_printer import inner_definitions, inner_properties
from unspoken.language.layout import Group, lay_out
from unspoken.language.pieces import (
    a_section,
    a_signature,
    a_texts,
    a_words,
    an_entry,
    name_atom,
    number_word,
    plain_word,
    term_atom,
    text_word,
    tree_of,
)
from unspoken.language.printing import Printer
from unspoken.language.story_test_printer import test_sections
from unspoken.language.tree import (
    ApparatusDefinition,
    Definition,
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
    Statement,
    TypeDefinition,
    UtilityDefinition,
)
from unspoken.model import (
    TRUE,
    Action,
    Expression,
    Frame,
    Manner,
    PlanSettings,
    Source,
    Speech,
    Storyworld,
    Telling,
    Thought,
    Trigger,
    Voice,
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
    return lay_out(Group(printer.expression(node)), width=10**9).rstrip("\n")


def _definitions(world: Storyworld) -> Iterator[Definition]:
    for key, texts in world.telling.apparatus:
        yield ApparatusDefinition(name_atom(key), tuple(text_word(text) for text in texts), 0, 0)
    yield from _plan(world.plan)
    for kind in world.types:
        parents = () if kind.parents == ("entity",) else tuple(map(name_atom, kind.parents))
        yield TypeDefinition(name_atom(kind.name), parents, 0, 0)
    for entity in world.entities:
        yield EntityDefinition(name_atom(entity.name), tuple(map(name_atom, entity.types)), 0, 0)
    declared_inside = set(inner_properties(world.inner))
    for prop in world.properties:
        if prop in declared_inside:
            continue
        signature = a_signature(prop.name, prop.parameters)
        yield PropertyDefinition(signature, name_atom(prop.range), 0, 0)
    for statement in world.initial:
        yield Statement(tree_of(statement), 0, 0)
    for action in world.actions:
        yield _event("action", action, _action_parts(action))
    for trigger in world.triggers:
        yield _event("trigger", trigger, _parts(trigger))
    for utility in world.utilities:
        character = name_atom(utility.character) if utility.character is not None else None
        yield UtilityDefinition(character, tree_of(utility.expression), 0, 0)
    yield from inner_definitions(world)
    yield from _telling(world.telling)
    yield from test_sections(world.tests)


# Definitions.


def _event(kind: str, event: Action | Trigger, parts: Iterable[Part]) -> EventDefinition:
    signature = a_signature(event.name, event.parameters)
    return EventDefinition(
        "action" if kind == "action" else "trigger", signature, tuple(parts), 0, 0
    )


def _parts(event: Action | Trigger) -> Iterator[Part]:
    if event.precondition != TRUE:
        yield Part(name_atom("precondition"), tree_of(event.precondition), (), None, 0, 0)
    if event.effect is not None:
        yield Part(name_atom("effect"), tree_of(event.effect), (), None, 0, 0)


def _action_parts(action: Action) -> Iterator[Part]:
    yield from _parts(action)
    if action.consenting:
        names = tuple(term_atom(term) for term in action.consenting)
        yield Part(name_atom("consenting"), None, names, None, 0, 0)
    if action.observing is not None:
        variable = action.observing.variable
        node = ParameterNode(name_atom(variable.name), name_atom(variable.type), 0, 0)
        condition = tree_of(action.observing.condition)
        yield Part(name_atom("observing"), condition, (), node, 0, 0)


# Sections.


def _plan(plan: PlanSettings) -> Iterator[Section]:
    settings = {
        "goal": plan.goal,
        "author_limit": plan.author_limit,
        "character_limit": plan.character_limit,
        "epistemic_limit": plan.epistemic_limit,
    }
    entries = tuple(
        an_entry(key, [a_words(number_word(value))])
        for key, value in settings.items()
        if value is not None
    )
    if entries:
        yield Section("plan", None, (), entries, 0, 0)


def _telling(telling: Telling) -> Iterator[Section]:
    for voice in telling.voices:
        yield Section("voice", name_atom(voice.entity), (), tuple(_voice(voice)), 0, 0)
    for frame in telling.frames:
        yield a_section("frame", frame.event, frame.parameters, _frame(frame))
    for thought in telling.thoughts:
        yield a_section("thought", thought.name, thought.variables, _thought(thought))
    for speech in telling.speeches:
        yield a_section("speech", speech.event, speech.parameters, _speech(speech))


def _voice(voice: Voice) -> Iterator[Entry]:
    if voice.name is not None:
        yield a_texts("name", (voice.name,))
    if voice.pronoun is not None:
        yield an_entry("pronoun", [a_words(plain_word(voice.pronoun))])
    if voice.article is not None:
        yield a_texts("article", (voice.article,))
    if voice.manners:
        yield an_entry("manner", [_manner(manner) for manner in voice.manners])
    for knower, name in voice.known_as:
        yield a_texts("known_as", (name,), knower)
    for key, glosses in (("gloss", voice.gloss), ("inside", voice.inside)):
        for feeling, texts in glosses:
            yield a_texts(key, texts, feeling)


def _manner(manner: Manner) -> Item:
    settings = (
        text_word(one) if isinstance(one, str) else number_word(one) for one in manner.settings
    )
    return a_words(plain_word(manner.name), *settings)


def _frame(frame: Frame) -> Iterator[Entry]:
    if frame.who != "any":
        yield an_entry("who", [a_words(plain_word(frame.who))])
    if frame.needs:
        yield an_entry("needs", [Item((), tree_of(need), 0, 0) for need in frame.needs])
    yield a_texts("text", frame.texts)


def _thought(thought: Thought) -> Iterator[Entry]:
    yield an_entry("that", [Item((), tree_of(thought.proposition), 0, 0)])
    for form, texts in thought.forms:
        yield a_texts(form, texts)


def _speech(speech: Speech) -> Iterator[Entry]:
    if speech.mode != "aloud":
        yield an_entry("mode", [a_words(plain_word(speech.mode))])
    if speech.gist is not None:
        yield a_texts("gist", (speech.gist,))
    if speech.says:
        yield a_texts("says", speech.says)
