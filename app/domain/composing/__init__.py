"""Proposes an agenda: which of the waiting topics fit the evening, and in which order."""

from app.domain.composing.composer import compose
from app.domain.composing.model import (
    Candidate,
    Infeasible,
    Instance,
    LeftOut,
    Placed,
    Proposal,
    Why,
    WhyCode,
    check,
)

__all__ = [
    "Candidate",
    "Infeasible",
    "Instance",
    "LeftOut",
    "Placed",
    "Proposal",
    "Why",
    "WhyCode",
    "check",
    "compose",
]
