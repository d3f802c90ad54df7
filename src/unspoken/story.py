"""Stories of a world: their acts and reasons, what everybody believes at the end, their telling.

Stands on ``stage``; made by ``world``. A station of the line is imported when it is first needed.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from unspoken import arguments
from unspoken.how import Form, Heads, How, Order, Person, Tense, options
from unspoken.language import DiagnosticError, failure
from unspoken.minds import Minds
from unspoken.stage import Stage

if TYPE_CHECKING:
    from typing import Unpack

    from unspoken.asking.asker import Asker
    from unspoken.chronicle import Chronicle, Decision
    from unspoken.engine import State
    from unspoken.export import Edition
    from unspoken.planning import Outcome, Plan, Solution, WhyNot
    from unspoken.queries import Questions
    from unspoken.queries.answer import Answer
    from unspoken.queries.evaluation import Exact
    from unspoken.rewriting import Rewritten
    from unspoken.simulation.explain import WhyNot as WhyNotNow
    from unspoken.simulation.moment import Ended
    from unspoken.telling import Telling
    from unspoken.telling.annotated import Annotated


class Story:
    """A story of a world: a plan with reasons, what came of looking for it, and its chronicle.

    ``plan`` is None where the search met nothing at all that raises the author's utility, and in
    a story that comes from a run or a saved chronicle. ``ended``: why a run is over; None where it
    was stopped, and of any other story.
    """

    def __init__(
        self,
        world: Stage,
        plan: Plan | None,
        *,
        solution: Solution | None = None,
        chronicle: Chronicle | None = None,
        final: State | None = None,
        ended: Ended | None = None,
        seed: int = 0,
    ) -> None:
        self.world = world
        self.plan = plan
        self.solution = solution
        self.seed = seed
        self.ended = ended
        if final is not None:
            self.__dict__["final"] = final
        if chronicle is not None:
            self.__dict__["chronicle"] = chronicle

    def __repr__(self) -> str:
        said = (
            "" if self.found else f"{self.outcome}; the best met: " if self.acts else self.outcome
        )
        return f"<Story of {self.world.name}: {said}{', '.join(self.acts)}>"

    def __bool__(self) -> bool:
        """Whether it is what was looked for; the acts may be only the best that was met."""
        return self.found

    def __str__(self) -> str:
        return self.text

    @property
    def outcome(self) -> Outcome:
        """``found``; ``impossible`` within the limits, everything was tried; or ``stopped``."""
        return "found" if self.solution is None else self.solution.outcome

    @property
    def found(self) -> bool:
        return self.outcome == "found"

    @property
    def is_settled(self) -> bool:
        """Would it be the same however long anybody looked? Of a plan: is it proven shortest?"""
        return self.solution is None or self.solution.shortest

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts in order, each as ``name(Arg, Arg)``."""
        if self.plan is not None:
            return self.plan.acts
        from unspoken.chronicle.fit import acts_of

        return acts_of(self.chronicle) if "chronicle" in self.__dict__ else ()

    @property
    def text(self) -> str:
        """The plan with its reasons in its text form, which ``World.replay`` reads."""
        from unspoken.planning import print_plan

        return "" if self.plan is None else print_plan(self.plan)

    @property
    def reasons(self) -> str:
        """Why everybody does what they do, as a tree for people."""
        from unspoken.planning import tree

        return "" if self.plan is None else tree(self.plan)

    @cached_property
    def chronicle(self) -> Chronicle:
        """What happened, who perceived it, and whose mind changed. Raises DiagnosticError where
        there is no story."""
        from unspoken.chronicle.plans import record_plan

        self._must_be()
        assert self.plan is not None
        with self.world.in_words():
            return record_plan(self.world.ground, self.plan, seed=self.seed)

    @cached_property
    def exact(self) -> Exact | None:
        """What knows better than the chronicle whether a condition holds (``queries.evaluation``);
        None where nothing need."""
        from unspoken.asking.rerun import exact

        return exact(self.world, self.chronicle)

    def minds(self, name: str) -> Minds:
        """What a character believes at the end. Raises DiagnosticError for nobody's name."""
        return Minds(self.world, self.final).mind(name)

    @cached_property
    def final(self) -> State:
        """How things stand at the end."""
        if "chronicle" in self.__dict__ and self.chronicle.is_run:
            from unspoken.simulation.saving import state_after

            with self.world.in_words():
                return state_after(self.chronicle, self.world.model)
        return self.states[-1]

    @cached_property
    def states(self) -> tuple[State, ...]:
        """How things stand at the beginning and after each act: one more than there are acts. Of a
        run only as far as acts bring it about, and not what was felt or sensed."""
        with self.world.in_words():
            return tuple(self.world.initial.along(self.acts))

    def to_json(self) -> str:
        """The chronicle in its saved form, which ``load_chronicle`` reads."""
        from unspoken.chronicle import to_json

        return to_json(self.chronicle)

    def save(self, path: str | Path) -> None:
        """Save the chronicle. Raises DiagnosticError where that cannot be done."""
        from unspoken.files import write_output

        write_output(Path(path), self.to_json())

    def tell(self, through: str | None = None, *, as_: Form = "prose", **how: Unpack[How]) -> str:
        """The story as prose. ``through``: only what this character knows, thinks and feels.
        ``as_``: as a ``screenplay`` (Fountain; only ``words`` and ``seed`` besides, for it is from
        outside, in the present and in order), or ``annotated`` with what everybody made of it.
        Other settings as for ``telling``."""
        arguments.one_of("as_", as_, Form)
        if as_ == "screenplay":
            from unspoken.export import render

            return render(self.screenplay(through, **how), "fountain").decode()  # type: ignore[misc]
        telling = self.telling(through, **how)
        if as_ == "annotated":
            from unspoken.telling.annotated import as_text

            return as_text(self.annotated(telling))
        return telling.text

    def telling(
        self,
        through: str | None = None,
        *,
        heads: Heads | None = None,
        person: Person = "third",
        tense: Tense = "past",
        order: Order = "chronological",
        hindsight: bool = False,
        words: int | None = None,
        seed: int | None = None,
    ) -> Telling:
        """The story as prose, with what every sentence was made from.

        ``heads``: ``alternate`` between those who act (the default), ``limited`` to ``through``,
        ``replay`` (once through each), ``omniscient`` (all of them, and how things are), or a
        ``camera`` that sees into nobody. ``order``: with a ``flashback``, where something points
        back. ``hindsight``: whoever says *I* knows what it came to believe later. ``words``: about
        how long, at most. Raises DiagnosticError where there is no story, or nobody of that name,
        and for what does not go together.
        """
        from unspoken.telling import tell

        chronicle = self.chronicle
        how = options(
            self.world,
            through,
            heads=heads,
            person=person,
            tense=tense,
            order=order,
            hindsight=hindsight,
            words=words,
            seed=seed,
            own_seed=self.seed,
        )
        telling = tell(chronicle, self.world.model, how)
        if not telling.paragraphs:
            raise self._unseen(through)
        return telling

    def annotated(self, telling: Telling) -> tuple[Annotated, ...]:
        """The sentences of a telling of this story, each with what it rests on, and what is said
        with what was meant, left unsaid, and heard."""
        from unspoken.telling.annotated import annotated

        return annotated(telling, self.chronicle, self.world.model)

    def rewrite(
        self,
        url: str,
        model: str,
        through: str | None = None,
        *,
        key: str | None = None,
        cache: str | Path | None = None,
        cached_only: bool = False,
        **how: Unpack[How],
    ) -> Rewritten:
        """The telling in the words of a language model behind an OpenAI-compatible endpoint, as far
        as they pass the gate; the paragraphs that do not are told as they were, and the reports say
        why. ``url``: up to and with ``/v1``. ``cache``: a folder for answers, from which the same
        is told again; ``cached_only``: nothing else is asked. Other settings, and faults, as for
        ``telling``; DiagnosticError also for an address that cannot be one, and for what is not in
        the cache."""
        from unspoken.rewriting import Cache, Endpoint, rewrite

        telling = self.telling(through, **how)
        kept = None if cache is None else Cache(Path(cache))
        asked = Endpoint(url, model, key)
        return rewrite(
            self.chronicle, self.world.model, telling, asked, kept, cached_only=cached_only
        )

    def edition(self, through: str | None = None, **how: Unpack[How]) -> Edition:
        """The story as it is exported: told in turn (or as ``heads`` says), through each head, and
        from outside; or ``through`` one mind alone. ``unspoken.export.render`` makes a file of it.
        Settings and faults as for ``telling``."""
        from importlib.metadata import version

        from unspoken.export import edition

        chronicle = self.chronicle
        told = options(self.world, through, own_seed=self.seed, **how)
        made = edition(chronicle, self.world.model, told, version("unspoken"))
        if not made.main.paragraphs:
            raise self._unseen(through)
        return made

    def screenplay(
        self, through: str | None = None, *, words: int | None = None, seed: int | None = None
    ) -> Edition:
        """The edition that a screenplay is made of: it is always from outside (or ``through`` one
        mind), in the present, and in order."""
        return self.edition(through, words=words, seed=seed)

    def ask(self, question: str, as_: str | None = None) -> Answer:
        """The answer to a question, in English or in the formal language of questions
        (``queries/ASKING.md``): ``story.ask("does Willow know that Tara loves her?")``. A value;
        ``str()`` says it. ``as_``: answered by this character, of what they know. Raises
        DiagnosticError where the question is not understood, with the nearest that are."""
        return self.asker(as_).ask(question)

    def asker(self, as_: str | None = None) -> Asker:
        """Whoever answers many questions to the story, at the cost of one: ``ask`` of it."""
        from unspoken.asking.asker import Asker

        self._must_be()
        if as_ is not None:
            self.world.somebody(as_)
        limits = None if self.solution is None else self.solution.limits
        return self._askers.setdefault(
            as_, Asker(self.world, self.chronicle, self.plan, limits, as_)
        )

    @cached_property
    def _askers(self) -> dict[str | None, Asker]:
        return {}

    def questions(
        self, through: str | None = None, *, most: int = 12, **how: Unpack[How]
    ) -> Questions:
        """What to ask a reader who has only the page: what each mind believed and wanted, with
        wrong options that are wrong in the chronicle, the answers, and the sentences that carry
        them. ``most``: how many. ``through`` and other settings as for ``telling``;
        ``unspoken.export.quiz`` makes files of them."""
        from unspoken.queries import questions

        telling = self.telling(through, **how)
        return questions(self.chronicle, self.world.model, telling, most)

    def export(
        self,
        path: str | Path,
        through: str | None = None,
        *,
        format: str | None = None,
        **how: Unpack[How],
    ) -> None:
        """Write the story to a file that others read or play: ``story.export("visit.epub")``.

        ``format``: one of ``unspoken.export.FORMATS`` by name, if the file's ending does not say
        it. ``through`` and other settings as for ``edition``. The same story and seed give the
        same bytes. Raises DiagnosticError for a format that there is not, and where something else
        would be written over.
        """
        from unspoken.export import FORMATS, format_of, render
        from unspoken.files import check_output, write_output

        known = [each.name for each in FORMATS]
        if format is None:
            found = format_of(path)
            if found is None:
                raise failure("unclear-format", path=str(path), known=known)
            format = found.name
        elif format not in known:
            raise failure("no-such-format", name=format, known=known)
        check_output(Path(path))
        edition = self.edition(through, **how)
        write_output(Path(path), render(edition, format))

    def _unseen(self, through: str | None) -> DiagnosticError:
        unseen = (
            "nothing happens in it" if through is None else f"{through} perceives nothing of it"
        )
        return failure("nothing-to-tell", why=unseen)

    def _must_be(self) -> None:
        if self.plan is None and "chronicle" not in self.__dict__:
            raise failure("nothing-to-tell", why=self.why_none)

    @property
    def why_none(self) -> str:
        """Why there is no story, in words; empty where there is one."""
        from unspoken.planning import why_none

        return "" if self.solution is None else why_none(self.solution)

    def explain(self, act: int | str | None = None, *, exact: bool = False) -> str:
        """How it came to an act in a run, by its place (from 0) or as ``knock(Willow)`` (None: to
        every one): what spoke for it and against it, and what was not dared. ``exact`` adds
        amounts. Raises DiagnosticError where the story does not have it."""
        from unspoken.chronicle.words import call_of
        from unspoken.reasons import Reasons
        from unspoken.simulation.explain import words
        from unspoken.simulation.motives import Motives

        acts = tuple(self.chronicle.acts())
        if isinstance(act, str):
            known = list(dict.fromkeys(map(call_of, acts)))
            acts = tuple(one for one in acts if call_of(one) == act)
            if not acts:
                raise failure("not-in-the-story", pattern=act, known=known)
        elif act is not None:
            if not 0 <= act < len(acts):
                raise failure("beyond-the-story", asked=act + 1, acts=len(acts))
            acts = acts[act : act + 1]
        decided = [(one.who or "", one.decision) for one in acts if one.decision is not None]
        if not decided:
            return ""
        said = Reasons(Motives(self.world.ground)).decision
        return "\n".join(words(who, said(one), exact=exact) for who, one in decided)

    def decisions(self, who: str) -> tuple[Decision, ...]:
        """How somebody decided, time after time in a run, where anything came of it: a deed, or a
        wish that was not followed. Raises DiagnosticError for nobody's name."""
        self.world.somebody(who)
        # What was done, and what was left undone for it, were decided as one, at one time.
        own = {
            (event.time, event.decision): event.decision
            for event in self.chronicle.events
            if event.who == who and event.decision is not None
        }
        return tuple(own.values())

    def why_not_now(self, act: str) -> WhyNotNow:
        """Why whoever would have to begin with ``act`` does not do so at the end of this run: what
        they believe stands in the way, or the restraint that is stronger. A value; ``str()`` says
        it. Raises DiagnosticError for an act that does not exist, and where the story does not
        keep how it ended."""
        from unspoken.asking.staged import Staged

        with self.world.in_words():
            return Staged(self.world, self.chronicle).why_not_now(act)

    def why_not(
        self, act: str, after: int | None = None, *, seconds: float | None = None
    ) -> WhyNot:
        """Why ``act`` does not happen in this story once ``after`` of its acts have (None: all),
        as ``World.why_not``, within the limits that the story was found with."""
        from unspoken.planning.why_not import why_not

        limits = self.world.limits() if self.solution is None else self.solution.limits
        acts = self.acts if after is None else self.acts_until(after)
        ground = self.world.ground
        with self.world.in_words():
            return why_not(ground, act, acts, limits, seconds=seconds)

    def acts_until(self, count: int) -> tuple[str, ...]:
        """The first so many acts. Raises DiagnosticError where the story has fewer."""
        if not 0 <= count <= len(self.acts):
            raise failure("beyond-the-story", asked=count, acts=len(self.acts))
        return self.acts[:count]
