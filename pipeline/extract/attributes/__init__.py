"""Attributes of factors beside the encoder's: force 力度, voice 出言者, where and when, each read from words that can be shown."""

from __future__ import annotations

from pipeline.extract.attributes._complete import Reading, complete, readings

__all__ = ["Reading", "complete", "readings"]
