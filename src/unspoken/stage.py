"""A storyworld without mistakes, as stories stand on it: its model, grounded when first asked for,
and what the engine complains of said in words.

``story`` and ``world`` are made on it; it knows neither.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from unspoken import arguments
from unspoken.language import DiagnosticError, failure, problem
from unspoken.model import Span, Storyworld

if TYPE_CHECKING:
    from unspoken.engine import GroundWorld, State
    from unspoken.language import Diagnostic
    from unspoken.model import Expression
    from unspoken.planning import Limits


class Stage:
    """A storyworld without mistakes."""

    def __init__(self, model: Storyworld, parsing_milliseconds: float = 0.0) -> None:
        self.model = model
        self.milliseconds = {"parsing": parsing_milliseconds}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.model.name}: {', '.join(self.characters)}>"

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def characters(self) -> tuple[str, ...]:
        return self.model.characters

    @cached_property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is doubtful in its text: looked for when somebody asks."""
        from unspoken.language import parse

        source = self.model.source
        return () if source is None else tuple(parse(source.text, source.name)[1])

    @cached_property
    def ground(self) -> GroundWorld:
        """The world grounded in the engine, once. Raises DiagnosticError where it contradicts
        itself."""
        from unspoken.engine import load

        start = time.perf_counter()
        with self.in_words():
            ground = load(self.model)
        self.milliseconds["compiling"] = (time.perf_counter() - start) * 1000
        return ground

    @property
    def initial(self) -> State:
        """How things stand at the beginning: ``world.initial.mind("Tara").value("at(Willow)")``."""
        with self.in_words():
            return self.ground.initial

    def to_text(self) -> str:
        """The world as a storyworld; ``parse`` of it gives an equal world."""
        from unspoken.language import to_text

        return to_text(self.model)

    def somebody(self, name: str) -> str:
        """A name that is a character's. Raises DiagnosticError where it is nobody's."""
        if name not in self.characters:
            raise failure("nobody-of-that-name", name=name, known=list(self.characters))
        return name

    def condition(self, text: str) -> Expression:
        """A condition in this world. Raises DiagnosticError where it makes no sense in it."""
        from unspoken.language import parse_condition

        condition, diagnostics = parse_condition(text, self.model)
        if condition is None:
            raise DiagnosticError(diagnostics)
        return condition

    def limits(
        self,
        author: int | None = None,
        character: int | None = None,
        epistemic: int | None = None,
    ) -> Limits:
        """How far a search looks: as asked for; else, as the world's ``plan`` section says."""
        from unspoken.planning import Limits

        arguments.at_least(0, author_limit=author, character_limit=character)
        arguments.at_least(0, epistemic_limit=epistemic)
        settings = self.model.plan
        return Limits(
            settings.author_limit if author is None else author,
            settings.character_limit if character is None else character,
            settings.epistemic_limit if epistemic is None else epistemic,
        )

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """What the engine complains of as codes and facts, raised as a diagnostic."""
        from unspoken.engine import EngineError

        try:
            yield
        except EngineError as error:
            code, facts = error.args
            event = str(facts.get("event", "")).partition("(")[0]
            try:
                said = problem(code, self._origin(event), **facts)
            except KeyError:  # a fault of ours, which no author can mend
                raise error from None
            raise DiagnosticError([said]) from None

    def _origin(self, event: str) -> Span | None:
        actions = {action.name: action.origin for action in self.model.actions}
        triggers = {trigger.name: trigger.origin for trigger in self.model.triggers}
        return {**actions, **triggers}.get(event)
