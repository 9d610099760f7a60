"""How fast, how big: measured, never tested. `python -m tests.benchmarks` writes docs/performance.md."""
