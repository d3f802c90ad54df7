"""Answers from a chronicle, each with its evidence; and so far, the questions to them.

    chronicle, model, a telling -> carried -> Questions

Receives a chronicle, the model and a telling of it; hands on questions whose answers are exact and
which that page carries. Knows neither the engine nor how questions are printed.
"""

from unspoken.queries.questions import Kind, Place, Question, Questions, questions

__all__ = ["Kind", "Place", "Question", "Questions", "questions"]
