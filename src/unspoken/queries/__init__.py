"""Answers from a chronicle, each with its evidence; and questions to whoever reads it.

    question -> formal | english -> Query -> holding | comparing | deeds -> Answer
    chronicle, model, a telling -> carried -> Questions

Receives a chronicle, the model (or a ledger's people) and questions, and hands on answers
(``questioning``); or a telling, and hands on questions whose answers are exact and which that page
carries. Knows neither the engine nor how anything is printed.
"""

from unspoken.queries.questions import Kind, Place, Question, Questions, questions

__all__ = ["Kind", "Place", "Question", "Questions", "questions"]
