"""benchmarks: what measures speed, memory and quality; never a timed test. `RESULTS.md` keeps the last figures with their commands."""
