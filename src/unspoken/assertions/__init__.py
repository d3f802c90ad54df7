"""Tests that authors write: whether what they assert of a world's stories holds.

Receives a world that finds stories, behind a protocol, and its tests; hands on plain results.
Deliberately does not know how stories are found, or told.
"""

from unspoken.assertions.blessed import Kept
from unspoken.assertions.difference import Place
from unspoken.assertions.junit import junit
from unspoken.assertions.results import Report, Result
from unspoken.assertions.running import SECONDS, Wanted, report
from unspoken.model import StoryTest

__all__ = ["SECONDS", "Kept", "Place", "Report", "Result", "StoryTest", "Wanted", "junit", "report"]
