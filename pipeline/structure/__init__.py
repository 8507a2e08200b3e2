"""structure: cleaned lines → blocks with role, level, number and zone; headings, abstract, key words, references, attachments.

Rules over lines and their neighbours; characters and broken lines are the business of `pipeline.clean`. Imports nothing but records and `clean`.
"""

from __future__ import annotations

from pipeline.structure._exports import export_field
from pipeline.structure._names import split_names
from pipeline.structure._numbers import read_value
from pipeline.structure._paths import heading_path, run_in_heading
from pipeline.structure._read import read_structure
from pipeline.structure._script import script_of, shadow
from pipeline.structure._structure import Structure
from pipeline.structure._tables import Cell

__all__ = ["Cell", "Structure", "export_field", "heading_path", "read_structure", "read_value", "run_in_heading", "script_of", "shadow", "split_names"]
