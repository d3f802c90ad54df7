"""Claims about somebody, whoever it is: of whom they hold, and how one says that of nobody.

Receives a case and claims that begin with *there is*; hands on the same of each of those of whom it
is so, and wordings.
"""

from __future__ import annotations

from collections.abc import Callable

from unspoken.chronicle.events import Chain, Value
from unspoken.model import EntityTerm, Expression, Fluent, Or, Quantifier, Quantity
from unspoken.model.substitute import substitute
from unspoken.queries.case import Case
from unspoken.queries.query import formal, known
from unspoken.telling.conditions import together
from unspoken.telling.wording import Wording, negative


def is_of_somebody(claim: Expression) -> bool:
    """Whether a claim is about somebody or something, whoever or whatever it is."""
    return isinstance(claim, Quantifier) and claim.quantity is Quantity.EXISTS


def instance(claim: Quantifier, value: Value) -> Expression:
    """The claim, of this one."""
    return substitute(claim.body, {claim.variable.name: EntityTerm(str(value))})


def instances(
    case: Case, claim: Quantifier, moment: int, minds: Chain = ()
) -> list[tuple[str, Expression]]:
    """Of whom it holds, each with the claim of them; of an *or*, what of it holds."""
    found = []
    for value in case.setting.domain(claim.variable):
        one = instance(claim, value)
        if case.holds(one, moment, minds):
            found.append(
                (str(value), said_of_two(one, lambda part: case.holds(part, moment, minds)))
            )
    return found


def worded(case: Case, claim: Quantifier, *, so: bool) -> Wording | None:
    """*Greta is engaged to somebody*, *Greta is not engaged to anybody*, *nobody loves Tara*; None:
    there are no words for it."""
    say = case.words
    for value in case.setting.domain(claim.variable):
        one = said_of_two(instance(claim, value))
        inner = worded(case, one, so=True) if isinstance(one, Quantifier) else None
        told = inner or say.proposition(one)
        roles = [role for role, thing in told.binding.items() if thing == value]
        if "“" in told.text or len(roles) != 1 or known(one) is not None:
            continue
        (role,) = roles
        begins = told.text.startswith(f"{{{role}}}")
        text = told.text if so or begins else negative(told.text)
        word = "some" if so else "no" if begins else "any"
        return say.somebody(Wording(text, told.binding), str(value), word)
    return None


def said_of_two(claim: Expression, holds: Callable[[Expression], bool] | None = None) -> Expression:
    """What is said of what is so both ways, of two: that which holds, or the first."""
    match claim:
        case Or((Fluent() as one, Fluent() as other)) if one.property == other.property:
            turned = one.arguments == other.arguments[::-1]
            return other if turned and holds is not None and holds(other) else one
    return claim


def of_somebody(
    case: Case, core: Quantifier, minds: Chain, moment: int, *, knows: bool = False
) -> str:
    """How it is, in a clause: of all of whom it is so; or that it is so of nobody."""
    say = case.words
    found = [say.proposition(one) for _, one in instances(case, core, moment, minds)]
    if found:
        verb = "[know] that" if knows else "[think] that"
        return say.clause(say.holding(minds, together(found, " and "), verb))
    mind = known(core.body)
    if mind is not None:
        who = str(getattr(mind[0], "name", "?"))
        return _does_not_know(case, who, Quantifier(core.quantity, core.variable, mind[1]), moment)
    told = worded(case, core, so=False)
    if told is None:
        return f"of nobody that `{formal(core.body)}`"
    return say.clause(say.holding(minds, told))


def _does_not_know(case: Case, who: str, core: Quantifier, moment: int) -> str:
    """That somebody does not know of whom it is so; or whom they take it to be."""
    say = case.words
    thought = [say.proposition(one) for _, one in instances(case, core, moment, (who,))]
    if thought:
        return say.clause(say.holding((who,), together(thought, " and ")))
    told = worded(case, core, so=True)
    if told is None:
        return f"{say.name(who)} {say.does((who,), 'do')} not know"
    asked = Wording(told.text.replace("somebody", "who", 1), told.binding)
    if asked.text.startswith("who "):
        return say.clause(say.holding((who,), asked, "[do not] know"))
    return say.clause(say.holding((who,), told, "[do not] know that"))
