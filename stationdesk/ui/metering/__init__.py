"""Metering: the gas of the day by hour and stream, and what is agreed on it."""
