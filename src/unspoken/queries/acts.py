"""Which act a clause tells: one of the story's, or any that there is.

Receives a case and clauses with marked names; hands on acts, and patterns of acts, in which what
was not named is None. As with facts (``facts``), an act is known by the words in which it would be
told; and whoever is named has the same part in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain, product

from unspoken.chronicle.words import value_text
from unspoken.ledger.phrases import Form, form_of
from unspoken.model import Variable
from unspoken.queries.likeness import HOLE, Vocabulary, active, same_roles, short, stems
from unspoken.queries.naming import Names
from unspoken.queries.query import Call
from unspoken.queries.saying import plain, spelt

FORMAL = re.compile(r'\s*(?:[!(]\s*)*(?:[A-Za-z_]\w*\s*\(|")')
"""How what is written in the language of storyworlds begins."""
_DONE = ("act", "say", "think", "unsaid", "refuse", "fail", "happen")


class Acts:
    """``possible``: all acts that there are, whether or not they happen."""

    def __init__(
        self, names: Names, vocabulary: Vocabulary, possible: Callable[[], Iterable[Call]] = tuple
    ) -> None:
        self.names = names
        self.case = names.case
        self.vocabulary = vocabulary
        self._possible = possible

    def act(
        self, text: str, who: str | None, people: tuple[str, ...], *, any_act: bool = False
    ) -> Call | None:
        """The act that a clause tells: one of the story's, or (``any_act``) any that there is.
        ``who``: whose it is, where the clause leaves that out."""
        found = self._best(text, who, people, any_act=any_act)
        return None if found is None else found[0]

    def pattern(self, text: str, people: tuple[str, ...]) -> Call | None:
        """The acts that a clause tells: None for whatever it does not name, or asks for
        (``HOLE``). What the story does not have is looked for among all acts there are."""
        found = self._best(text, None, people)
        found = found or self._best(text, None, people, any_act=True)
        if found is None:
            return None
        (name, arguments), named = found
        left = list(named)
        return name, tuple(left.pop(left.index(a)) if a in left else None for a in arguments)

    def _best(
        self, text: str, who: str | None, people: tuple[str, ...], *, any_act: bool = False
    ) -> tuple[Call, frozenset[str]] | None:
        """The likeliest act, and who and what was named for it."""
        text = active(text.strip())
        if self.case.is_ledger:
            return None
        if FORMAL.match(text):
            call = self.formal(text)
            return None if call is None else (call, frozenset(map(str, call[1])))
        whole = text if who is None else f"{self.names.marks[who]} {text}"
        variants = [
            one
            for one in self.names.resolved(whole, people)
            if one.startswith(("#", HOLE)) or who is None
        ]
        found: list[tuple[tuple[int, ...], Call, frozenset[str]]] = []
        seen: set[Call] = set()
        spoken = frozenset(self.names.named(" ".join(variants)))
        for order, (call, doers) in enumerate(self._acts(who, any_act, spoken)):
            if call in seen:
                continue
            seen.add(call)
            for doer in doers:
                for place, variant in enumerate(variants):
                    named = frozenset(self.names.named(variant))
                    for filled in self._filled(variant, call, doer, named):
                        rank = self._rank(filled, call, doer)
                        if rank is not None:
                            found.append(((*rank, place, order), call, named))
        if not found:
            return None
        _, call, named = min(found, key=lambda one: one[0])
        return call, named

    def _filled(
        self, text: str, call: Call, doer: str | None, named: frozenset[str]
    ) -> Iterator[str]:
        """The clause with whoever it can be in place of what it asks for."""
        if HOLE not in text:
            yield text
            return
        for one in dict.fromkeys((doer, *call[1])):
            if isinstance(one, str) and one not in named:
                yield text.replace(HOLE, self.names.marks[one])

    def formal(self, text: str) -> Call | None:
        """``knock(Willow)``, as a storyworld writes it."""
        found = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*", self.names.unmark(text))
        if found is None:
            return None
        arguments = tuple(part.strip() for part in found[2].split(",") if part.strip())
        for call, _ in self._acts(None, True, frozenset(arguments)):
            if call[0] == found[1] and tuple(map(value_text, call[1])) == arguments:
                return call
        return None

    def formal_pattern(self, text: str) -> Call | None:
        """``propose(Colin, ?)``."""
        if "?" not in text:
            return self.formal(text)
        found = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*", self.names.unmark(text))
        if found is None:
            return None
        wanted = [part.strip() for part in found[2].split(",")]
        for (name, arguments), _ in self._acts(None, True, frozenset(wanted)):
            pairs = [*zip(wanted, map(value_text, arguments), strict=False)]
            fits = name == found[1] and len(wanted) == len(arguments)
            if fits and all(one in ("?", other) for one, other in pairs):
                given = zip(wanted, arguments, strict=True)
                return name, tuple(None if one == "?" else value for one, value in given)
        return None

    def _acts(
        self, who: str | None, any_act: bool, named: frozenset[str]
    ) -> Iterator[tuple[Call, tuple[str | None, ...]]]:
        """Acts, with those whose they may be said to be."""
        for event in self.case.chronicle.events:
            if event.name and event.kind in _DONE:
                call = (event.name, event.arguments)
                joined = (one for one in event.participants if one not in event.arguments)
                first = self.case.words.doer(call, event.who)
                doers = tuple(dict.fromkeys((first, *joined)))
                of_itself = event.who is None and who in event.arguments
                if who is None or who in doers or of_itself:
                    yield call, (who,) if who else doers
        for call in chain(self._possible(), self._declared(named)) if any_act else ():
            agent = self.case.setting.agent(*call)
            if who is None or agent == who:
                yield call, (agent,)

    def _declared(self, named: frozenset[str]) -> Iterator[Call]:
        """Acts that a world declares, whether or not they can ever be done: of those who are
        named, and of one more for whatever is not. Whoever is interviewed knows of none."""
        if self.case.root:
            return
        for action in self.case.storyworld.actions:
            domains = []
            for one in action.parameters:
                if isinstance(one, Variable):
                    domain = [str(value) for value in self.case.setting.domain(one)]
                    others = [value for value in domain if value not in named]
                    domains.append([value for value in domain if value in named] + others[:1])
                else:
                    domains.append([str(getattr(one, "name", one))])
            for arguments in product(*domains):
                if len({*arguments}) == len(arguments):
                    yield action.name, arguments

    def _rank(self, text: str, call: Call, doer: str | None) -> tuple[int, ...] | None:
        named = set(self.names.named(text))
        arguments = {one for one in call[1] if isinstance(one, str)}
        for one in sorted(named - arguments - {doer}):
            # What the act is called by, as in leave_letter, is named by accident.
            if not set(spelt(one)) <= set(spelt(call[0])):
                return None
            text = text.replace(self.names.marks[one], " ".join(spelt(one)))
        form, own = form_of(text), self._form(call, doer)
        left = len(arguments - named)
        if form == own:
            return 0, left
        subject = self.names.marks[doer] if doer else self._subject(call)
        if not same_roles(form.words, own.words, subject):
            return None
        if form.denied == own.denied and short(form.words) == short(own.words):
            return 1, left
        have, want, said = stems(form.words), stems(spelt(call[0])), stems(own.words)
        over = have - want - said
        if want and want <= have and form.denied <= own.denied:
            return (2, left, len(over)) if self.vocabulary.accounts(over, want | said) else None
        if have and have <= said and doer is not None and form.denied == own.denied:
            return 3, left, len(said - have)
        return None

    def _subject(self, call: Call) -> str | None:
        """The mark of who an act that is nobody's is first about."""
        first = next((one for one in call[1] if one in self.names.people), None)
        return None if first is None else self.names.marks[str(first)]

    def _form(self, call: Call, doer: str | None) -> Form:
        key = (call, doer)
        if key not in self._forms:
            told = self.case.words.done(call, doer, (doer,) if doer else ())
            self._forms[key] = form_of(plain(told, self.names.marks))
        return self._forms[key]

    @cached_property
    def _forms(self) -> dict[tuple[Call, str | None], Form]:
        return {}
