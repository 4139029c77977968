"""Reading welfare plans from the documents that municipalities hold.

Callers use `read_safely` for a file and `read_pasted_safely` for a paste; both answer with a
`Reading` or raise `Invalid` with one sentence.
"""

from app.importers.reading import Passed, Problem, Reading
from app.importers.safely import read_pasted_safely, read_safely

__all__ = ["Passed", "Problem", "Reading", "read_pasted_safely", "read_safely"]
