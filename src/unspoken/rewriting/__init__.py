"""A telling's paragraphs in a language model's words, where those pass the gate; off by default.

    telling -> locks, brief -> endpoint | cache -> gate -> telling

Receives a chronicle, the model, a telling of it, and something to ask; hands on the telling with
what became of each paragraph. Safe by ignorance first: what is sent has one paragraph and what its
mind holds, never the log, the truth, another mind or what comes later. Then by a gate, which knows
more and says nothing of it.
"""

from unspoken.rewriting.cache import Cache
from unspoken.rewriting.endpoint import Endpoint, EndpointError
from unspoken.rewriting.rewrite import Ask, Report, Rewritten, rewrite

__all__ = [
    "Ask",
    "Cache",
    "Endpoint",
    "EndpointError",
    "Report",
    "Rewritten",
    "rewrite",
]
