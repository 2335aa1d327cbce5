/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matching at the size of a province: a made register and made documents whose
 * values were read with noise, then how many pairs are found and how many of
 * them are right. The same seed gives the same register and documents.
 *
 *   bench_registers FOLDER [ROWS [DOCUMENTS [NOISE_PCT [SEED]]]]
 *
 * Hard on purpose: numbers of a day follow one another, so that a digit read
 * wrongly gives the number of a neighbour; 3 of 100 documents are in no
 * register, 5 are second scans, 2 end two cases at once; half name no case. Of
 * every other value 2 in 100 were not found by the reader. What was found stands
 * in the text of the page as it was read; the applicant stands there twice more,
 * read anew each time.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "service/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define APPLICANTS 5000
#define DAYS 1250 /* of work, over five years */

struct row {
    char *case_code, *applicant, *number;
    int day; /* 20220902 */
};

static uint64_t state;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static int below(int n)
{
    return (int)(next() % (uint64_t)n);
}

/* ---- the register ---- */

static char *make_applicant(void)
{
    static const char *const kinds[] = {
        "Công ty TNHH",      "Công ty Cổ phần", "Phòng khám đa khoa",
        "Bệnh viện đa khoa", "Trung tâm Y tế huyện", "Nha khoa",
        "Viện Nghiên cứu",   "Hợp tác xã"};
    static const char *const words[] = {
        "Hòa",  "Bình", "Ánh",  "Dương", "Phúc", "An",   "Tâm",  "Đức",
        "Long", "Khánh", "Vĩnh", "Cửu",  "Xanh", "Cẩm",  "Mỹ",   "Trường",
        "Thịnh", "Minh", "Quang", "Hải", "Sơn",  "Lâm",  "Đồng", "Tiến",
        "Việt", "Nam",  "Thành", "Công", "Ngọc", "Thảo", "Kim",  "Liên"};
    return xasprintf("%s %s %s %s %s", kinds[below(ARRAY_LEN(kinds))],
                     words[below(ARRAY_LEN(words))],
                     words[below(ARRAY_LEN(words))],
                     words[below(ARRAY_LEN(words))],
                     words[below(ARRAY_LEN(words))]);
}

static int day_of(int i)
{
    return (2018 + i / 250) * 10000 + (1 + i % 250 / 21) * 100 + 1 +
           i % 250 % 21;
}

static void make_rows(struct row *rows, int n)
{
    static const char *const notations[] = {"GP-SKHCN", "GCN-SKHCN",
                                            "QĐ-SKHCN", "TB-SKHCN"};
    char *applicants[APPLICANTS];
    int counters[ARRAY_LEN(notations)] = {0};
    int year = 0;
    for (int i = 0; i < APPLICANTS; i++)
        applicants[i] = make_applicant();
    for (int i = 0; i < n; i++) {
        int kind = below(ARRAY_LEN(notations));
        rows[i].day = day_of((int)((int64_t)i * DAYS / n));
        if (rows[i].day / 10000 != year)
            memset(counters, 0, sizeof(counters));
        year = rows[i].day / 10000;
        rows[i].number = xasprintf("%d/%s", ++counters[kind], notations[kind]);
        rows[i].applicant = xstrdup(applicants[below(APPLICANTS)]);
        rows[i].case_code =
            xasprintf("000.00.%02d.H19-%06d-%04d", 10 + below(20),
                      (rows[i].day - 20000000) % 1000000, i % 10000);
        /* Two cases of one decision now and then. */
        if (i > 0 && i % 50 == 0) {
            free(rows[i].number);
            rows[i].number = xstrdup(rows[i - 1].number);
            rows[i].day = rows[i - 1].day;
        }
    }
    for (int i = 0; i < APPLICANTS; i++)
        free(applicants[i]);
}

static enum status write_register(const struct row *rows, int n,
                                  const char *path)
{
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "\xef\xbb\xbfSTT,Mã hồ sơ,Mã TTHC,Tên thủ tục,"
                    "\"Tổ chức, cá nhân\",Số kết quả,Ngày cấp,Phòng xử lý\r\n");
    for (int i = 0; i < n; i++)
        strbuf_addf(&b,
                    "%d,%s,1.002381,Cấp giấy phép tiến hành công việc bức xạ,"
                    "%s,%s,%02d/%02d/%04d,Văn phòng Sở\r\n",
                    i + 1, rows[i].case_code, rows[i].applicant,
                    rows[i].number, rows[i].day % 100, rows[i].day / 100 % 100,
                    rows[i].day / 10000);
    enum status st = file_write_durable(path, b.s, b.len, 0600);
    strbuf_clear(&b);
    return st;
}

/* ---- documents ---- */

static int noise_pct = 2;

/* What a scan makes of a text. */
static char *noisy(const char *text)
{
    static const char alike[] = "0OO01lIi5SB86G2ZnmvuceDO";
    AUTO(free_char) char *plain = below(5) == 0 ? text_fold(text) : NULL;
    const char *from = plain ? plain : text;
    struct strbuf b;
    strbuf_init(&b);
    for (size_t at = 0, n = strlen(from); at < n;) {
        size_t begin = at;
        text_next(from, n, &at);
        if (below(100) >= noise_pct) {
            strbuf_add(&b, from + begin, at - begin);
            continue;
        }
        switch (below(4)) {
        case 0: /* lost */
            break;
        case 1: /* read twice */
            strbuf_add(&b, from + begin, at - begin);
            strbuf_add(&b, from + begin, at - begin);
            break;
        default: { /* taken for another */
            const char *hit = strchr(alike, from[begin]);
            if (hit && below(2))
                strbuf_addc(&b, alike[(hit - alike) ^ 1]);
            else
                strbuf_addc(&b, (char)((from[begin] >= '0' &&
                                        from[begin] <= '9')
                                           ? '0' + below(10)
                                           : 'a' + below(26)));
        }
        }
    }
    return strbuf_take(&b);
}

static void add_field(struct record *r, const char *name, char *take_value,
                      int pct)
{
    struct field f = {.name = xstrdup(name),
                      .value = take_value,
                      .page = 1,
                      .conf_pct = pct,
                      .rule = xstrdup("made"),
                      .state = xstrdup("sure")};
    record_take_field(r, &f);
}

/* "09/02/2022" as it was read, if it is a day; else NULL. */
static char *day_read(const char *text)
{
    time_t first, last;
    int d, m, y;
    if (sscanf(text, "%2d/%2d/%4d", &d, &m, &y) != 3)
        return NULL;
    char *iso = xasprintf("%04d-%02d-%02d", y, m, d);
    if (strlen(text) == 10 && clock_parse_day(iso, &first, &last))
        return iso;
    free(iso);
    return NULL;
}

/* A line of the page: the text is taken. */
static void add_line(struct page *p, char *take_text)
{
    struct line line = {.box = {100, 100, 800, 30}};
    struct word word = {.text = take_text,
                        .box = {100, 100, 800, 30},
                        .conf_pct = 85};
    if (!*take_text) {
        free(take_text);
        return;
    }
    line_take_word(&line, &word);
    page_take_line(p, &line);
}

static void add_body(struct page *p)
{
    static const char *const sentences[] = {
        "Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;",
        "Căn cứ Nghị định số 08/2014/NĐ-CP ngày 27 tháng 01 năm 2014 của Chính "
        "phủ quy định chi tiết và hướng dẫn thi hành một số điều;",
        "Theo đề nghị của Trưởng phòng Quản lý chuyên ngành,",
        "Điều 1. Cho phép tổ chức nêu trên tiến hành công việc theo hồ sơ đã "
        "nộp, trong thời hạn ba năm kể từ ngày ký.",
        "Điều 2. Tổ chức chịu trách nhiệm thực hiện đúng các quy định của pháp "
        "luật và chế độ báo cáo định kỳ.",
    };
    for (size_t i = 0; i < ARRAY_LEN(sentences); i++)
        add_line(p, noisy(sentences[i]));
}

/* The page as it was read, of values that were read as given. */
static void add_lines(struct page *p, const struct row *row,
                      const char *number, const char *date,
                      const char *applicant, const char *case_code)
{
    add_line(p, xstrdup("SỞ KHOA HỌC VÀ CÔNG NGHỆ"));
    add_line(p, xasprintf("Số: %s", number));
    add_line(p, xasprintf("Trà Hải, ngày %.2s tháng %s năm %s", date,
                          date + 3 + (date[3] == '0' && date[4] > '2'),
                          strrchr(date, '/') ? strrchr(date, '/') + 1 : ""));
    add_line(p, xasprintf("Xét hồ sơ đề nghị của %s", applicant));
    if (case_code)
        add_line(p, xasprintf("Mã hồ sơ: %s", case_code));
    add_body(p);
    add_line(p, noisy(row->applicant));
    add_line(p, xstrdup("Nơi nhận:"));
    add_line(p, noisy(row->applicant));
}

static struct record *make_document(const struct row *row, int number)
{
    struct record *r = record_new();
    struct source source = {.name = xstrdup("scan.jpg"),
                            .sha256 = xstrdup(""),
                            .media_type = xstrdup("image/jpeg"),
                            .pages = 1};
    struct page page = {.width_px = 2480,
                        .height_px = 3508,
                        .dpi_x = 300,
                        .dpi_y = 300,
                        .origin = TEXT_OCR};
    AUTO(free_char)
    char *clear = xasprintf("%02d/%02d/%04d", row->day % 100,
                            row->day / 100 % 100, row->day / 10000);
    AUTO(free_char) char *date = noisy(clear);
    AUTO(free_char) char *said = noisy(row->number);
    AUTO(free_char) char *applicant = noisy(row->applicant);
    AUTO(free_char)
    char *case_code = below(2) ? noisy(row->case_code) : NULL;
    char *day = day_read(date);
    r->id = xasprintf("2026-%06d", number);
    r->kind = xstrdup("result");
    r->batch = xstrdup("bench");
    r->title = xstrdup("");
    record_take_source(r, &source);
    add_lines(&page, row, said, date, applicant, case_code);
    record_take_page(r, &page);
    if (below(50))
        add_field(r, "number", xstrdup(said), 85);
    if (day)
        add_field(r, "date", day, 85);
    if (below(50))
        add_field(r, "applicant", xstrdup(applicant), 85);
    if (case_code)
        add_field(r, "case_code", xstrdup(case_code), 85);
    return r;
}

/* truth[i]: the row of document i + 1; -1: none. */
static enum status put_documents(struct archive *a, const struct row *rows,
                                 int n_rows, int n, int *truth)
{
    enum status st = registers_begin(a->store);
    if (st != STATUS_OK)
        return st;
    for (int i = 0; st == STATUS_OK && i < n; i++) {
        struct row stranger = {0};
        int kind = below(100);
        truth[i] = i > 0 && kind < 5 && truth[i - 1] >= 0 ? truth[i - 1]
                                                           : below(n_rows);
        if (kind >= 97) {
            stranger.day = day_of(below(DAYS));
            stranger.number = xasprintf("%d/BC-SKHCN", 1 + below(5000));
            stranger.applicant = make_applicant();
            stranger.case_code = xasprintf("000.00.%02d.H19-%06d-%04d",
                                           40 + below(9),
                                           100101 + below(99), below(10000));
            truth[i] = -1;
        }
        AUTO(record_freep)
        struct record *r =
            make_document(truth[i] < 0 ? &stranger : &rows[truth[i]], i + 1);
        st = registers_put_document(a->store, r, "made");
        free(stranger.number);
        free(stranger.applicant);
        free(stranger.case_code);
    }
    return registers_end(a->store, st);
}

/* ---- the score ---- */

struct tally {
    const struct row *rows;
    const int *truth;
    char *found; /* by document: its own row was found */
    int64_t right, wrong, review;
};

static bool same_number(const struct row *a, const struct row *b)
{
    return a->day == b->day && strcmp(a->number, b->number) == 0;
}

static enum status count_pair(void *user, const struct match_pair *m)
{
    struct tally *t = user;
    int i = atoi(m->document + 5) - 1;
    const struct row *row = t->truth[i] < 0 ? NULL : &t->rows[t->truth[i]];
    struct row said = {.case_code = (char *)m->row.case_code};
    AUTO(free_char)
    char *number = xasprintf("%s/%s", m->row.number, m->row.notation);
    if (strcmp(m->state, "review") == 0) {
        t->review++;
        return STATUS_OK;
    }
    said.number = number;
    said.day = atoi(m->row.date) * 10000 + atoi(m->row.date + 5) * 100 +
               atoi(m->row.date + 8);
    if (row && strcmp(row->case_code, said.case_code) == 0) {
        t->right++;
        t->found[i] = 1;
    } else if (row && same_number(row, &said)) {
        t->right++; /* the other case of one decision */
    } else {
        t->wrong++;
    }
    return STATUS_OK;
}

static enum status score(struct archive *a, struct tally *t, int n)
{
    int64_t true_pairs = 0, found = 0;
    enum status st = archive_match_pairs(a, "sure", NULL, count_pair, t);
    int64_t right = t->right, wrong = t->wrong;
    if (st == STATUS_OK)
        st = archive_match_pairs(a, "review", NULL, count_pair, t);
    for (int i = 0; i < n; i++) {
        true_pairs += t->truth[i] >= 0;
        found += t->found[i];
    }
    printf("documents in the register %ld, found %ld, right pairs %ld, wrong "
           "%ld, for review %ld\n",
           (long)true_pairs, (long)found, (long)right, (long)wrong,
           (long)t->review);
    printf("precision %.3f %%  recall %.3f %%\n",
           100.0 * (double)right / (double)(right + wrong),
           100.0 * (double)found / (double)true_pairs);
    return st;
}

/* Seconds of this process's own: machines are shared. */
static double cpu_s(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static enum status time_report(struct archive *a)
{
    const struct coverage_options o = {0};
    struct coverage_report c;
    struct rusage use;
    int64_t started = clock_ms();
    double began = cpu_s();
    enum status st = archive_coverage(a, &o, &c);
    getrusage(RUSAGE_SELF, &use);
    if (st != STATUS_OK)
        return st;
    printf("report of %ld results: %.2f s, of them at work %.2f s; most memory "
           "%ld MB\n",
           (long)c.in_force, (double)(clock_ms() - started) / 1000,
           cpu_s() - began, use.ru_maxrss / 1024);
    coverage_report_clear(&c);
    return st;
}

static enum status bench(const char *folder, int n_rows, int n)
{
    AUTO(free_char) char *archive = path_join(folder, "kho");
    AUTO(free_char) char *csv = path_join(folder, "register.csv");
    AUTO(config_freep) struct config *c = NULL;
    AUTO(archive_closep) struct archive *a = NULL;
    struct row *rows = xcalloc((size_t)n_rows, sizeof(*rows));
    int *truth = xcalloc((size_t)n, sizeof(*truth));
    AUTO(free_char) char *found = xcalloc((size_t)n, 1);
    struct tally tally = {.rows = rows, .truth = truth, .found = found};
    struct register_report report = {0};
    struct register_input in = {.path = csv, .who = "bench"};
    struct match_summary summary;
    struct rusage use;
    make_rows(rows, n_rows);
    enum status st = write_register(rows, n_rows, csv);
    if (st == STATUS_OK)
        st = config_new(&c);
    if (st == STATUS_OK)
        st = archive_create(archive, c);
    if (st == STATUS_OK)
        st = archive_open(archive, STORE_WRITE, &a);
    double began = cpu_s();
    if (st == STATUS_OK)
        st = archive_register_import(a, &in, &report);
    printf("import of %ld rows: %.2f s, of them at work %.2f s\n",
           (long)report.added, (double)report.elapsed_ms / 1000,
           cpu_s() - began);
    if (st == STATUS_OK)
        st = put_documents(a, rows, n_rows, n, truth);
    began = cpu_s();
    if (st == STATUS_OK)
        st = archive_match(a, &summary);
    getrusage(RUSAGE_SELF, &use);
    if (st == STATUS_OK)
        printf("matching of %d documents: %.2f s, of them at work %.2f s; most "
               "memory %ld MB\n",
               n, (double)summary.elapsed_ms / 1000, cpu_s() - began,
               use.ru_maxrss / 1024);
    if (st == STATUS_OK)
        st = time_report(a);
    if (st == STATUS_OK)
        st = score(a, &tally, n);
    register_report_clear(&report);
    for (int i = 0; i < n_rows; i++) {
        free(rows[i].case_code);
        free(rows[i].applicant);
        free(rows[i].number);
    }
    free(rows);
    free(truth);
    return st;
}

int main(int argc, char **argv)
{
    int rows = argc > 2 ? atoi(argv[2]) : 100000;
    int documents = argc > 3 ? atoi(argv[3]) : 30000;
    noise_pct = argc > 4 ? atoi(argv[4]) : 2;
    state = 88172645463325252u + (uint64_t)(argc > 5 ? atoi(argv[5]) : 1);
    if (argc < 2 || rows < 1 || documents < 1) {
        fprintf(stderr, "usage: bench_registers FOLDER [ROWS [DOCUMENTS "
                        "[NOISE_PCT [SEED]]]]\n");
        return 1;
    }
    if (bench(argv[1], rows, documents) == STATUS_OK)
        return 0;
    fprintf(stderr, "bench_registers: %s\n", status_message());
    return 1;
}
