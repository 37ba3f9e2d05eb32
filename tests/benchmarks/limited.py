"""python -m tests.benchmarks.limited BYTES MODULE ...: runs a module that may let no file grow beyond so many bytes."""

import os
import resource
import sys

limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])
