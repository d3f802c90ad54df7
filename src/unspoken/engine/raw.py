"""What searches and replays hand over, in numbers: types for ``planning``, which gives names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unspoken._engine import Account, Plan, Reason, Search, Solutions, Verdict

if TYPE_CHECKING:
    from unspoken._engine import Demand, StatedReason

__all__ = ["Account", "Demand", "Plan", "Reason", "Search", "Solutions", "StatedReason", "Verdict"]
