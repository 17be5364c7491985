"""The roster engine: rules as data in, the best roster found and a proven lower bound out.

Column generation over whole-person rosters with an exact, compiled pricing step, and a neighbourhood search made of both;
docs/adr/0019-roster-engine.md says why.
It knows nothing of the station's store or of its folders. numba and highspy are loaded in the processes it starts, never in the window's.
"""
