"""``python -m benchmarks``: which tasks, on what, beside whom."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from benchmarks import report
from benchmarks.processes import Peer
from benchmarks.tasks import TASKS, Settings

ROOT = Path(__file__).parent.parent
SABRE = Path(os.environ.get("UNSPOKEN_SABRE", ROOT.parent / "shared" / "data" / "sabre"))


def peer(text: str) -> Peer:
    try:
        return Peer.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add(
        "--tasks",
        nargs="+",
        choices=TASKS,
        default=list(TASKS),
        metavar="TASK",
        help="of %(choices)s",
    )
    add(
        "--sabre",
        type=Path,
        default=SABRE,
        help="folder with problems/ and goals.csv (%(default)s)",
    )
    add("--only", nargs="+", metavar="NAME", help="only these problems or goals")
    add("--runs", type=int, default=5, help="runs of each measurement (%(default)s)")
    add("--seconds", type=float, default=60, help="the most for one run (%(default)s)")
    add("--peer", type=peer, action="append", default=[], help="NAME='command {world} {goal} ...'")
    add("--output", type=Path, default=report.RESULTS, help="where results go (%(default)s)")
    add("--dry", action="store_true", help="print the table, keep nothing")
    chosen = parser.parse_args()
    if chosen.runs < 1 or chosen.seconds <= 0:
        parser.error("--runs and --seconds are above zero")
    about = report.machine()
    settings = Settings(chosen.sabre, chosen.runs, chosen.seconds, chosen.only, chosen.peer)
    if not settings.problems():
        print(f"no problems in {chosen.sabre}: only shipped stories are measured", file=sys.stderr)
    measurements = []
    for name in chosen.tasks:
        for measurement in TASKS[name](settings):
            measurements.append(measurement)
            runs = f"{measurement.median:,.3g} {measurement.unit}" if measurement.runs else "-"
            subject = f"{measurement.task} {measurement.subject} {measurement.who}"
            print(f"{subject:60} {runs}", file=sys.stderr, flush=True)
    print(report.table(measurements))
    if not chosen.dry:
        print(f"kept in {report.keep(measurements, about, chosen.output)}", file=sys.stderr)
    return 0


sys.exit(main())
