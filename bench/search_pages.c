/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made pages; see bench/search_pages.h. */
#include "bench/search_pages.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PAGE_WORDS = 352, LINE_WORDS = 12 };

uint32_t pick(uint64_t *seed, uint32_t n)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*seed >> 33) % n);
}

static void add_file(struct corpus *c, const char *path)
{
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    if (file_read(path, 64 << 20, &bytes, &n) != STATUS_OK)
        return;
    AUTO(free_char) char *text = text_nfc(bytes, n);
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
        if (strlen(line) < 20)
            continue;
        GROW(c->paragraphs, c->n, c->cap);
        c->paragraphs[c->n++] = xstrdup(line);
    }
}

static int is_text(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 4 && strcmp(e->d_name + n - 4, ".txt") == 0;
}

void corpus_read(const char *folder, struct corpus *out)
{
    struct dirent **names;
    int n = scandir(folder, &names, is_text, alphasort);
    *out = (struct corpus){0};
    for (int i = 0; i < n; i++) {
        AUTO(free_char) char *path = path_join(folder, names[i]->d_name);
        add_file(out, path);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    if (out->n == 0) {
        fprintf(stderr, "no *.txt with text in '%s'\n", folder);
        exit(1);
    }
}

void corpus_clear(struct corpus *c)
{
    for (int i = 0; i < c->n; i++)
        free(c->paragraphs[i]);
    free(c->paragraphs);
}

const char *made_name(uint64_t *seed)
{
    static const char *const family[] = {
        "Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Huỳnh", "Phan",  "Vũ",
        "Võ",     "Đặng", "Bùi", "Đỗ",   "Hồ",    "Ngô",   "Dương", "Lý"};
    static const char *const middle[] = {
        "Thị",  "Văn",  "Đức",   "Minh", "Ngọc", "Thanh", "Hữu",  "Quang",
        "Xuân", "Công", "Hoàng", "Kim",  "Bảo",  "Thu",   "Mạnh", "Tuấn"};
    static const char *const given[] = {
        "Ánh",  "Bình", "Châu", "Dũng", "Giang", "Hà",   "Hải",  "Hạnh",
        "Hiền", "Hòa",  "Hùng", "Hương", "Khánh", "Lan",  "Linh", "Long",
        "Mai",  "Nam",  "Nga",  "Nhung", "Phúc", "Phương", "Quân", "Sơn",
        "Tâm",  "Thảo", "Thúy", "Trang", "Trung", "Tú",   "Việt", "Yến"};
    static char name[128];
    snprintf(name, sizeof(name), "%s %s %s", family[pick(seed, 16)],
             middle[pick(seed, 16)], given[pick(seed, 32)]);
    return name;
}

static void add_line(struct page *p, char **words, int n, int y)
{
    struct line l = {.box = {150, y, 2100, 40}};
    for (int i = 0, x = 150; i < n; i++) {
        int width = (int)text_width(words[i]) * 18;
        struct word w = {.text = xstrdup(words[i]),
                         .box = {x, y, width, 40},
                         .conf_pct = 90};
        line_take_word(&l, &w);
        x += width + 14;
    }
    page_take_line(p, &l);
}

/* The words of text in lines, until the page is full. */
static int add_text(struct page *p, const char *text, int at)
{
    AUTO(free_char) char *copy = xstrdup(text);
    char *words[LINE_WORDS];
    int n = 0, all = 0;
    for (char *rest = copy, *word; (word = strsep(&rest, " \t\r\n"));) {
        if (!*word)
            continue;
        words[n++] = word;
        all++;
        if (n == LINE_WORDS || at + all >= PAGE_WORDS) {
            add_line(p, words, n, 200 + p->n_lines * 52);
            n = 0;
        }
        if (at + all >= PAGE_WORDS)
            return all;
    }
    if (n > 0)
        add_line(p, words, n, 200 + p->n_lines * 52);
    return all;
}

static void add_field(struct record *r, const char *name, const char *value)
{
    struct field f = {.name = xstrdup(name),
                      .value = xstrdup(value),
                      .page = 1,
                      .conf_pct = 95,
                      .rule = xstrdup("made"),
                      .state = xstrdup("sure")};
    record_take_field(r, &f);
}

struct made {
    char number[64], date[32], written[64];
    const char *type, *issuer;
    char signer[128];
};

static void make_facts(uint64_t *seed, struct made *m)
{
    static const char *const types[] = {"Quyết định", "Giấy phép", "Công văn",
                                        "Thông báo",  "Tờ trình",  "Báo cáo",
                                        "Biên bản",   "Kế hoạch"};
    static const char *const signs[] = {"QĐ", "GP", "CV", "TB",
                                        "TTr", "BC", "BB", "KH"};
    static const char *const issuers[] = {
        "Sở Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Đắk Lắk",
        "Sở Nội vụ", "Văn phòng Ủy ban nhân dân"};
    int type = (int)pick(seed, 8), year = 2012 + (int)pick(seed, 12);
    int month = 1 + (int)pick(seed, 12), day = 1 + (int)pick(seed, 28);
    snprintf(m->number, sizeof(m->number), "%u/%s-SKHCN", 1 + pick(seed, 2500),
             signs[type]);
    snprintf(m->date, sizeof(m->date), "%d-%02d-%02d", year, month, day);
    snprintf(m->written, sizeof(m->written), "ngày %02d tháng %02d năm %d", day,
             month, year);
    m->type = types[type];
    m->issuer = issuers[pick(seed, 4)];
    snprintf(m->signer, sizeof(m->signer), "%s", made_name(seed));
}

struct record *make_document(const struct corpus *c, int i)
{
    uint64_t seed = (uint64_t)i * 7919 + 20220105;
    struct record *r = record_new();
    struct made m;
    make_facts(&seed, &m);
    int n_pages = 1 + (int)pick(&seed, 9);
    r->id = xasprintf("%d-%06d", 2020 + i / 100000, i % 100000);
    r->kind = xstrdup(pick(&seed, 8) ? "result" : "work");
    r->batch = xasprintf("Hộp %d", i / 400);
    r->title = xasprintf("%s số %s", m.type, m.number);
    r->stored_at = 1577836800 + (time_t)i * 1200;
    struct source s = {.name = xasprintf("scan-%06d.tif", i),
                       .sha256 = xstrdup("00"),
                       .media_type = xstrdup("image/tiff"),
                       .path = xstrdup("data/original/0001.tif"),
                       .pages = n_pages};
    record_take_source(r, &s);
    add_field(r, "number", m.number);
    add_field(r, "date", m.date);
    add_field(r, "type", m.type);
    add_field(r, "issuer", m.issuer);
    add_field(r, "signer", m.signer);
    for (int k = 0; k < n_pages; k++) {
        struct page p = {.width_px = 2480, .height_px = 3508, .dpi_x = 300,
                         .dpi_y = 300, .origin = TEXT_OCR, .state = PAGE_OK};
        int at = 0;
        if (k == 0) {
            AUTO(free_char)
            char *head = xasprintf("%s Số: %s %s %s", m.issuer, m.number,
                                   m.written, m.type);
            at += add_text(&p, head, at);
        }
        while (at < PAGE_WORDS) {
            at += add_text(&p, c->paragraphs[pick(&seed, (uint32_t)c->n)], at);
            if (pick(&seed, 6) == 0 && at < PAGE_WORDS)
                at += add_text(&p, made_name(&seed), at);
        }
        record_take_page(r, &p);
    }
    return r;
}

double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void need(enum status st)
{
    if (st == STATUS_OK)
        return;
    fprintf(stderr, "%s: %s\n", status_json(st), status_message());
    exit(1);
}

int read_queries(const char *path, struct asked *out)
{
    FILE *in = fopen(path, "r");
    char line[4096];
    int n = 0;
    if (!in) {
        perror(path);
        exit(1);
    }
    while (n < QUERIES_MAX && fgets(line, sizeof(line), in)) {
        char *tab = strchr(line, '\t'), *end = strchr(line, '\n');
        if (!tab || !end)
            continue;
        *tab = *end = '\0';
        snprintf(out[n].kind, sizeof(out[n].kind), "%.15s", line);
        out[n++].text = xstrdup(tab + 1);
    }
    fclose(in);
    return n;
}
