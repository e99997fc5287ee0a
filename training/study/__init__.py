"""The study: what each way of reusing an ImageNet trunk brings, all of them trained alike."""

from training.study.running import run_study
from training.study.table import write_table

__all__ = ["run_study", "write_table"]
