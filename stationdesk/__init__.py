"""The desk of a manned station."""

__version__ = "0.1.0"
