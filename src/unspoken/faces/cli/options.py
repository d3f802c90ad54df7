"""Options that several commands share, described once.

Each is an annotation for a command's parameter: the name, the help, and what values it takes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

Json = Annotated[bool, Parameter(name="--json", help="Print the result as JSON.")]
Quiet = Annotated[
    bool, Parameter(name=["--quiet", "-q"], help="Print the result and errors, nothing else.")
]
Seed = Annotated[
    int | None,
    Parameter(help="The same seed gives the same words; another seed, others. [default: 0]"),
]
World = Annotated[
    str,
    Parameter(help="A storyworld file, a folder with a world.story, or a shipped story's name."),
]
Worlds = Annotated[str, Parameter(name="FILE", help="Storyworlds.", required=True)]
Files = Annotated[str, Parameter(name="FILE", help="Storyworlds and ledgers.", required=True)]
Heads = Annotated[
    Literal["alternate", "limited", "replay", "omniscient", "camera"] | None,
    Parameter(
        help="From head to head, inside one (with --through), once through each, above them all "
        "with how things are, or inside none. [default: alternate]"
    ),
]
Person = Annotated[
    Literal["first", "third"], Parameter(help="`first` needs --through, or replayed heads.")
]
Order = Annotated[
    Literal["chronological", "flashback"],
    Parameter(help="`flashback`: begin in the middle, and go back from there."),
]
Hindsight = Annotated[
    bool,
    Parameter(name="--hindsight", help="Let an `I` that tells know what it came to believe later."),
]
Goal = Annotated[
    float | None,
    Parameter(
        help="The author's utility to reach. Default: what the world's `plan` section says, or "
        "the least rise."
    ),
]
AuthorLimit = Annotated[int | None, Parameter(help="The most acts that the story may have.")]
CharacterLimit = Annotated[
    int | None,
    Parameter(help="The most acts that a character plans ahead."),
]
EpistemicLimit = Annotated[
    int | None,
    Parameter(help="How deep minds look into minds for their reasons."),
]
Seconds = Annotated[
    float | None,
    Parameter(help="Stop the search after so many seconds; the best so far is shown."),
]
LongSearch = Annotated[
    float | None,
    Parameter(
        help="Search for so many seconds at most. Default: as long as a fixed amount of work takes."
    ),
]
Must = Annotated[
    list[str] | None,
    Parameter(help="An act that must occur: `knock(Willow, *)`, or `knock` for any. Repeatable."),
]
Never = Annotated[
    list[str] | None,
    Parameter(help="An act that must not occur, written as for `--must`. Repeatable."),
]
Through = Annotated[
    list[str] | None,
    Parameter(help="A condition that must hold at some time: `at(Tara) == Room`. Repeatable."),
]
DemandsOnly = Annotated[
    bool,
    Parameter(help="What `--must`, `--never` and `--through` say is all that counts: no goal."),
]
Budget = Annotated[
    float | None,
    Parameter(help="Seconds for making a story shorter once one is met. [default: 10]"),
]
Any = Annotated[bool, Parameter(name="--any", help="Take the first story met.")]
Turns = Annotated[
    int | None,
    Parameter(
        name="--turns",
        help="So many rounds at most, in each of which everybody may act once. [default: what the "
        "world's `run` section says, or 40]",
    ),
]
Until = Annotated[
    str | None,
    Parameter(
        help="It ends when this holds: `declared(Willow, Tara)`. [default: what the world's `run` "
        "section says]"
    ),
]
RunSeed = Annotated[
    int | None,
    Parameter(help="The same seed gives the same story; another seed, another. [default: 0]"),
]
After = Annotated[
    str | None,
    Parameter(
        name="--after",
        help="The next chapter: begin as this saved run left everybody, with the same people.",
    ),
]
Output = Annotated[
    Path | None,
    Parameter(name=["--output", "-o"], help="Write the result to this file."),
]
