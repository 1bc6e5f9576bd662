"""The cases: each module's `run(work, sizes)` sets up, measures and returns results."""
