# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the text of lines as they stand on administrative paper.

Running text comes from a folder of laws; names, numbers, dates and codes are
invented from the word lists.  Everything is reduced to the characters that
the network knows, so that no line asks for one it cannot give.
"""
import glob
import os
import re
import unicodedata

TYPED_ALIKE = str.maketrans({
    "–": "-", "…": "...", "‘": "'", "’": "'", "\u00a0": " ", "\t": " ",
    "Ð": "Đ", "\u00ad": ""})
MAKERS = ("SHIMADZU", "TOSHIBA", "SIEMENS", "Hitachi", "Philips", "CANON",
          "Fujifilm", "Samsung", "Carestream", "Vatech", "GE Healthcare")
MAIL_USERS = ("vanthu", "phongqlcn", "tiepnhan", "thanhtra", "ctt", "tchc")
MAIL_HOSTS = ("dongnai.gov.vn", "most.gov.vn", "moha.gov.vn", "gmail.com",
              "cantho.gov.vn", "yahoo.com", "quangnam.gov.vn", "vnn.vn")
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIV XV XX".split()
COPIES = ("- Như trên;", "- Như Điều 3;", "- Như Điều 2;", "- Như kính gửi;",
          "Như trên;", "- Như Điều 4;", "- CT, các PCT;", "- TT. HĐND tỉnh;",
          "- Cổng TTĐT;", "- Giám đốc (để b/c);", "- Các PGĐ;",
          "- TTTU, TT HĐND tỉnh;", "- Bộ Nội vụ (b/c);", "- Lưu: VT.",
          "- VP TW và các Ban của Đảng;", "- VPQH; VPCTN;", "- BHXH tỉnh;")
STAMPED = ("ĐẾN", "CÔNG VĂN ĐẾN", "Số:", "Ngày:", "Chuyển:", "Giờ:",
           "(Đã ký)", "Đã ký", "(Ký tên, đóng dấu)", "(Ký, ghi rõ họ tên)")


def read_list(name):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "words", name + ".txt"),
              encoding="utf-8") as f:
        return [s.strip() for s in f if s.strip() and s[0] != "#"]


def read_charset(path):
    """The single characters of a Tesseract unicharset file."""
    with open(path, encoding="utf-8") as f:
        tokens = [s.split(" ", 1)[0] for s in f.readlines()[1:]]
    return {t for t in tokens if len(t) == 1} | {" "}


class TextMaker:
    def __init__(self, random, corpus_dir, charset):
        self.r = random
        self.charset = charset
        for name in ("surnames", "middle_names", "given_names", "places",
                     "bodies", "kinds", "body_codes", "headings", "posts",
                     "schooling", "form_labels"):
            setattr(self, name, read_list(name))
        self.laws = []
        for path in sorted(glob.glob(os.path.join(corpus_dir, "*.txt"))):
            with open(path, encoding="utf-8") as f:
                words = self.clean(f.read().replace("\n", " ")).split()
            if len(words) > 400:
                self.laws.append(words)
        if not self.laws:
            raise SystemExit(f"no texts (*.txt) in '{corpus_dir}'")
        self.syllables = sorted({w for law in self.laws for w in law
                                 if w.isalpha() and len(w) < 8})

    def clean(self, text):
        text = unicodedata.normalize("NFC", text).translate(TYPED_ALIKE)
        text = "".join(c for c in text if c in self.charset)
        return re.sub(" +", " ", text).strip()

    # --- pieces ---------------------------------------------------------
    def running(self, count):
        law = self.r.choice(self.laws)
        at = self.r.randrange(len(law) - count)
        return law[at:at + count]

    def phrase(self, low, high):
        return " ".join(self.running(self.r.randint(low, high)))

    def digits(self, count):
        return "".join(self.r.choices("0123456789", k=count))

    def name(self):
        r = self.r
        family = self.surnames[min(int(r.expovariate(1 / 14)),
                                   len(self.surnames) - 1)]
        middle = r.sample(self.middle_names, r.choice((0, 1, 1, 1, 1, 2)))
        return " ".join([family, *middle, r.choice(self.given_names)])

    def date(self):
        r = self.r
        d, m = r.randint(1, 31), r.randint(1, 12)
        y = r.choice((r.randint(1945, 2000), r.randint(2000, 2026),
                      r.randint(2010, 2026)))
        return r.choice((
            f"{d:02d}/{m:02d}/{y}", f"{d:02d}/{m:02d}/{y}", f"{d}/{m}/{y}",
            f"{d:02d}-{m:02d}-{y}", f"{d:02d}.{m:02d}.{y}", f"{m:02d}/{y}",
            f"ngày {d:02d} tháng {m:02d} năm {y}",
            f"ngày {d} tháng {m} năm {y}", f"ngày {d:02d}/{m}/{y}",
            f"tháng {m} năm {y}", f"{y}"))

    def number(self):
        """A document's number and sign."""
        r = self.r
        n = r.choice((r.randint(1, 99), r.randint(1, 5000)))
        head = f"{n:02d}" + r.choice(("", f"/{r.randint(1990, 2026)}"))
        return head + "/" + r.choice((
            f"{r.choice(self.kinds)}-{r.choice(self.body_codes)}",
            f"{r.choice(self.kinds)}-{r.choice(self.body_codes)}",
            f"{r.choice(self.body_codes)}-{r.choice(self.body_codes)}",
            "NĐ-CP", f"TT-{r.choice(self.body_codes)}", "QĐ-UBND",
            f"TTLT-{r.choice(self.body_codes)}-{r.choice(self.body_codes)}",
            r.choice(self.body_codes)))

    def money(self):
        n = self.r.randint(1, 9999) * self.r.choice((1, 50, 1000, 25500))
        return (f"{n * 1000:,}".replace(",", ".")
                + self.r.choice(("", "", " đồng", "đ", " VNĐ")))

    def code(self):
        r, k = self.r, self.digits
        user, host = r.choice(MAIL_USERS), r.choice(MAIL_HOSTS)
        return r.choice((
            k(r.randint(1, 5)), k(9), k(10), k(12), f"0{k(9)}",
            f"(02{k(2)}) {k(7)}", f"0{k(3)}.{k(3)}.{k(3)}", f"0{k(2)} {k(8)}",
            f"{r.choice('ABCDEFGHKLMPQSTVX')}{k(r.randint(2, 8))}",
            f"{k(3)}.{k(2)}.{k(2)}.H{k(2)}-{k(6)}-{k(4)}",
            f"H{k(2)}.{k(2)}-{k(6)}-{k(4)}", f"{r.randint(1, 3)}.{k(6)}",
            f"{r.choice('VTĐXN')}.0{k(1)}.0{k(1)}.{k(2)}", f"0{k(1)}.{k(3)}",
            f"{r.choice(self.body_codes)}{k(r.randint(3, 5))}",
            f"{r.choice(self.body_codes)}-{k(r.randint(2, 4))}",
            f"{r.randint(1, 99)},{k(2)}%", f"{r.randint(1, 12)},{k(2)}",
            f"{r.randint(1, 12)}.{k(2)}", f"{r.randint(1, 30)}.{k(1)})",
            f"({r.randint(1, 20)})", f"[{r.randint(1, 20)}]",
            f"{r.choice(MAKERS)} {r.choice('ABDEFGHKMRX')}{k(3)}",
            f"{r.choice(MAKERS)}, {r.choice('ABDMRUX')}{k(2)}-{k(4)}",
            f"{user}@{host}", f"{user}{k(2)}@{host}", f"www.{host}",
            f"https://dichvucong.{host}", f"http://{user}.{host}/",
            f"{r.randint(40, 150)} kV; {r.randint(10, 630)} mA",
            f"{r.randint(0, 23):02d}:{k(2)}:{r.randint(0, 59):02d} +07:00",
            f"{r.randint(7, 17)} giờ {r.choice(('00', '30'))} phút",
            f"{k(2)}/{k(2)}", f"{r.randint(1, 9)} x {k(2)} = {k(3)}"))

    # --- whole lines ----------------------------------------------------
    def heading(self):
        r = self.r
        place = r.choice(self.places)
        return r.choice((
            lambda: r.choice(self.headings),
            lambda: r.choice(self.headings),
            lambda: r.choice(self.bodies).upper(),
            lambda: f"{r.choice(self.bodies)} {place}".upper(),
            lambda: r.choice(("UBND TỈNH ", "TỈNH ", "ỦY BAN NHÂN DÂN TỈNH ",
                              "SỞ Y TẾ TỈNH ", "")) + place.upper(),
            lambda: self.name().upper(),
            lambda: self.phrase(2, 10).upper(),
            lambda: self.phrase(2, 10).upper(),
            lambda: r.choice(self.schooling).upper(),
            lambda: f"{r.choice(self.form_labels)}: {self.name()}".upper(),
            lambda: f"Chương {r.choice(ROMAN)}",
            lambda: f"{r.choice(ROMAN)}. {self.phrase(2, 7).upper()}"))()

    def form_field(self):
        """A label of a form and its value."""
        r = self.r
        value = r.choice((
            self.name, self.name, self.date, self.date, self.code, self.code,
            self.number, self.money, lambda: self.name().upper(),
            lambda: r.choice(self.places), lambda: r.choice(self.posts),
            lambda: r.choice(self.bodies), lambda: r.choice(self.schooling)))
        start = r.choice(("", "", f"{r.randint(1, 32)}) ",
                          f"{r.randint(1, 32)}. ", "- "))
        line = f"{start}{r.choice(self.form_labels)}: {value()}"
        if r.random() < .25:
            line += (r.choice((", ", "; ", "  "))
                     + f"{r.choice(self.form_labels)}: {value()}")
        return line

    def cited(self):
        r = self.r
        return (f"{r.choice(('Căn cứ ', 'Theo ', 'Thực hiện ', ''))}"
                + r.choice(("Quyết định", "Nghị định", "Thông tư", "Luật",
                            "Công văn", "Tờ trình", "Nghị quyết", "Chỉ thị"))
                + f" số {self.number()} {self.date()} của "
                + r.choice(self.bodies) + r.choice(("", ";", ",")))

    def letter_line(self):
        """Lines round the body of a letter or decision."""
        r = self.r
        body, place = r.choice(self.bodies), r.choice(self.places)
        return r.choice((
            lambda: f"Số: {self.number()}", lambda: f"Số: {self.number()}",
            lambda: f"Số: {r.randint(1, 3000)}", lambda: self.number(),
            lambda: f"Số: /{r.choice(self.kinds)}-"
                    + r.choice(self.body_codes),
            lambda: f"{place}, {self.date()}",
            lambda: f"{place}, ngày tháng năm {r.randint(2000, 2026)}",
            lambda: "Độc lập - Tự do - Hạnh phúc",
            lambda: f"V/v {self.phrase(3, 9)}",
            lambda: f"Về việc {self.phrase(3, 9)}",
            lambda: f"Kính gửi: {body} {place}", lambda: f"Kính gửi: {body}",
            lambda: "Nơi nhận:", lambda: r.choice(COPIES),
            lambda: r.choice(COPIES), lambda: f"- {body};",
            lambda: f"- {body} {place};", lambda: r.choice(STAMPED),
            lambda: f"- Lưu: VT, {r.choice(self.body_codes)}.",
            lambda: f"- Lưu: VT, {r.choice(self.body_codes)} "
                    f"({r.randint(2, 9)}b). {self.name().split()[-1]}.",
            self.name, self.name, self.cited, self.cited, self.cited,
            lambda: f"{r.choice(('Ông', 'Bà', 'Đ/c'))} {self.name()}, "
                    f"{r.choice(self.posts)} {body}",
            lambda: f"{r.choice(self.posts)} {body}",
            lambda: f"Điều {r.randint(1, 9)}. {self.phrase(4, 10)}",
            lambda: f"Điều {r.randint(1, 5)}. {body} {place} chịu trách "
                    "nhiệm thi hành Quyết định này./.",
            lambda: f"Địa chỉ: {r.randint(1, 400)} "
                    f"{r.choice(('đường', 'phố', 'ngõ', 'tổ', 'ấp'))} "
                    f"{self.name()}, {place}",
            lambda: f"Thời gian: {self.code()}, {self.date()}",
            lambda: f"{r.choice('abcdđeghi')}) {self.phrase(3, 10)};",
            lambda: f"{r.randint(1, 9)}. {self.phrase(3, 10)}.",
            lambda: f"- {self.phrase(3, 10)};", lambda: f"({self.date()})",
            lambda: f"“{self.phrase(2, 7)}”",
            lambda: f"({self.phrase(2, 6)})"))()

    def dated_line(self):
        """Dates in words and numbers: the 1 of italics is like an l."""
        r = self.r
        d, m, y = r.randint(1, 31), r.randint(1, 12), r.randint(1990, 2026)
        date = r.choice((f"ngày {d:02d} tháng {m:02d} năm {y}",
                         f"ngày {d:02d} tháng {m} năm {y}",
                         f"ngày {d:02d}/{m:02d}/{y}", f"{d:02d}/{m}/{y}"))
        act = r.choice(("Nghị định", "Quyết định", "Thông tư", "Công văn",
                        "Luật", "Nghị quyết", "Tờ trình"))
        body = r.choice(self.bodies)
        return r.choice((
            lambda: f"{r.choice(self.places)}, {date}",
            lambda: f"Căn cứ {act} số {self.number()} {date} của {body}",
            lambda: f"(Ban hành kèm theo {act} số {self.number()} {date})",
            lambda: f"Theo đề nghị của {body} tại {act} số {self.number()}",
            lambda: f"số {self.number()} {date} và {act} số {self.number()}",
            lambda: f"sửa đổi, bổ sung tại {act} {self.number()} {date};",
            lambda: f"Từ {date} đến {self.date()}, {self.date()}",
            lambda: f"{r.randint(10, 19)} {date} {self.digits(4)}"))()

    def table_row(self):
        r = self.r
        cell = (self.name, self.date, self.number, self.code, self.money,
                lambda: f"{self.date()} - {self.date()}",
                lambda: self.digits(r.randint(1, 4)),
                lambda: r.choice(self.schooling),
                lambda: r.choice(self.schooling),
                lambda: r.choice(self.posts), lambda: r.choice(self.places),
                lambda: self.phrase(1, 4))
        cells = [r.choice(cell)() for _ in range(r.randint(1, 4))]
        if r.random() < .5:
            cells.insert(0, f"{r.randint(1, 60)}")
        return " ".join(cells)

    def odd_syllables(self):
        """No sentence to lean on: the letters must be seen."""
        r = self.r
        return " ".join(
            r.choice((str.lower, str.lower, str.upper, str.capitalize))(
                r.choice(self.syllables)) for _ in range(r.randint(3, 9)))
