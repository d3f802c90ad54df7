"""Our own sections: from the tree to ``model.Telling`` and ``model.PlanSettings``."""

from __future__ import annotations

from collections.abc import Sequence

from unspoken.language.checking import Checker
from unspoken.language.diagnostics import Diagnostic
from unspoken.language.scope import Signatures
from unspoken.language.tree import ApparatusDefinition, EventDefinition, Section
from unspoken.model import PlanSettings, Telling


class Sections:
    """Reads the sections of a world whose names are all known."""

    def __init__(
        self,
        check: Checker,
        events: Signatures[EventDefinition],
        diagnostics: list[Diagnostic],
    ) -> None:
        self.check = check
        self.events = events
        self.diagnostics = diagnostics

    def read(
        self, sections: Sequence[Section], apparatus: Sequence[ApparatusDefinition]
    ) -> tuple[PlanSettings, Telling]:
        return PlanSettings(), Telling()
