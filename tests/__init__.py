"""The checks of StationDesk: `python3 main.py --test` runs them all."""
