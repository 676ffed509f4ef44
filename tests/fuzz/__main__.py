"""Fuzzes every parser of the verifier, or those that are named, guided by coverage: so many runs of each.

Exit status 1 where one raised what is no refusal; the bytes that did it stay in build/fuzz/.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import atheris

CORPUS = Path("build/fuzz")
RUNS = 20_000
SLOW = {"meaning": 10_000, "package": 3_000, "report": 5_000, "token": 10_000, "zip": 10_000}
"""Parsers that are run less often, because each run takes longer."""
SECONDS = 10
LONGEST = 100_000


def fuzz(name: str) -> None:
    """Run one parser in this process; libFuzzer ends it."""
    with atheris.instrument_imports(include=["app.package.verify", "vault.chain", "asn1crypto", "pyhanko"]):
        from fuzz.parsers import PARSERS, token_reader  # noqa: PLC0415

        token_reader()

    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(PARSERS[name].seed())
    options = [
        f"-runs={SLOW.get(name, RUNS)}", "-seed=1", f"-timeout={SECONDS}", f"-max_len={LONGEST}",
        f"-artifact_prefix={CORPUS / name}-", "-rss_limit_mb=2048",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], PARSERS[name])
    atheris.Fuzz()


def main(names: Sequence[str]) -> int:
    from fuzz.parsers import PARSERS  # noqa: PLC0415

    bad = 0
    for name in names or PARSERS:
        one = [sys.executable, "-m", "fuzz", "--one", name]
        done = subprocess.run(one, capture_output=True, text=True, errors="replace", check=False)
        runs = SLOW.get(name, RUNS)
        is_sound = done.returncode == 0 and f"Done {runs} runs" in done.stderr
        print(f"{name:<16} {runs:>6,} runs: {'nothing uncaught' if is_sound else 'FAILED'}", flush=True)
        if not is_sound:
            bad += 1
            print(done.stderr[-4000:])
    return 1 if bad else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
