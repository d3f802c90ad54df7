"""A game: the run that stops when it is the player's turn, as scenes to be shown and chosen in.

Receives a world and a ``Play`` of it; hands on scenes. Three permissions stay apart: what a
character perceives is settled in the run, what may be told in the telling, and what the player may
see here: prose is told from what the character lived through and from nothing else, reasons and
beliefs are read off its own view.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from unspoken.faces.cli.asides import OwnReasons, sentences, whereabouts
from unspoken.files import check_output, write_output
from unspoken.language import failure

if TYPE_CHECKING:
    from unspoken.chronicle import Weighed
    from unspoken.chronicle.events import EventNumber
    from unspoken.simulation.moment import Ended, Moment, Turn
    from unspoken.simulation.playing import Place, Play
    from unspoken.simulation.view import View
    from unspoken.telling import Telling
    from unspoken.telling.plainly import Plainly
    from unspoken.telling.plan import Sentence
    from unspoken.world import World

Mark = Literal["default", "undared", "idle", ""]
"""``default``: what the character would do by itself. ``undared``: it would rather, and something
holds it back. ``idle``: nothing that it wishes would come of it."""


class Choice(Struct, frozen=True):
    """``place``: among the options of the turn. ``act`` as in a plan; empty: to wait, or refuse."""

    number: int
    place: int
    act: str
    words: str
    mark: Mark


class Scene(Struct, frozen=True):
    """What the player is shown: paragraphs of what is new, whether somebody asks for something, and
    what can be chosen. ``ended``: why it is over."""

    prose: tuple[str, ...]
    asked: str
    choices: tuple[Choice, ...]
    ended: Ended | None = None


class _Shown(Struct, frozen=True):
    """Paragraphs that were shown; so many events had happened by then, as far as the character
    knows; and what had been told by then of what stirs: the more there is to tell, the more of it
    is left out, and its words are free again, but they have been read."""

    prose: tuple[str, ...]
    known: int
    stirring: frozenset[str]


NOTHING = "Nothing happens that I notice."
"""Where a choice brought nothing that its maker perceives."""
RECAP = 2
"""Paragraphs of what has happened before that a game begins with which goes on."""


class Game:
    """``save``: where it is kept after every choice; None: only when told so."""

    def __init__(self, world: World, play: Play, save: Path | None = None) -> None:
        self.world = world
        self.play = play
        self.path = save
        self.unsaved = False
        self._autosaves = save is not None
        self._shown: list[_Shown] = []
        """At the beginning and after each choice, as far as it has been asked for."""
        self._begun = len(play.begun.events)
        self._taken_up = len(play.choices)
        """So many choices had been made when the game was taken up; 0 once it has gone on."""

    @property
    def who(self) -> str:
        return self.play.who

    # What is shown.

    def scene(self) -> Scene:
        """Where the game stands. Always the same until something is chosen or taken back."""
        turn = self.play.turn
        asked = ""
        if turn is not None and turn.asked is not None:
            plainly = self._plainly()
            clause = self._reasons(plainly).clause(turn.options[0].act, turn.asked)
            asked = f"{plainly.name(turn.asked)} wants to {clause}."
        choices = () if turn is None else tuple(self._choices(turn))
        prose = (*self._recap(), *self._shown_at(len(self.play.choices)).prose)
        return Scene(prose, asked, choices, self.play.ended)

    def _recap(self) -> tuple[str, ...]:
        """The last that was shown, in a game that was taken up."""
        made = len(self.play.choices)
        if not made or made != self._taken_up:
            return ()
        earlier = (text for number in range(made) for text in self._shown_at(number).prose)
        return tuple(text for text in earlier if text != NOTHING)[-RECAP:]

    def _shown_at(self, number: int) -> _Shown:
        """What was shown, or is, after so many choices."""
        for place in self.play.places[len(self._shown) : number + 1]:
            self._shown.append(self._show(place, self._shown[-1] if self._shown else None))
        return self._shown[number]

    def _show(self, place: Place, before: _Shown | None) -> _Shown:
        told = self._telling(place)
        perceived = self.play.perceived_at(place)
        known = max(self._begun, perceived[-1].number + 1 if perceived else 0)
        sentences = (one for paragraph in told.paragraphs for one in paragraph.sentences)
        stirring = frozenset(one.text for one in sentences if _stirs(one))
        prose = tuple(self._prose(place, told, before))
        return _Shown(prose, known, stirring if before is None else before.stirring | stirring)

    def _prose(self, place: Place, told: Telling, before: _Shown | None) -> Iterator[str]:
        """The sentences in which there is something new, by paragraphs."""
        numbers = [event.number for event in self.play.perceived_at(place)]
        since = self._begun if before is None else before.known
        said = frozenset[str]() if before is None else before.stirring
        recap: list[str] = []
        fresh: list[str] = []
        for paragraph in told.paragraphs:
            new = [
                sentence.text
                for sentence, latest in _with_latest(paragraph.sentences)
                if latest is not None
                and numbers[latest] >= since
                and not (_stirs(sentence) and sentence.text in said)
            ]
            (fresh if new else recap).append(" ".join(new) if new else paragraph.text)
        if before is None and self._begun:
            yield from recap[-RECAP:]
        elif before is None:
            places = whereabouts(self._view_at(self.play.begun), self._plainly())
            yield from filter(None, [" ".join(places)])
        elif not fresh and place.turn is not None and place.turn.asked is None:
            yield NOTHING
        yield from fresh

    def _telling(self, place: Place) -> Telling:
        from unspoken.telling import Options, tell

        how = Options("limited", self.who, person="first", tense="present", seed=self._seed)
        return tell(self.play.lived_at(place), self.world.model, how)

    @property
    def _seed(self) -> int:
        return self.play.simulation.seed

    def _choices(self, turn: Turn) -> Iterator[Choice]:
        """What is wished for first; then to wait; then what could be done besides."""
        from unspoken.simulation.choice import desire

        reasons = self._reasons(self._plainly())
        default = turn.decision.chosen
        deeds = [place for place, one in enumerate(turn.options) if one.act]
        wished = [place for place in deeds if turn.asked or desire(turn.options[place]) > 0]
        wished.sort(key=lambda place: (-desire(turn.options[place]), turn.options[place].act))
        waiting = [place for place, one in enumerate(turn.options) if not one.act]
        rest = [place for place in deeds if place not in wished]
        for number, place in enumerate((*wished, *waiting, *rest), start=1):
            option = turn.options[place]
            mark: Mark = ""
            if option.act == default.act:
                mark = "default"
            elif _is_undared(option, default):
                mark = "undared"
            elif place in rest:
                mark = "idle"
            if turn.asked is not None:
                words = "take part" if option.act else "refuse"
            else:
                words = reasons.deed(option.act)
            yield Choice(number, place, option.act, words, mark)

    # What is done.

    def choose(self, choice: Choice | None) -> None:
        """None: what the character would do by itself. Saves, where it is kept."""
        with self.world.in_words():
            self.play.choose(None if choice is None else choice.place)
        self._changed()

    def undo(self) -> bool:
        """Back to what was asked before; False: that was the first."""
        if not self.play.undo():
            return False
        del self._shown[len(self.play.places) :]
        self._changed()
        return True

    def _changed(self) -> None:
        self.unsaved = True
        self._taken_up = 0
        if self._autosaves:
            self.save()

    def save(self, path: Path | None = None) -> Path:
        """Keeps the game: where it is kept already, if no file is named, or in a new one named
        after the story. Raises DiagnosticError where it cannot be kept there."""
        from unspoken.chronicle import to_json

        path = path or self.path or self._new_file()
        if path != self.path:
            check_output(path)
        write_output(path, to_json(self.play.chronicle))
        self.path = path
        self.unsaved = False
        return path

    def _new_file(self) -> Path:
        """One that is not there yet: ``night_visit-Tara.json``."""
        name = f"{Path(self.world.name).stem}-{self.who}"
        names = chain((name,), (f"{name}-{n}" for n in count(2)))
        return next(path for name in names if not (path := Path(f"{name}.json")).exists())

    # What is asked aside.

    def why(self, choice: Choice | None = None) -> list[str]:
        """One's own reasons: for what one would do by oneself, or for an option."""
        turn = self.play.turn
        if turn is None:
            return []
        reasons = self._reasons(self._plainly())
        if choice is None:
            return list(reasons.of_decision(turn.decision))
        return [f"{choice.words}:", *reasons.of_option(turn.options[choice.place])]

    def mind(self, name: str, *, more: bool = False) -> list[str]:
        """What one makes of somebody. Raises DiagnosticError for nobody's name."""
        from unspoken.reasons import clauses
        from unspoken.simulation.impression import impression

        others = [one for one in self.world.characters if one != self.who]
        close = [one for one in others if one.lower().startswith(name.lower())]
        exact = [one for one in close if one.lower() == name.lower()]
        found = next(iter(exact or close), None) if exact or len(close) == 1 else None
        if found is None and name.lower() == self.who.lower():
            return ["That is you."]
        if found is None:
            raise failure("nobody-of-that-name", name=name, known=others)
        plainly = self._plainly()
        named = clauses(self.play.simulation.motives, found, plainly)
        return list(sentences(impression(self._view(), found), plainly, named, more=more))

    def _view(self) -> View:
        """What the character believes now."""
        if self.play.turn is not None:
            return self.play.turn.view
        return self._view_at(self.play.moment)

    def _view_at(self, moment: Moment) -> View:
        from unspoken.simulation.view import View

        return View.of(self.play.simulation.motives, moment.state.mind(self.who))

    def _plainly(self) -> Plainly:
        from unspoken.telling.plainly import Plainly
        from unspoken.telling.view import view

        return Plainly(self.world.model, self.who, view(self.play.lived, self.who))

    def _reasons(self, plainly: Plainly) -> OwnReasons:
        return OwnReasons(self.play.simulation.motives, self.who, plainly)


def _with_latest(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, EventNumber | None]]:
    """With each sentence of a paragraph the last event that it rests on. One that rests on none (on
    what was thought from the beginning) goes with the sentence before it, which brought it up; the
    first of all with the one after it."""
    latest = next((max(one.events) for one in sentences if one.events), None)
    for sentence in sentences:
        latest = max(sentence.events, default=latest)
        yield sentence, latest


def _stirs(sentence: Sentence) -> bool:
    """Does it tell what stirs in somebody, rather than what happens or is thought of it?"""
    return sentence.form in ("NI", "FDT")


def _is_undared(option: Weighed, default: Weighed) -> bool:
    """Would one rather, were nothing in the way?"""
    from unspoken.simulation.choice import desire

    held_back = bool(option.restraints or option.forbidden)
    return bool(option.act) and held_back and desire(option) > desire(default)
