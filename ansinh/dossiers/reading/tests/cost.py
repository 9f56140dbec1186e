"""What a call costs, for tests that hold a cost to the length of the input and not to the clock."""
import time
import timeit

# Shorter than this nothing can be told apart.
GRAIN = 0.05


def least_cpu(call, *given) -> float:
    """CPU seconds of the quickest of three, so that what else the machine does is left out; at least the grain."""
    return max(GRAIN, min(timeit.repeat(lambda: call(*given), timer=time.process_time, repeat=3, number=1)))
