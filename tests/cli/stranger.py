#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reader of packages written from docs/format.md alone.

It uses nothing of hoso and nothing but Python's own library. Each "must" of
the format that can be seen in a package is checked; the first one that does
not hold ends it with exit code 1.

    stranger.py PACKAGE.tar …        prints: id, version, pages, words

An amendment is read together with the packages before it, which stand beside
it.
"""
import hashlib
import json
import os
import re
import sys
import tarfile

TAGS = ["tagmanifest-sha256.txt", "bag-info.txt", "bagit.txt",
        "manifest-sha256.txt"]
RECORD = ["schema", "id", "kind", "batch", "title", "stored_at", "state",
          "recogniser", "access", "sources", "fields", "versions", "pages"]
SOURCE = ["name", "name_hex", "sha256", "bytes", "media_type", "path", "pages"]
PAGE = ["source", "source_page", "width", "height", "dpi", "dpi_assumed",
        "turn", "skew", "confidence", "state", "doubts", "cause", "origin",
        "lines"]
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif",
           "image/webp": "webp", "image/jp2": "jp2", "application/pdf": "pdf"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def must(holds, what):
    if not holds:
        raise SystemExit(f"stranger: {what}")


def unique(pairs):
    must(len({name for name, _ in pairs}) == len(pairs), "a name twice")
    return dict(pairs)


def read_members(path):
    """Sections 1 and 2: the tar. Returns the id, the version and the files of
    the bag."""
    match = re.fullmatch(r"(\d{4})-(\d{6,})(?:\.([1-9]\d*))?\.tar",
                         os.path.basename(path))
    must(match, f"{path} has no name of a package")
    folder = os.path.join(match[1], f"{int(match[2]) // 1000:03d}")
    must(os.path.dirname(os.path.abspath(path)).endswith(folder),
         f"{path} is not in its place")
    document, version = f"{match[1]}-{match[2]}", int(match[3] or 1)
    must(match[3] != "1", "an amendment that is none")
    name = document if version == 1 else f"{document}.{version}"
    must(os.path.getsize(path) % 10240 == 0, "the end is not padded")
    files, times = {}, set()
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            must(member.isreg() and member.name.isascii(), member.name)
            must((member.uid, member.gid, member.uname, member.gname,
                  member.mode) == (0, 0, "", "", 0o644), member.name)
            bag, _, inner = member.name.partition("/")
            must(bag == name and inner and inner not in files, member.name)
            must(".." not in inner.split("/"), member.name)
            files[inner] = tar.extractfile(member).read()
            times.add(member.mtime)
    must(len(times) == 1, "more than one time")
    order = list(files)
    must(order[:4] == TAGS and order[4:] == sorted(order[4:]),
         "members out of order")
    return document, version, files


def check_bag(document, version, files):
    """Section 2.1: complete and valid."""
    name = document if version == 1 else f"{document}.{version}"
    must(files["bagit.txt"] == b"BagIt-Version: 1.0\n"
         b"Tag-File-Character-Encoding: UTF-8\n", "bagit.txt")
    listed = {}
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = files[manifest].decode("ascii").splitlines()
        paths = [line[66:] for line in lines]
        must(paths == sorted(paths), f"{manifest} is out of order")
        for line, inner in zip(lines, paths):
            must(re.fullmatch(r"[0-9a-f]{64}  \S.*", line), line)
            must(inner not in listed, f"{inner} is listed twice")
            must(inner.startswith("data/") == (manifest[0] == "m"), inner)
            listed[inner] = line[:64]
    must(set(listed) == set(files) - {"tagmanifest-sha256.txt"},
         "files and manifests differ")
    for inner, digest in listed.items():
        must(hashlib.sha256(files[inner]).hexdigest() == digest,
             f"{inner} is not what its manifest says")
    info = dict(line.split(": ", 1) for line in
                files["bag-info.txt"].decode("utf-8").splitlines())
    payload = [f for f in files if f.startswith("data/")]
    oxum = f"{sum(len(files[f]) for f in payload)}.{len(payload)}"
    must(info["Payload-Oxum"] == oxum, "Payload-Oxum")
    must(info["External-Identifier"] == name, "External-Identifier")
    if version > 1:
        must(info["Bag-Group-Identifier"] == document and
             info["Bag-Count"] == f"{version} of ?", "an amendment's bag")


def page_text(page):
    blocks, last = [], None
    for line in page["lines"]:
        must(list(line) == ["block", "box", "words"], "a line")
        must(last is None or line["block"] >= last, "blocks fall")
        if line["block"] != last:
            blocks.append("")
        last = line["block"]
        for text, x, y, w, h, confidence, *raw in line["words"]:
            must(len(raw) <= 1, "a word with too much")
            must(text and not re.search(r"\s", text), "a word")
            must(0 <= x and x + w <= page["width"] and 0 <= y and
                 y + h <= page["height"], "a word lies outside its page")
            must(0 <= confidence <= 100, "a confidence")
        blocks[-1] += " ".join(word[0] for word in line["words"]) + "\n"
    return "\n".join(blocks)


def state_of(pages):
    states = {page["state"] for page in pages}
    if states & {"failed", "timeout"}:
        return "partial"
    return "doubtful" if states & {"low", "blank"} else "ok"


def load_record(files):
    return json.loads(files["data/record.json"].decode("utf-8"),
                      object_pairs_hook=unique)


def check_amendment(files, own, before):
    """Section 2.3: what an amendment holds, and what it must not change.
    files: of the whole document; own: of the amendment alone."""
    must({"data/record.json", "data/premis.xml"} <= set(own) and
         not any(f.startswith("data/original/") for f in own),
         "what an amendment holds")
    record, old = load_record(files), load_record(before)
    for member in ("id", "kind", "batch", "stored_at", "sources"):
        must(record[member] == old[member], f"{member} was amended")
    must(len(record["pages"]) == len(old["pages"]), "pages were amended")
    must(record["versions"][:len(old["versions"])] == old["versions"],
         "the history was amended")
    for version in record["versions"]:
        must(isinstance(version.get("seconds", 0), int), "how long it took")


def check_record(name, files):
    """Sections 2.2 and 3. Returns the record."""
    record = json.loads(files["data/record.json"].decode("utf-8"),
                        object_pairs_hook=unique)
    must(list(record) == RECORD and record["schema"] == 1, "the record")
    must(record["id"] == name, "the record is of another document")
    must(record["kind"] in ("result", "staff", "work"), "kind")
    must(TIME.fullmatch(record["stored_at"]), "stored_at")
    must(record["state"] == state_of(record["pages"]), "state")
    must(record["versions"] and record["versions"][0]["number"] == 1,
         "versions")
    for number, source in enumerate(record["sources"], 1):
        must(list(source) == SOURCE, "a source")
        ending = ENDINGS.get(source["media_type"], "bin")
        must(source["path"] == f"data/original/{number:04d}.{ending}",
             source["path"])
        original = files[source["path"]]
        must(len(original) == source["bytes"] and
             hashlib.sha256(original).hexdigest() == source["sha256"],
             f"{source['path']} is not what the record says")
    for number, page in enumerate(record["pages"], 1):
        may = ("dropped", "marks", "layer", "quality")
        must([m for m in page if m not in may] == PAGE, "a page")
        layer = page.get("layer", {"fate": "", "why": "", "text": ""})
        must(list(layer) == ["fate", "why", "text"], "the text layer")
        for mark in page.get("marks", []):
            must(list(mark) == ["kind", "box", "confidence", "lines"] and
                 mark["kind"] in ("seal", "signature", "stamp", "signing"),
                 "a mark")
        must(page["source"] < len(record["sources"]), "source of a page")
        must(page["turn"] in (0, 90, 180, 270), "turn")
        must(b"<alto" in files[f"data/ocr/{number:04d}.xml"], "ALTO")
    text = "\f".join(page_text(page) for page in record["pages"])
    must(files["data/text.txt"].decode("utf-8") == text,
         "text.txt is not made of the record's words")
    expected = {f"data/ocr/{n:04d}.xml"
                for n in range(1, len(record["pages"]) + 1)}
    expected |= {source["path"] for source in record["sources"]}
    expected |= {f"data/{name}" for name in
                 ("access.pdf", "premis.xml", "record.json", "text.txt")}
    must(expected == {f for f in files if f.startswith("data/")}, "payload")
    must(files["data/access.pdf"].startswith(b"%PDF-"), "access.pdf")
    must(b'"http://www.loc.gov/premis/v3"' in files["data/premis.xml"],
         "premis.xml")
    return record


def main(paths):
    for path in paths:
        name, version, own = read_members(path)
        check_bag(name, version, own)
        files = own
        if version > 1:
            first = os.path.join(os.path.dirname(path), name)
            files = read_members(f"{first}.tar")[2]
            for number in range(2, version + 1):
                before = dict(files)
                later = read_members(f"{first}.{number}.tar")[2]
                files.update(later)
                check_amendment(files, later, before)
        record = check_record(name, files)
        must(record["versions"][-1]["number"] == version, "its version")
        words = sum(len(line["words"]) for page in record["pages"]
                    for line in page["lines"])
        print(name, version, len(record["pages"]), words)


main(sys.argv[1:])
