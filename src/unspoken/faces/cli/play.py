"""``unspoken play``: be one of them."""

from __future__ import annotations

import json as json_module
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from cyclopts import Parameter
from msgspec import to_builtins

from unspoken.faces.cli.options import After, Json, Quiet, RunSeed, Turns, Until

if TYPE_CHECKING:
    from unspoken.faces.cli.game import Choice, Game, Scene


def play(
    story: Annotated[
        str,
        Parameter(
            name="STORY",
            help="A storyworld (file, folder, or shipped story's name); or a saved game or run, "
            "which is gone on with.",
        ),
    ],
    /,
    *,
    as_: Annotated[
        str | None,
        Parameter(name="--as", help="Whom to play. A saved game knows; this changes it."),
    ] = None,
    turns: Turns = None,
    until: Until = None,
    seed: RunSeed = None,
    after: After = None,
    save: Annotated[
        Path | None,
        Parameter(help="Keep the game here, after every choice; play this file to go on with it."),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Play one of the characters; the others act on their own.

    Shows what your character perceives, thinks and feels, and no more; and what it could do, by
    number: with what it would do by itself (Enter), and what it would rather do and does not dare.
    You may dare. `u` takes a choice back, `w` says why, `m NAME` what your character makes of
    somebody, `s` saves, `q` quits, `?` helps. With `--json`, scenes and answers are JSON, one a
    line, and choices are read from standard input as they are otherwise.

    For example:

        unspoken play night_visit --as Tara
        unspoken play night_visit --as Willow --seed 7 --save visit.json
        unspoken play visit.json
    """
    import unspoken
    from unspoken.faces.cli.game import Game
    from unspoken.faces.cli.run import check_going_on, world_of
    from unspoken.faces.cli.searching import at_least
    from unspoken.faces.cli.terminal import FINE
    from unspoken.files import check_output
    from unspoken.language import failure
    from unspoken.sources import is_chronicle

    at_least("--turns", turns, 1, "a game has rounds")
    goes_on = is_chronicle(story)
    saved = None
    if goes_on:
        check_going_on(seed, after)
        saved = unspoken.load_chronicle(story)
    world = unspoken.load(story) if saved is None else world_of(saved)
    kept = None if saved is None else saved.chronicle.played
    who = kept.who if as_ is None and kept is not None else as_
    if who is None:
        raise failure("nobody-to-play", known=list(world.characters))
    is_the_same = goes_on and save is not None and save.resolve() == Path(story).resolve()
    check_output(save, *(one for one in (story, after) if one is not None and not is_the_same))
    start = None if after is None else unspoken.load_chronicle(after)
    played = world.play(who, turns, until, seed or 0, saved=saved, start=start)
    game = Game(world, played, save)
    if game.path is None and goes_on:
        game.path = Path(story)
    table = Table(game, Lines() if json else Terminal(), quiet=quiet or json)
    if kept is not None and kept.who == who and kept.choices != played.choices:
        table.say(CHANGED)
    table.sit()
    return FINE


CHANGED = """\
The world is not as it was when this game was saved: played again, it would have come otherwise. \
It goes on from where it stood, and `u` takes back no further than to here."""


HELP = """\
Enter       do what I would do of my own accord
2           choose by number (a star marks what I would do; + lists everything)
u           take the last choice back
w, w 2      why: my own reasons, or what speaks for and against a choice
m Willow    what I make of somebody's mind (m Willow more: everything)
s, s FILE   save: where it is kept already, or in a file named after the story
q           quit (so do Ctrl-D and Ctrl-C); asks, if something would be lost"""

Answer = str | None
"""A line that was typed; None: there will be no more."""


class Screen(Protocol):
    """Where scenes are shown and answers come from."""

    @property
    def asks_again(self) -> bool:
        """Whether there can be an answer after the end of the answers: Ctrl-D, where people
        are."""
        ...

    def title(self, lines: Sequence[str]) -> None: ...
    def scene(self, scene: Scene, *, everything: bool) -> None: ...
    def say(self, lines: Iterable[str]) -> None: ...
    def ask(self, prompt: str) -> Answer: ...


class Table:
    """The player's side of a game: reads commands until there is an end of them."""

    def __init__(self, game: Game, screen: Screen, *, quiet: bool) -> None:
        self._game = game
        self._screen = screen
        self._quiet = quiet
        self._scene = game.scene()

    def say(self, text: str) -> None:
        """Something about the game, before it goes on."""
        self._screen.say([text])

    def sit(self) -> None:
        """Play."""
        game = self._game
        if not self._quiet:
            apparatus = dict(game.world.model.telling.apparatus)
            title = ", ".join(apparatus.get("title", (game.world.name,)))
            self._screen.title([title, f"I am {game.who}. (? helps)"])
        self._show()
        while True:
            try:
                answer = self._screen.ask("> ")
                if answer is None:
                    answer = "q" if self._screen.asks_again else None
                if answer is None or not self._goes_on(answer.strip()):
                    return
            except KeyboardInterrupt:
                if not game.unsaved or self._may_quit():
                    return

    def _show(self, *, everything: bool = False) -> None:
        self._scene = self._game.scene()
        self._screen.scene(self._scene, everything=everything)

    def _goes_on(self, answer: str) -> bool:
        """Does what was typed. False: it was to quit."""
        from unspoken.language import DiagnosticError

        word, _, rest = answer.partition(" ")
        rest = rest.strip()
        try:
            match word.lower():
                case "q" | "quit" | "exit":
                    return not (not self._game.unsaved or self._may_quit())
                case "?" | "h" | "help":
                    self._screen.say(HELP.splitlines())
                case "u" | "undo":
                    if self._game.undo():
                        self._show()
                    else:
                        self._screen.say(["There is nothing to take back."])
                case "w" | "why":
                    self._why(rest)
                case "m" | "mind" | "minds":
                    self._mind(rest)
                case "s" | "save":
                    self._save(rest)
                case "+":
                    self._show(everything=True)
                case _:
                    self._choose(answer)
        except DiagnosticError as error:
            self._screen.say(str(error).strip().splitlines())
        return True

    def _choose(self, answer: str) -> None:
        choice = self._choice(answer)
        if not self._scene.choices:
            self._screen.say(["It is over. (u takes the last choice back, s saves, q quits)"])
        elif answer and choice is None:
            most = len(self._scene.choices)
            self._screen.say(
                [f"`{answer}` is nothing that I know: 1 to {most}, Enter, or ? (help)"]
            )
        else:
            self._game.choose(choice)
            self._show()

    def _choice(self, answer: str) -> Choice | None:
        return next((one for one in self._scene.choices if str(one.number) == answer), None)

    def _why(self, rest: str) -> None:
        choice = self._choice(rest)
        if rest and choice is None:
            self._screen.say([f"There is no choice {rest}."])
        else:
            self._screen.say(self._game.why(choice) or ["It is over."])

    def _mind(self, rest: str) -> None:
        words = rest.split()
        more = len(words) > 1 and words[-1].lower() == "more"
        name = " ".join(words[:-1] if more else words)
        if not name:
            others = [one for one in self._game.world.characters if one != self._game.who]
            self._screen.say([f"Whose? {', '.join(others)}"])
        else:
            self._screen.say(self._game.mind(name, more=more))

    def _save(self, rest: str) -> None:
        first = self._game.path is None
        path = self._game.save(Path(rest) if rest else None)
        self._screen.say([f"Saved in {path}."])
        if first and not self._quiet:
            self._screen.say([f"(unspoken play {path} goes on with it.)"])

    def _may_quit(self) -> bool:
        """Asks, as something would be lost."""
        from unspoken.language import DiagnosticError

        while True:
            try:
                answer = self._screen.ask(f"Not saved. {QUITTING} ")
            except KeyboardInterrupt:
                return True
            word, _, rest = (answer or "").strip().partition(" ")
            try:
                match word.lower():
                    case "" if answer is not None:
                        return False
                    case "" | "n" | "no" | "q" | "quit":
                        return True
                    case "u":
                        return False
                    case "s" | "save" | "y" | "yes":
                        self._save(rest.strip())
                        return True
                    case _ if "." in word or "/" in word:
                        self._save(f"{word} {rest}".strip())
                        return True
            except DiagnosticError as error:
                self._screen.say(str(error).strip().splitlines())


QUITTING = "s saves it, n quits without, Enter goes on:"

MOST = 9
"""Choices listed, those included for which something speaks, unless all are asked for."""

_NOTES: dict[str, str] = {
    "undared": "I would rather, and do not dare",
    "default": "",
    "idle": "",
    "": "",
}


class Terminal:
    """People: filled paragraphs, numbered choices; in colour where that is wanted."""

    def __init__(self) -> None:
        from unspoken.faces.cli.terminal import wants_colour

        self._colour = wants_colour(sys.stdout)
        self._width = max(20, min(shutil.get_terminal_size().columns, 80) - 2)
        if sys.stdin.isatty():
            import contextlib

            with contextlib.suppress(ImportError):
                import readline  # noqa: F401 - makes input() edit lines

    @property
    def asks_again(self) -> bool:
        return sys.stdin.isatty()

    def title(self, lines: Sequence[str]) -> None:
        first, *rest = lines
        self._write([self._styled(first, "1"), *(self._styled(line, "2") for line in rest)])

    def scene(self, scene: Scene, *, everything: bool) -> None:
        for paragraph in scene.prose:
            self._write(["", *self._filled(paragraph)])
        if scene.asked:
            self._write(["", *self._filled(scene.asked)])
        if scene.ended is not None and not scene.prose:
            self._write(["", "Nothing more happens."])
        if scene.ended is not None:
            over = {
                "until": "This is where the story ends.",
                "rounds": "The time is up; with --turns N, a saved game goes on.",
                "quiet": "Nobody has anything more to do.",
            }
            self._write(["", self._styled(over.get(scene.ended, "It is over."), "2")])
            return
        self._write([""])
        wished = sum(one.mark != "idle" for one in scene.choices)
        shown = scene.choices if everything else scene.choices[: max(MOST, wished)]
        for one in shown:
            self._write(self._choice(one))
        if len(shown) < len(scene.choices):
            left = len(scene.choices) - len(shown)
            self._write([self._styled(f"   + {left} more that I have no reason for", "2")])

    def _choice(self, one: Choice) -> list[str]:
        note = _NOTES[one.mark]
        words = f"{one.words} ({note})" if note else one.words
        dot = "*" if one.mark == "default" else " "
        lines = self._filled(words, f"{dot}{one.number:>2} ", " " * 4)
        style: Literal["1", "2", "3", ""] = ""
        if one.mark == "default":
            style = "1"
        elif one.mark == "undared":
            style = "3"
        elif one.mark == "idle":
            style = "2"
        return [self._styled(line, style) for line in lines]

    def say(self, lines: Iterable[str]) -> None:
        for line in lines:
            margin = " " * (len(line) - len(line.lstrip()))
            if line.startswith(("  for", "  against")) or "  " not in line.strip():
                self._write(self._filled(line.strip(), margin, margin + "  " * bool(margin)))
            else:
                self._write([line])

    def ask(self, prompt: str) -> Answer:
        if sys.stdin.isatty():
            try:
                return input(prompt)
            except EOFError:
                print()
                return None
            except KeyboardInterrupt:
                print()
                raise
        sys.stdout.write(prompt)
        line = sys.stdin.readline()
        # So that what is kept of a game that was piped in reads like one that was played.
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n")
        sys.stdout.flush()
        return line if line else None

    def _filled(self, text: str, first: str = "", rest: str = "") -> list[str]:
        return textwrap.wrap(
            text,
            self._width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._colour and style else text

    def _write(self, lines: Iterable[str]) -> None:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()


class Lines:
    """Programs: a JSON object a line."""

    asks_again = False

    def title(self, lines: Sequence[str]) -> None:
        self._write({"title": list(lines)})

    def scene(self, scene: Scene, *, everything: bool) -> None:
        del everything
        self._write({"scene": to_builtins(scene)})

    def say(self, lines: Iterable[str]) -> None:
        self._write({"said": list(lines)})

    def ask(self, prompt: str) -> Answer:
        if len(prompt) > 2:
            self._write({"asked": prompt.strip()})
        return sys.stdin.readline() or None

    def _write(self, value: object) -> None:
        sys.stdout.write(json_module.dumps(value, ensure_ascii=False) + "\n")
        sys.stdout.flush()
