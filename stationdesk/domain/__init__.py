"""The rules of the station: pure values and functions."""
