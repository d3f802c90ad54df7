"""Whom and what a question names: names become marks, and marks names.

Receives a case and texts; hands on texts in which every name is a mark (``#3``, one word, whatever
the name was), so that what is said of people can be compared word by word.
"""

from __future__ import annotations

import re
from functools import cached_property

from unspoken.queries.case import Case
from unspoken.telling.setting import split_name

MARK = re.compile(r"#(\d+)")

_PRONOUNS = {
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
}
PRONOUN = re.compile(rf"\b(?:{'|'.join(_PRONOUNS)})\b")
_POSSESSIVE = ("her", "his", "their")


class Names:
    """The names of a case."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.entities = tuple(name for name, _ in case.chronicle.entities)
        self.marks = {name: f"#{place}" for place, name in enumerate(self.entities)}
        self.people = frozenset(case.characters)

    @cached_property
    def spoken_names(self) -> dict[str, str]:
        """How things are called, in small letters, to what they are."""
        found: dict[str, str] = {}
        for name in self.entities:
            called = self.case.asked_words.name(name).removeprefix("the ")
            for text in (called, " ".join(split_name(name)) if name in self.people else called):
                found.setdefault(text.casefold(), name)
        for other, name in self.case.also.items():
            found.setdefault(other.casefold(), name)
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        exact = sorted(self.entities, key=lambda name: (-len(name), name))
        spoken = sorted(self.spoken_names, key=lambda name: (-len(name), name))
        if not exact:
            return None
        first = "|".join(re.escape(name) for name in exact)
        other = "|".join(re.escape(name) for name in spoken)
        exactly, loosely = rf"(?:[Tt]he )?(?P<exact>{first})", rf"(?:the )?(?P<spoken>{other})"
        return re.compile(rf"(?<![\w#\"])(?:{exactly}|(?i:{loosely}))(?!\w)")

    def mark(self, text: str) -> str:
        """The text with marks for names."""

        def marked(found: re.Match[str]) -> str:
            name = found["exact"] or self.spoken_names[found["spoken"].casefold()]
            return self.marks[name]

        return self._pattern.sub(marked, text) if self._pattern else text

    def unmark(self, text: str) -> str:
        """The text with names as a storyworld has them."""
        return MARK.sub(lambda found: self.entities[int(found[1])], text)

    def spoken(self, text: str) -> str:
        """The text with names as one says them."""
        return MARK.sub(
            lambda found: self.case.asked_words.name(self.entities[int(found[1])]), text
        )

    def named(self, text: str) -> tuple[str, ...]:
        """Whom and what a text names, in order."""
        return tuple(dict.fromkeys(self.entities[int(found)] for found in MARK.findall(text)))

    def entity(self, mark: str) -> str | None:
        """Whom or what a mark alone stands for."""
        found = MARK.fullmatch(mark)
        return self.entities[int(found[1])] if found else None

    def person(self, mark: str) -> str | None:
        name = self.entity(mark)
        return name if name in self.people else None

    def can_be(self, pronoun: str, name: str) -> bool:
        """Whether somebody can be meant by a pronoun: nobody's own is guessed."""
        own = self.case.setting.pronoun(name)
        return own is None or own == _PRONOUNS[pronoun] or _PRONOUNS[pronoun] == "they"

    def resolved(self, text: str, people: tuple[str, ...]) -> list[str]:
        """The text with its pronouns resolved to these people, in every way that they allow."""
        found = PRONOUN.search(text)
        if found is None:
            return [text]
        before, after = text[: found.start()], text[found.end() :]
        variants = []
        for name in people:
            if self.can_be(found[0], name):
                own = "'s" if found[0] in _POSSESSIVE and re.match(r" [a-z]", after) else ""
                filled = [f"{before}{self.marks[name]}{own}"]
                if own:
                    filled.append(f"{before}{self.marks[name]}")
                variants += [
                    head + rest for head in filled for rest in self.resolved(after, people)
                ]
        kept = [f"{before}{found[0]}{rest}" for rest in self.resolved(after, people)]
        return [*variants, *kept][:MOST]


MOST = 64
"""Readings of a text's pronouns that are looked at."""
