#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rewrite an int8 Tesseract network with floating point weights.

usage: int8_to_float.py NET.lstm FLOAT.lstm

Debian ships its models in eight-bit form only, and lstmtraining refuses to
go on from those.  A weight on disc is a small integer and its row has a
scale; the product is the weight.  The precision that was lost does not come
back, but it is close enough a start for fine-tuning.
"""
import sys

from network_file import NetworkFile


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    with open(sys.argv[1], "rb") as f:
        network = NetworkFile(f.read())
    with open(sys.argv[2], "wb") as f:
        f.write(network.out)


if __name__ == "__main__":
    main()
