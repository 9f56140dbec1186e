"""What An Sinh must reach, measured beside its peers in one run; results in docs/benchmarks.md and .json."""
