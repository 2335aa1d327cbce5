# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws a page of lines as a printer would, and knows each line's box.

Many lines stand on a page, close together, so that the crop of one holds
strokes of its neighbours, as crops of real pages do.
"""
import os
import unicodedata

from PIL import Image, ImageDraw, ImageFont

PRINT_DPI = 400
PT = PRINT_DPI / 72
REGULAR, BOLD, ITALIC, BOLD_ITALIC = range(4)

# weight, files for regular, bold, italic, bold italic
TRUETYPE = "/usr/share/fonts/truetype/"
GYRE = "/usr/share/texmf/fonts/opentype/public/tex-gyre/"
STIX = "/usr/share/fonts/opentype/stix-word/STIX-"
PLAIN4 = ("Regular", "Bold", "Italic", "BoldItalic")
OBLIQUE4 = ("", "Bold", "Oblique", "BoldOblique")
FAMILIES = (
    (34, [f"{TRUETYPE}croscore/Tinos-{s}.ttf" for s in PLAIN4]),
    (16, [f"{TRUETYPE}freefont/FreeSerif{s}.ttf"
          for s in ("", "Bold", "Italic", "BoldItalic")]),
    (15, [f"{GYRE}texgyretermes-{s.lower()}.otf" for s in PLAIN4]),
    (6, [f"{STIX}{s}.otf" for s in PLAIN4]),
    (7, [f"{TRUETYPE}noto/NotoSerif-{s}.ttf" for s in PLAIN4]),
    (2, [f"{TRUETYPE}dejavu/DejaVuSerif{s}.ttf"
         for s in ("", "-Bold", "-Italic", "-BoldItalic")]),
    (2, [f"{GYRE}texgyrepagella-{s.lower()}.otf" for s in PLAIN4]),
    (7, [f"{TRUETYPE}croscore/Arimo-{s}.ttf" for s in PLAIN4]),
    (3, [f"{TRUETYPE}crosextra/Carlito-{s}.ttf" for s in PLAIN4]),
    (3, [f"{TRUETYPE}noto/NotoSans-{s}.ttf" for s in PLAIN4]),
    (2, [f"{TRUETYPE}freefont/FreeSans{s}.ttf" for s in OBLIQUE4]),
    (2, [f"{TRUETYPE}dejavu/DejaVuSans{s}.ttf"
         for s in ("", "-Bold", "-Oblique", "-BoldOblique")]),
)
# Never trained on: these test whether the result holds for other fonts.
LIBERTINE = "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R"
HELD_BACK = (
    (1, [f"{LIBERTINE}{s}.otf" for s in ("", "B", "I", "BI")]),
    (1, [f"{TRUETYPE}charis/CharisSIL-{s}.ttf" for s in PLAIN4]),
    (1, [f"{TRUETYPE}open-sans/OpenSans-{s}.ttf" for s in PLAIN4]),
)
# chance of each kind of line, and of each style in it
KINDS = {"running": (.36, (.62, .08, .27, .03)),
         "heading": (.24, (.22, .73, 0, .05)),
         "letter_line": (.15, (.5, .25, .2, .05)),
         "form_field": (.09, (.75, .12, .1, .03)),
         "table_row": (.09, (.85, .1, .05, 0)),
         "odd_syllables": (.07, (.5, .3, .15, .05))}
# the same for pages of dates and numbers
DATED = {"dated_line": (.55, (.2, .08, .64, .08)),
         "table_row": (.15, (.7, .1, .2, 0)),
         "form_field": (.15, (.5, .15, .3, .05)),
         "heading": (.15, (.1, .8, 0, .1))}

TONES = "\u0301\u0300\u0309\u0303"       # acute, grave, hook, tilde


def stacked(letter):
    """(letter without tone, tone) of a doubly marked letter, or None."""
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) == 3 and parts[1] in "\u0302\u0306" and parts[2] in TONES:
        return unicodedata.normalize("NFC", parts[:2]), parts[2]
    return None


class TonePlaces:
    """Where this page's font puts the tone over ^ and breve.

    Times New Roman and its free twins differ most in this, so it is drawn
    by lot: from stacked on top to beside, half sunk into the first mark.
    """

    def __init__(self, random):
        u = random.uniform
        side = random.choice((0, u(0, .06), u(.04, .15)))
        sink = u(-.35, .5) if side > .03 else u(-.25, .1)
        left = random.choice((-1, -1, 1))
        self.size = u(.74, 1.0)
        self.shift = {"\u0301": (side + u(-.03, .03), sink),
                      "\u0300": (left * side + u(-.03, .03), sink),
                      "\u0309": (side + u(-.05, .05), sink * .7),
                      "\u0303": (u(-.04, .04), u(-.25, .1))}


class Press:
    """Draws words; keeps fonts and the measures of single glyphs."""

    def __init__(self, tones):
        self.tones = tones
        self.fonts = {}
        self.measured = {}

    def font(self, path, size_px):
        key = path, size_px
        if key not in self.fonts:
            self.fonts[key] = ImageFont.truetype(
                path, size_px, layout_engine=ImageFont.Layout.BASIC)
        return self.fonts[key]

    def ink_box(self, font, text):
        """The box of the ink itself about the pen; PIL's own box is wrong
        for marks that stand alone."""
        key = font.path, font.size, text
        if key not in self.measured:
            s = font.size * 2
            room = s + int(font.getlength(text)) + s
            im = Image.new("L", (room, 2 * s), 0)
            ImageDraw.Draw(im).text((s, s), text, 255, font, anchor="ls")
            box = im.getbbox() or (s, s, s, s)
            self.measured[key] = tuple(v - s for v in box)
        return self.measured[key]

    def word(self, draw, x, base, text, font):
        """Draws it and returns the top and bottom of its ink about base."""
        if not self.tones or not any(stacked(c) for c in text):
            draw.text((x, base), text, 255, font, anchor="ls")
            box = font.getbbox(text, anchor="ls")
            return box[1], box[3]
        plain = "".join((stacked(c) or (c,))[0] for c in text)
        draw.text((x, base), plain, 255, font, anchor="ls")
        box = font.getbbox(plain, anchor="ls")
        top = box[1]
        for i, c in enumerate(text):
            if stacked(c):
                at = x + font.getlength(plain[:i])
                top = min(top, self.tone(draw, at, base, c, font))
        return top, box[3]

    def tone(self, draw, x, base, letter, font):
        below, tone = stacked(letter)
        side, sink = self.tones.shift[tone]
        small = self.font(font.path, max(8, int(font.size * self.tones.size)))
        mark = self.ink_box(small, tone)
        body = self.ink_box(font, below)
        bare = unicodedata.normalize("NFD", below)[0]
        first_mark = self.ink_box(font, bare)[1] - body[1]
        middle = (body[0] + body[2]) / 2 + side * font.size
        low = body[1] + sink * first_mark - .03 * font.size
        draw.text((x + middle - (mark[0] + mark[2]) / 2,
                   base + low - mark[3]), tone, 255, small, anchor="ls")
        return int(low - mark[3] + mark[1])


class Page:
    """A page being set, line by line, from the top."""

    def __init__(self, random, texts, families, kinds):
        self.r, self.texts, self.kinds = random, texts, kinds
        self.press = Press(None if random.random() < .35
                           else TonePlaces(random))
        weights, choices = zip(*families)
        self.family = random.choices(choices, weights)[0]
        for path in self.family:
            if not os.path.exists(path):
                raise SystemExit(f"the font '{path}' is not installed")
        self.width = int(6.5 * PRINT_DPI)
        self.image = Image.new("L", (self.width, 13 * PRINT_DPI), 0)
        self.draw = ImageDraw.Draw(self.image)
        self.y = 12 * PT
        self.lines = []                     # (left, top, right, bottom, text)
        self.base_pt = random.uniform(11.5, 14.5)
        self.leading = random.uniform(0, .5)
        self.ruled = random.random() < .15
        self.flow = []

    def set_block(self, room):
        """A few lines of one kind and style; returns how many."""
        r = self.r
        kind = r.choices(list(self.kinds),
                         [w for w, _ in self.kinds.values()])[0]
        style = r.choices(range(4), self.kinds[kind][1])[0]
        pt = self.base_pt
        if kind in ("form_field", "table_row", "letter_line"):
            pt *= r.choice((1, r.uniform(.76, 1)))
        elif kind == "heading":
            pt *= r.uniform(.92, 1.15)
        space = r.uniform(.9, 1.3)
        self.flow = self.texts.running(200)
        count = min(room, r.randint(2, 8) if kind == "running"
                    else r.randint(1, 5))
        for _ in range(count):
            self.set_line(kind, self.family[style], pt, space)
        return count

    def set_line(self, kind, path, pt, space):
        r = self.r
        font = self.press.font(path, max(12, int(pt * PT)))
        gap = font.getlength(" ") * space
        left = int(r.uniform(.02, .1) * self.width)
        room = self.width - left - int(.03 * self.width)
        if kind == "running":
            words = self.take_flow(font, gap, room)
            if r.random() < .6 and len(words) > 4:          # justified
                ink = sum(font.getlength(w) for w in words)
                gap = min(gap * 2, (room - ink) / (len(words) - 1))
        else:
            words = self.texts.clean(getattr(self.texts, kind)()).split()
            ink = sum(font.getlength(w) for w in words)
            slack = room - ink - gap * (len(words) - 1)
            left += int(r.uniform(0, max(0, slack)))
        if not words:
            return
        high = -font.getbbox("d", anchor="ls")[1]
        deep = font.getbbox("p", anchor="ls")[3]
        base = int(self.y + high * 1.45)
        right, top, bottom, done = self.place_words(
            words, left, base, font, gap, r.random() < .3
            and kind == "table_row")
        if not done:
            return
        self.lines.append((left, base + min(top, -high), right,
                           base + max(bottom, deep), " ".join(done)))
        self.rules(left, right, base, deep, pt, kind == "table_row")
        self.y = base + deep + self.leading * pt * PT * r.uniform(.5, 1.4)

    def take_flow(self, font, gap, room):
        words, used = [], 0
        while self.flow:
            wide = font.getlength(self.flow[0])
            if words and used + wide > room:
                break
            words.append(self.flow.pop(0))
            used += wide + gap
        return words

    def place_words(self, words, left, base, font, gap, wide_gaps):
        r = self.r
        x, top, bottom, done = left, 0, 0, []
        spread = r.uniform(.01, .06) * font.size if r.random() < .04 else 0
        for word in words:
            wide = font.getlength(word) + spread * len(word)
            if x + wide > self.width - 8:
                break
            if spread:
                at = x
                for c in word:
                    self.press.word(self.draw, at, base, c, font)
                    at += font.getlength(c) + spread
                up, down = font.getbbox(word, anchor="ls")[1::2]
            else:
                up, down = self.press.word(self.draw, x, base, word, font)
            top, bottom = min(top, up), max(bottom, down)
            done.append(word)
            right = x + wide
            x = right + gap * (r.uniform(1.5, 5) if wide_gaps else 1)
        return (right if done else left), top, bottom, done

    def rules(self, left, right, base, deep, pt, in_table):
        """Underlines, dotted leaders and the frame of a table's cell."""
        r, em = self.r, pt * PT
        line = self.draw.line
        thin = max(1, int(r.uniform(.4, .9) * PT))
        if r.random() < .05:
            y = base + r.uniform(.14, .35) * em
            start = left + r.uniform(0, .3) * (right - left)
            end = right - r.uniform(0, .3) * (right - left)
            line((start, y, end, y), 255, thin)
        elif r.random() < .03:
            y = base + r.uniform(.08, .2) * em
            for x in range(int(left), int(right), max(4, int(.28 * em))):
                line((x, y, x + thin, y), 255, thin)
        if in_table and self.ruled or r.random() < .015:
            out = r.uniform(2, 6) * PT
            up, down = base - 1.3 * em, base + deep + .15 * em
            for x in (left - out, right + out):
                if r.random() < .8:
                    line((x, up, x, down), 255, thin)
            for y in (up, down):
                if r.random() < .6:
                    line((left - out, y, right + out, y), 255, thin)


def print_page(random, texts, lines_wanted, families=FAMILIES, kinds=KINDS):
    """A page as (image of ink, boxes with text)."""
    page = Page(random, texts, families, kinds)
    left = lines_wanted
    while left > 0 and page.y < page.image.height - PRINT_DPI:
        left -= page.set_block(left)
    height = int(page.y + 12 * PT)
    return page.image.crop((0, 0, page.width, height)), page.lines
