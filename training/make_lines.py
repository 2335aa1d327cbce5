#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make worn pages of administrative print, with a box and the text per line.

usage: make_lines.py CORPUS_DIR UNICHARSET OUT_DIR SEED PAGES [dated|held-back]

CORPUS_DIR holds running text (*.txt, one law a file).  The same seed makes
the same pages, on the same versions of the fonts and of Pillow.  With
"dated" the pages are of dates and numbers, mostly in italics; with
"held-back" they are set in the fonts that are never trained on, and the
text is written beside each page: measure_model.py reads both.
"""
import os
import random
import sys

from print_page import DATED, FAMILIES, HELD_BACK, KINDS, print_page
from scan_wear import scan_page
from text_maker import TextMaker, read_charset


def write_boxes(r, stem, image, boxes):
    """Boxes are a little loose or tight, as a layout finder's are."""
    def loose(low, high):
        return r.uniform(low, high)
    with open(stem + ".box", "w", encoding="utf-8") as f:
        for left, top, right, bottom, text in boxes:
            lot = r.random()
            edge = (3, 9) if lot < .07 else (-3, 0) if lot < .14 else (-1, 2.5)
            x0 = int(max(0, left - loose(-1, 4)))
            x1 = int(min(image.width, right + loose(-1, 4)))
            y0 = int(max(0, top - loose(*edge)))
            y1 = int(min(image.height, bottom + loose(*edge)))
            up, down = image.height - y0, image.height - y1
            f.write(f"WordStr {x0} {down} {x1} {up} 0 #{text}\n"
                    f"\t {x1} {down} {x1 + 1} {up} 0\n")


def main():
    special = sys.argv[6:]
    if len(sys.argv) < 6 or special not in ([], ["dated"], ["held-back"]):
        raise SystemExit(__doc__)
    families = HELD_BACK if special == ["held-back"] else FAMILIES
    kinds = DATED if special == ["dated"] else KINDS
    corpus, unicharset, out = sys.argv[1:4]
    seed, pages = int(sys.argv[4]), int(sys.argv[5])
    os.makedirs(out, exist_ok=True)
    r = random.Random(seed)
    texts = TextMaker(r, corpus, read_charset(unicharset))
    for number in range(pages):
        printed, boxes = print_page(r, texts, r.randint(20, 32),
                                    families, kinds)
        image, boxes = scan_page(r, r.getrandbits(32), printed, boxes, texts)
        stem = os.path.join(out, f"s{seed}-{number:04d}")
        image.save(stem + ".png", dpi=(200, 200))
        write_boxes(r, stem, image, boxes)
        if families is HELD_BACK:
            with open(stem + ".txt", "w", encoding="utf-8") as f:
                f.writelines(box[4] + "\n" for box in boxes)


if __name__ == "__main__":
    main()
