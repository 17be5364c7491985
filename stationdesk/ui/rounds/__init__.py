"""Rounds: the timeline of the shift, one round walked by keyboard, what was walked before."""
