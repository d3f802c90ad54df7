"""What searches and replays hand over, in numbers: types for ``planning``, which gives names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unspoken._engine import Plan, Reason, Search, Verdict

if TYPE_CHECKING:
    from unspoken._engine import StatedReason

__all__ = ["Plan", "Reason", "Search", "StatedReason", "Verdict"]
