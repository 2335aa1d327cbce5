#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clean page images for measuring a model, much as hoso does for reading.

usage: clean_pages.py OUT_DIR IMAGE[=NAME][@DPI][^TURN]...

The ink layer (red, fading to blue where the ink is blue), turned back by
TURN degrees, straightened, and no finer than 200 dpi.  The DPI of the file
is used when none is given, and 200 when it has none.
"""
import os
import re
import sys

import numpy as np
from PIL import Image

READ_DPI = 200
WORTH_STRAIGHTENING_DEG = .5


def ink_layer(image):
    if image.mode in ("1", "L", "I;16"):
        return image.convert("L")
    rgb = np.asarray(image.convert("RGB"), np.float32)
    red, blue = rgb[..., 0], rgb[..., 2]
    share = np.clip((blue - red - 30) / 40, 0, 1)
    return Image.fromarray((red + (blue - red) * share).astype(np.uint8))


def skew_deg(grey):
    """The angle at which the sums of the rows differ most."""
    small = grey.reduce(max(1, grey.width // 800))
    dark = np.asarray(small) < np.asarray(small).mean() - 30
    ink = Image.fromarray((dark * 255).astype(np.uint8))

    def sharpness(angle):
        rows = np.asarray(ink.rotate(angle), np.float32).sum(1)
        return float((np.diff(rows) ** 2).sum())
    best = max(np.arange(-6, 6.01, .5), key=sharpness)
    return max(np.arange(best - .4, best + .41, .1), key=sharpness)


def clean(path, dpi, turn):
    image = Image.open(path)
    dpi = dpi or int(round(image.info.get("dpi", (READ_DPI,))[0]))
    grey = ink_layer(image)
    if turn:
        grey = grey.rotate(turn, expand=True)
    angle = skew_deg(grey)
    if abs(angle) > WORTH_STRAIGHTENING_DEG:
        grey = grey.rotate(angle, Image.BICUBIC, fillcolor=255)
    if dpi > 230:
        z = READ_DPI / dpi
        grey = grey.resize((round(grey.width * z), round(grey.height * z)),
                           Image.BOX if z < .5 else Image.LANCZOS)
        dpi = READ_DPI
    return grey, dpi, angle


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for argument in sys.argv[2:]:
        path, name, dpi, turn = re.fullmatch(
            r"([^=@^]+)(?:=([^@^]+))?(?:@(\d+))?(?:\^(-?\d+))?",
            argument).groups()
        name = name or os.path.splitext(os.path.basename(path))[0]
        grey, dpi, angle = clean(path, int(dpi or 0), int(turn or 0))
        grey.save(os.path.join(out, name + ".png"), dpi=(dpi, dpi))
        print(f"{name}: {grey.width} x {grey.height} px, {dpi} dpi, "
              f"turned {angle:+.1f} degrees")


if __name__ == "__main__":
    main()
