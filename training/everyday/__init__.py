"""What is no painting: pictures gathered from free packages, and pictures made here."""

from training.everyday.collect import EVERYDAY, collect
from training.everyday.made import make

__all__ = ["EVERYDAY", "collect", "make"]
