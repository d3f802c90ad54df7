"""What is wrong with a storyworld, as facts; and, late, the words for it.

Every part that finds fault with what an author wrote makes a ``Diagnostic`` (``problem(code, span,
...)``): a stable code, a place, facts. The words stand in ``messages/CODE.md``, one file for each
code, and are chosen here when somebody wants to read them: on a terminal (``render``), as data
(``as_json``), as the text of an exception (``DiagnosticError``). A new message is a new file.

The manner of the excerpt follows Rust's and Gleam's compilers; one definition file for each
message, with a script that provokes it, follows Yarn Spinner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias, TypeVar
from unicodedata import combining, east_asian_width

from msgspec import Struct, field

from unspoken.model import Span

Severity: TypeAlias = Literal["error", "warning"]

T = TypeVar("T")

_TAB = 4


class Note(Struct, frozen=True):
    """A second place that matters. ``role`` names the words for it in the message's file."""

    role: str
    span: Span


class Diagnostic(Struct, frozen=True):
    """One fault. ``facts`` fill the places of the message's template: texts, numbers, lists of
    texts. ``span`` is None for what has no place in a text (a missing file)."""

    code: str
    severity: Severity
    span: Span | None
    facts: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        return _fill(definition(self.code).message, _all_facts(self))

    @property
    def label(self) -> str:
        """What stands beside the mark under the source line."""
        return _first_that_fits(definition(self.code).labels, _all_facts(self)) or ""

    @property
    def because(self) -> str | None:
        """What it follows from, where that is not to be seen in the line."""
        return _first_that_fits(definition(self.code).becauses, _all_facts(self))

    @property
    def help(self) -> str | None:
        """What to do about it."""
        return _first_that_fits(definition(self.code).helps, _all_facts(self))

    def __str__(self) -> str:
        return render(self)


class DiagnosticError(Exception):
    """Raised where an author's Python called us and what they wrote is wrong. Its text is the
    rendered excerpt of each diagnostic."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n" + render_all(self.diagnostics))


def problem(
    code: str, span: Span | None, notes: Iterable[Note | None] = (), /, **facts: object
) -> Diagnostic:
    """A diagnostic of that code, with the severity that its message's file gives it."""
    kept = tuple(note for note in notes if note is not None)
    return Diagnostic(code, definition(code).severity, span, facts, kept)


def failure(code: str, **facts: object) -> DiagnosticError:
    """A fault without a place in a text, ready to be raised."""
    return DiagnosticError([problem(code, None, **facts)])


def sound(read: tuple[T | None, Sequence[Diagnostic]]) -> T:
    """What was read, where it could be: ``sound(parse(text))``. Raises DiagnosticError."""
    found, diagnostics = read
    if found is None:
        raise DiagnosticError(diagnostics)
    return found


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is more than a warning."""
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


# Words: one definition file for each message.


class Definition(Struct, frozen=True):
    """A message's file, read. Of ``labels``, ``becauses`` and ``helps`` the first is used all of
    whose facts are there. ``world``: a storyworld that provokes exactly this message, ``ledger``: a
    ledger; without either, ``provoked_by`` says which part of Unspoken finds this fault."""

    code: str
    severity: Severity
    message: str
    labels: tuple[str, ...]
    becauses: tuple[str, ...]
    helps: tuple[str, ...]
    notes: Mapping[str, str]
    explanation: str
    world: str | None
    ledger: str | None
    provoked_by: str | None


_FENCE = re.compile(r"^```(world|ledger)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@cache
def definition(code: str) -> Definition:
    """The definition of a message. Raises KeyError for a code that has no file."""
    file = files("unspoken.language") / "messages" / f"{code}.md"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(f"there is no messages/{code}.md") from None
    return _read_definition(code, text.replace("\r\n", "\n"))


def codes() -> list[str]:
    """Every code that has a message, in alphabetical order."""
    folder = files("unspoken.language") / "messages"
    return sorted(file.name[:-3] for file in folder.iterdir() if file.name.endswith(".md"))


def _read_definition(code: str, text: str) -> Definition:
    heading, head, *rest = text.split("\n\n")
    if heading.strip() != f"# {code}":
        raise ValueError(f"messages/{code}.md must begin with `# {code}`")
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(":")
        fields.setdefault(key.strip(), []).append(value.strip())
    body = "\n\n".join(rest)
    examples: dict[str, str] = dict(_FENCE.findall(body))
    severity = fields["severity"][0]
    if severity not in ("error", "warning"):
        raise ValueError(f"messages/{code}.md: severity is error or warning")
    return Definition(
        code=code,
        severity="error" if severity == "error" else "warning",
        message=fields["message"][0],
        labels=tuple(fields.get("label", ())),
        becauses=tuple(fields.get("because", ())),
        helps=tuple(fields.get("help", ())),
        notes={key[5:]: value[0] for key, value in fields.items() if key.startswith("note ")},
        explanation=_FENCE.sub("", body).strip(),
        world=examples.get("world"),
        ledger=examples.get("ledger"),
        provoked_by=fields["provoked by"][0] if "provoked by" in fields else None,
    )


_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def _all_facts(diagnostic: Diagnostic) -> dict[str, object]:
    """The facts, and the one thing that is worked out late: the name that may have been meant."""
    facts = dict(diagnostic.facts)
    if "suggestion" not in facts and isinstance(facts.get("name"), str) and facts.get("known"):
        facts["suggestion"] = closest(str(facts["name"]), facts["known"])  # type: ignore[arg-type]
    return facts


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that somebody who wrote ``name`` most likely meant, if any comes near."""
    from difflib import get_close_matches

    names = list(dict.fromkeys(known))
    for candidate in names:
        if candidate.lower() == name.lower():
            return candidate
    found = get_close_matches(name, names, n=1, cutoff=0.65)
    return found[0] if found else None


def _first_that_fits(templates: Sequence[str], facts: Mapping[str, object]) -> str | None:
    for template in templates:
        wanted = [name for name, _ in _PLACE.findall(template)]
        if all(facts.get(name) not in (None, "", (), []) for name in wanted):
            return _fill(template, facts)
    return None


def _fill(template: str, facts: Mapping[str, object]) -> str:
    def one(place: re.Match[str]) -> str:
        return _in_words(facts.get(place.group(1), "?"), place.group(2))

    return _PLACE.sub(one, template)


def _in_words(value: object, style: str | None) -> str:
    """A fact as words. Lists: ``or``, ``and``, or plain with commas; at most twelve are named."""
    if isinstance(value, list | tuple):
        names = [f"`{item}`" if style in ("or", "and") else str(item) for item in value]
        if len(names) > 12:
            names = [*names[:11], f"{len(names) - 11} more"]
        if style in ("or", "and") and len(names) > 1:
            return f"{', '.join(names[:-1])} {style} {names[-1]}"
        return ", ".join(names)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# Pictures: the excerpt as a person sees it.


def render_all(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """All of them, a blank line between two."""
    return "\n".join(render(diagnostic, colour=colour) for diagnostic in diagnostics)


def render(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """The message, the source line with its mark, and what to do; ends with a line break.

    With ``colour``, ANSI escapes are added; the characters are otherwise the same.
    """
    paint = _Painter(colour)
    alarm = "red" if diagnostic.severity == "error" else "yellow"
    lines = [paint(f"bold {alarm}", diagnostic.severity) + paint("bold", f": {diagnostic.message}")]
    words = definition(diagnostic.code)
    marks: list[tuple[Span, str, str]] = []
    if diagnostic.span is not None:
        marks.append((diagnostic.span, diagnostic.label, alarm))
    facts = _all_facts(diagnostic)
    for note in diagnostic.notes:
        marks.append((note.span, _fill(words.notes.get(note.role, ""), facts), "blue"))
    width = max((len(str(span.line)) for span, _, _ in marks), default=1)
    gutter = " " * width + paint("blue", " │")
    for number, (span, label, hue) in enumerate(marks):
        corner = " ┌─ " if number == 0 else " ├─ "
        lines.append(" " * width + paint("blue", corner) + str(span))
        lines.append(gutter)
        lines.extend(_excerpt(span, label, hue, width, paint))
    said = (("because", diagnostic.because), ("help", diagnostic.help))
    footers = [f" {role}: {words}" for role, words in said if words]
    if footers and marks:
        lines.append(gutter)
    lines.extend(" " * (width + 1) + paint("blue", "=") + footer for footer in footers)
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, label: str, hue: str, width: int, paint: _Painter) -> list[str]:
    line, column = span.source.line_and_column(span.start)
    text = span.source.line_text(line)
    at = min(column - 1, len(text))
    stop = min(max(at + (span.end - span.start), at), len(text))
    before, marked, after = (
        _expand(text[:at]),
        _expand(text[at:stop], len(_expand(text[:at]))),
        _expand(text[stop:]),
    )
    carets = "^" * max(1, _cells(marked))
    source = before + (paint(hue, marked) if marked else "") + after
    return [
        (paint("blue", f"{line:>{width}} │ ") + source).rstrip(),
        (
            " " * width
            + paint("blue", " │ ")
            + " " * _cells(before)
            + paint(hue, f"{carets} {label}".rstrip())
        ),
    ]


def _expand(text: str, start: int = 0) -> str:
    """Tabs made spaces and control characters made visible, so that marks stand where they mean."""
    cells: list[str] = []
    column = start
    for character in text:
        if character == "\t":
            spaces = _TAB - column % _TAB
            cells.append(" " * spaces)
            column += spaces
        else:
            cells.append(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}")
            column += 1
    return "".join(cells)


def _cells(text: str) -> int:
    """How many terminal cells a text fills."""
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


_ANSI = {"bold": "1", "red": "31", "yellow": "33", "blue": "34"}


class _Painter:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, style: str, text: str) -> str:
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_ANSI[word] for word in style.split())}m{text}\x1b[0m"


# Data: the same as JSON.


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """The diagnostic as plain JSON values: code, severity, words, place, notes, facts."""
    facts = _all_facts(diagnostic)
    words = definition(diagnostic.code)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "because": diagnostic.because,
        "help": diagnostic.help,
        "place": _place(diagnostic.span),
        "notes": [
            {"message": _fill(words.notes.get(note.role, ""), facts), "place": _place(note.span)}
            for note in diagnostic.notes
        ],
        "facts": {key: _plain(value) for key, value in facts.items()},
    }


def _place(span: Span | None) -> dict[str, object] | None:
    if span is None:
        return None
    end_line, end_column = span.source.line_and_column(span.end)
    return {
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)
