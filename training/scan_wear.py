# SPDX-License-Identifier: GPL-3.0-or-later
"""Wears a printed page the way print, stamps, scanner and file do.

What comes out is like a page after hoso's cleaning: one grey channel at
about 200 dpi, upright, with a rest of skew and faint remains of red seals.
"""
import io
import math

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy import ndimage

from print_page import PRINT_DPI, TRUETYPE

READ_DPI = 200
SEAL_FONT = TRUETYPE + "croscore/Arimo-Bold.ttf"


class Wear:
    def __init__(self, random, seed):
        self.r = random
        self.noise = np.random.RandomState(seed % 2**32)
        self.dpi = random.choices((200, 300, 150, 160, 250),
                                  (.44, .36, .06, .06, .08))[0]

    def grains(self, shape):
        return self.noise.standard_normal(shape).astype(np.float32)

    def print_faults(self, ink):
        """Spread, thin or patchy ink (0 none … 1 full)."""
        r = self.r
        if r.random() < .75:
            ink = ndimage.gaussian_filter(
                ink, r.uniform(.3, 1) * self.dpi / 250)
            ink = np.clip((ink - r.uniform(.28, .62)) * r.uniform(1.5, 5) + .5,
                          0, 1)
        if r.random() < .3:
            h, w = ink.shape
            coarse = ndimage.gaussian_filter(
                self.grains((h // 4 + 1, w // 4 + 1)), r.uniform(.4, 3))
            coarse /= coarse.std()
            patch = np.kron(coarse, np.ones((4, 4), np.float32))[:h, :w]
            ink *= np.clip(1 - r.uniform(.05, .28) * (patch + .6), .25, 1)
        return ink

    def paper(self, ink):
        r = self.r
        h, w = ink.shape
        self.black, self.white = r.uniform(0, 95), r.uniform(205, 255)
        sheet = np.full((h, w), self.white, np.float32)
        if r.random() < .3:                                 # shadow
            sheet += np.linspace(-1, 1, w, dtype=np.float32) * \
                r.uniform(-25, 25)
        if r.random() < .08:                                # show-through
            back = np.roll(ink[:, ::-1], r.randint(5, 40), 0)
            sheet -= ndimage.gaussian_filter(back, 1.6) * r.uniform(10, 45)
        return sheet * (1 - ink) + self.black * ink

    def seals(self, grey, texts):
        """Remains of round seals and of pen strokes over the print."""
        r, dpi = self.r, self.dpi
        h, w = grey.shape
        over = Image.new("L", (w, h), 0)
        draw = ImageDraw.Draw(over)
        for _ in range(r.randint(1, 3)):
            x, y, radius = r.randrange(w), r.randrange(h), \
                r.uniform(.5, .75) * dpi
            for part in (1, .93, .62):
                q = radius * part
                draw.ellipse((x - q, y - q, x + q, y + q), outline=255,
                             width=max(1, int(r.uniform(.008, .02) * dpi)))
            font = ImageFont.truetype(SEAL_FONT, int(.1 * dpi))
            for row in range(3):
                draw.text((x - radius / 2, y + (row - 1.5) * .16 * dpi),
                          texts.phrase(2, 2).upper(), 255, font)
        for _ in range(r.randint(0, 3)):
            x, y, pen = r.randrange(w), r.randrange(h), []
            for _ in range(r.randint(4, 12)):
                x += r.uniform(-.25, .33) * dpi
                y += r.uniform(-.2, .2) * dpi
                pen.append((x, y))
            draw.line(pen, r.choice((130, 200, 255)), max(1, int(.012 * dpi)))
        mask = np.asarray(over.filter(ImageFilter.GaussianBlur(.8)),
                          np.float32) / 255
        mask *= np.clip(.7 + .5 * self.grains((h, w)), 0, 1.2)
        strength = r.choice((r.uniform(.02, .15), r.uniform(.05, .4)))
        return grey * (1 - strength * np.clip(mask, 0, 1))

    def turn(self, grey, boxes):
        """A rest of skew, below what is worth straightening."""
        if self.r.random() > .6:
            return grey, boxes
        angle = max(-.6, min(.6, self.r.gauss(0, .25)))
        h, w = grey.shape
        turned = Image.fromarray(grey).rotate(
            angle, Image.BILINEAR, fillcolor=float(self.white))
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))

        def around(left, top, right, bottom, text):
            points = [(c * (x - w / 2) + s * (y - h / 2) + w / 2,
                       -s * (x - w / 2) + c * (y - h / 2) + h / 2)
                      for x in (left, right) for y in (top, bottom)]
            xs, ys = zip(*points)
            return min(xs), min(ys), max(xs), max(ys), text
        return np.asarray(turned), [around(*b) for b in boxes]

    def scan(self, grey):
        """Optics and sensor, then bilevel, JPEG or plain grey."""
        r = self.r
        blur = r.choice((r.uniform(.25, .6), r.uniform(.4, 1),
                         r.uniform(.7, 1.25)))
        grey = ndimage.gaussian_filter(grey, blur * self.dpi / 250)
        if r.random() < .06:                                # wavy feed
            rows = np.arange(grey.shape[0])
            wave = ndimage.gaussian_filter(self.grains(rows.shape), 6)
            wave *= 1.2 / (abs(wave).max() + 1e-6)
            for y in rows:
                grey[y] = np.interp(np.arange(grey.shape[1]) + wave[y],
                                    np.arange(grey.shape[1]), grey[y])
        amount = r.choice((0, r.uniform(0, 8), r.uniform(4, 22)))
        if amount:
            grey = grey + amount * self.grains(grey.shape)
        if r.random() < .06:                                # streaks
            for _ in range(r.randint(1, 6)):
                x = r.randrange(grey.shape[1])
                grey[:, x:x + r.randint(1, 2)] += r.uniform(-60, 60)
        kind = r.random()
        if kind < .42:
            return self.bilevel(grey)
        image = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
        if kind < .85:
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=r.randint(35, 92))
            image = Image.open(packed)
            image.load()
        return image

    def bilevel(self, grey):
        r = self.r
        level = self.black + (self.white - self.black) * r.uniform(.36, .78)
        out = np.where(grey < level, 0, 255).astype(np.uint8)
        if r.random() < .25:                                # pepper and salt
            lot = self.noise.random_sample(out.shape)
            out[lot < r.uniform(0, .0015)] = 0
            out[lot > 1 - r.uniform(0, .004)] = 255
        return Image.fromarray(out)


def scan_page(random, seed, printed, boxes, texts):
    """The scanned image as hoso would read it, and the boxes on it."""
    wear = Wear(random, seed)
    stretch = random.uniform(.94, 1.06) if random.random() < .4 else 1
    w = int(printed.width * wear.dpi / PRINT_DPI * stretch)
    h = int(printed.height * wear.dpi / PRINT_DPI)
    fx, fy = w / printed.width, h / printed.height
    boxes = [(b[0] * fx, b[1] * fy, b[2] * fx, b[3] * fy, b[4])
             for b in boxes]
    ink = np.asarray(printed.resize((w, h), Image.BOX), np.float32) / 255
    grey = wear.paper(wear.print_faults(ink))
    if random.random() < .35:
        grey = wear.seals(grey, texts)
    grey, boxes = wear.turn(grey.astype(np.float32), boxes)
    image = wear.scan(np.array(grey))
    if wear.dpi > 230 and random.random() < .93:
        z = random.choice((READ_DPI, READ_DPI, READ_DPI, 170)) / wear.dpi
        image = image.resize((int(w * z), int(h * z)),
                             random.choice((Image.LANCZOS, Image.BOX)))
        boxes = [(b[0] * z, b[1] * z, b[2] * z, b[3] * z, b[4])
                 for b in boxes]
    return image, boxes
