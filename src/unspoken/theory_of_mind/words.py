"""Stories and questions in plain English, for a human or a language model to read."""

from __future__ import annotations

from unspoken.theory_of_mind.story import (
    KINDS,
    Answer,
    Question,
    Setting,
    TemplateStory,
    answer_text,
)

RULES = """\
- At first nobody knows where anything is. All know that everybody is elsewhere (in no room),
  attends, and trusts nobody. What is not said to change stays as it is, and minds expect that.
- Whoever is in a room and attends perceives what is openly done there. Whoever does something
  perceives it. Nobody who is elsewhere perceives anything.
- Whoever perceives what is openly done in a room sees who is there and who is not; and when
  somebody enters, what lies in open containers there and what does not. Who or what was believed
  to be there and is not, is then not known to be anywhere. Closed containers show nothing.
- Whoever leaves a room is elsewhere, and those who saw it think so until they perceive otherwise.
- Whoever looks or peeks into a container learns what is in it. Others who see somebody look take
  them to have seen what they themselves believe to be in it.
- A claim is heard by those in the room who attend; if made privately, by the one it is made to,
  wherever they are. Whoever hears it and trusts the speaker believes it, and believes that the
  speaker believes it. Others change their mind about nothing, and nor does the speaker. Who trusts
  whom, all know; but who takes it that they are trusted goes by that.
- Whoever dozes or does not attend perceives nothing, and does not know of it. Those before whose
  eyes somebody dozes off know it; whoever comes in later does not see it. On waking, one sees who
  is there.
- Whoever watches somebody in secret perceives everything that person does, and who is there with
  them, and nothing else; nobody else knows of it.
"""
"""What a reader must know to find the answers."""


def story_lines(story: TemplateStory) -> list[str]:
    """The people and places, then what happens; one line a step, numbered."""
    setting = story.setting
    lines = [f"People: {', '.join(setting.people)}."]
    for room in setting.rooms:
        here = [
            f"{_the(setting, one.name)} ({'open' if one.open else 'closed'})"
            for one in setting.containers
            if one.room == room
        ]
        lines.append(f"In {_the(setting, room)}: {', '.join(here) or 'nothing'}.")
    for number, one in enumerate(story.steps, 1):
        words = [_the(setting, word) for word in one.arguments]
        said = KINDS[one.kind].text.format(*words)
        lines.append(f"{number} {said[:1].upper()}{said[1:]}")
    return lines


def question_text(question: Question, setting: Setting) -> str:
    """The question, as one sentence."""
    about = _the(setting, question.about)
    minds = list(question.minds)
    by = question.by or ""
    match question.kind:
        case "knows":
            knower = minds.pop()
            ends = f"{knower} knows where {about} is", f"does {knower} know where {about} is"
        case "whether":
            box = _the(setting, question.value or "")
            ends = f"{about} is in {box}", f"is {about} in {box}"
        case "said":
            ends = f"{by} said that {about} was", f"where did {by} say that {about} was"
        case "room":
            ends = f"{about} is", f"in which room is {about}"
        case _:
            ends = f"{about} is", f"where is {about}"
    if minds:
        asked = {"room": "in which room ", "knows": "", "whether": ""}.get(question.kind, "where ")
        thinks = "".join(f"{who} thinks that " for who in minds[1:])
        said = f"{asked}does {minds[0]} think that {thinks}{ends[0]}?"
    else:
        said = f"{ends[1]}?"
    if question.after is not None:
        said = f"as of line {question.after}, {said}" if question.after else f"at first, {said}"
    return said[:1].upper() + said[1:]


def report_lines(
    story: TemplateStory, asked: list[tuple[Question, Answer]], *, answers: bool = True
) -> list[str]:
    """A story with its questions below, each with its answer if wanted."""
    lines = [f"# Story {story.name}", *story_lines(story), ""]
    for number, (question, answer) in enumerate(asked, 1):
        said = f"Q{number} {question_text(question, story.setting)}"
        lines.append(f"{said} {answer_text(answer)}" if answers else said)
    return lines


def _the(setting: Setting, name: str) -> str:
    """How a name stands in a sentence: people have no article."""
    others = (*setting.rooms, *setting.room_of, *setting.things)
    return f"the {name.replace('_', ' ')}" if name in others else name
