"""Theory of mind: template stories, made up or read from question sets, answered by the engine.

Stands on the engine and the language. A story becomes a storyworld and acts (``world``); a
question is asked of a mind within a mind of the state that they lead to (``answers``). Knows no
chronicle and no prose.
"""

from unspoken.theory_of_mind.answers import Answerer, Held
from unspoken.theory_of_mind.generate import Recipe, stories
from unspoken.theory_of_mind.labelled import labelled
from unspoken.theory_of_mind.score import Report, score
from unspoken.theory_of_mind.story import (
    Answer,
    Container,
    Question,
    Setting,
    Step,
    StoryError,
    TemplateStory,
    step,
)

__all__ = [
    "Answer",
    "Answerer",
    "Container",
    "Held",
    "Question",
    "Recipe",
    "Report",
    "Setting",
    "Step",
    "StoryError",
    "TemplateStory",
    "labelled",
    "score",
    "step",
    "stories",
]
