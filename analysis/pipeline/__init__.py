"""The method: text in, statements and tags out. Pure Python: no Django, clock, network or files beyond its own data.

`analyse` is the one entry; the same text and codebook always give the same result, and `PIPELINE_ID` names the method.
"""

from analysis.pipeline.results import Analysis, Statement, Tag
from analysis.pipeline.tag import PIPELINE_ID, analyse

__all__ = ["PIPELINE_ID", "Analysis", "Statement", "Tag", "analyse"]
