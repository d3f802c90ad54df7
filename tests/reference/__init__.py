"""The judge: a slow, obvious reading of the semantics, to hold the fast engine to.

Receives a ``unspoken.model.Storyworld`` and nothing else of the project: no code is shared with
the engine, the compiler or the planner. Written from the semantics page, whose section numbers
the comments carry; where the page leaves a choice, `decisions/minds.md` makes it and the
comment says so.

    expressions.py   what an expression says, once its variables are filled        (1.5, 1.6, 4)
    semantics.py     states, the beginning, one action, surprise, triggers         (2, 3.3)
    validity.py      which plans are solutions, and all of them, for tiny worlds   (3.1, 3.4)
"""
