#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Average networks that were tuned from the same start.

usage: average_networks.py OUT.lstm NET.lstm...

lstmtraining uses one core.  Two runs from one start over different lines,
averaged weight by weight, use two, and the mean is better than either: what
each learned of its own lines only is halved, what both learned stays.
"""
import sys

import numpy as np

from network_file import NetworkFile


def main():
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    files = []
    for path in sys.argv[2:]:
        with open(path, "rb") as f:
            files.append(f.read())
    sets = [NetworkFile(data).matrices for data in files]
    for other in sets[1:]:
        if [m.shape for m in other] != [m.shape for m in sets[0]]:
            raise SystemExit("the networks are not of one shape")
    means = [np.mean(same, axis=0) for same in zip(*sets)]
    mean = NetworkFile(files[0], lambda number, matrix: means[number])
    with open(sys.argv[1], "wb") as f:
        f.write(mean.out)


if __name__ == "__main__":
    main()
