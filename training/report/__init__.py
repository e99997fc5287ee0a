"""The report of an evaluation: figures, diagrams and the surest mistakes, for people to read."""

from training.report.evaluated import Evaluated, Head
from training.report.gathering import Answers, gather
from training.report.page import write_report

__all__ = ["Answers", "Evaluated", "Head", "gather", "write_report"]
