"""Speed, as a ratio against a floor or a peer in the same run, printed and never asserted: `python -m tests.benchmarks [NAME …]`."""
