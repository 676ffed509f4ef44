"""The two programs as they are, but for what keeps other programs out of their memory: strace has to read there.

python watchable.py holdfast|holdfast-cli ARGUMENT…
"""

import importlib
import sys

MAINS = {"holdfast": ("ui.__main__", "keep_others_out"), "holdfast-cli": ("app.__main__", "harden")}

if __name__ == "__main__":
    module, guard = MAINS[sys.argv.pop(1)]
    program = importlib.import_module(module)
    setattr(program, guard, lambda: None)
    sys.exit(program.main())
