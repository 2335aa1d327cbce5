#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measure models on cleaned pages: words, numbers, names and CPU.

usage: measure_model.py MODEL_DIR PAGES_DIR TRUTH_DIR MODEL...

PAGES_DIR has NAME.png, TRUTH_DIR NAME.txt or NAME.gt.txt (a mark-up like
[[stamp:...]] is dropped).  Error = 100 - F1 over the words of a page, in any
order; "folded" is the same without case and marks; numbers are the words
with a digit; names are words that begin with a capital, whole capitals
apart.
"""
import collections
import glob
import os
import re
import resource
import subprocess
import sys
import unicodedata

WORD = re.compile(r"[^\s.,;:()“”\"'\-–/]+")
MARK_UP = re.compile(r"\[\[[a-z]+:.*?\]\]", re.S)


def fold(text):
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


def has_digit(word):
    return any(c.isdigit() for c in word)


def like_name(word):
    return word[0].isupper() and not word.isupper() and not has_digit(word)


KINDS = {"words": lambda w: True, "numbers": has_digit, "names": like_name,
         "capitals": lambda w: w.isupper() and not has_digit(w)}


def words(text):
    return WORD.findall(unicodedata.normalize("NFC", text))


class Tally:
    def __init__(self):
        self.shared = self.all = 0

    def add(self, truth, read):
        a, b = collections.Counter(truth), collections.Counter(read)
        self.shared += 2 * sum((a & b).values())
        self.all += sum(a.values()) + sum(b.values())

    def error(self):
        return 100 - 100 * self.shared / max(1, self.all)


def truth_of(folder, name):
    for ending in (".txt", ".gt.txt"):
        path = os.path.join(folder, name + ending)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                return words(MARK_UP.sub(" ", f.read()))
    raise SystemExit(f"no truth for '{name}' in '{folder}'")


def read(page, model_dir, model):
    return words(subprocess.run(
        ["tesseract", page, "-", "--tessdata-dir", model_dir, "-l", model,
         "--psm", "3", "--oem", "1", "-c", "tessedit_do_invert=0"],
        check=True, capture_output=True, text=True).stdout)


def cpu_s():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    if len(sys.argv) < 5:
        raise SystemExit(__doc__)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    model_dir, pages, truth_dir = sys.argv[1:4]
    for model in sys.argv[4:]:
        tallies = {k: Tally() for k in [*KINDS, "folded"]}
        start, single = cpu_s(), []
        for page in sorted(glob.glob(os.path.join(pages, "*.png"))):
            name = os.path.basename(page)[:-4]
            truth, got = truth_of(truth_dir, name), \
                read(page, model_dir, model)
            for kind, belongs in KINDS.items():
                tallies[kind].add(filter(belongs, truth),
                                  filter(belongs, got))
            tallies["folded"].add(map(fold, truth), map(fold, got))
            one = Tally()
            one.add(truth, got)
            single.append(f"{name} {one.error():.1f}")
        print(f"{model}: " + ", ".join(
            f"{k} {t.error():.2f} %" for k, t in tallies.items())
            + f", CPU {cpu_s() - start:.1f} s", flush=True)
        if os.environ.get("EACH_PAGE"):
            print("  " + "; ".join(single), flush=True)


if __name__ == "__main__":
    main()
