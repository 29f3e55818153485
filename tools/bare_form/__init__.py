"""The plainest honest Django form, to measure our journey beside. Mounted by `tools.measure_journey` alone."""
