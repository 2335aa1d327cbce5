/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The title: type and subject (middle axis), subject of an official letter
 * ("V/v …", left column of the heading, under the number), degree of urgency.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/letters.h"
#include "pipeline/match.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SUBJECT_ROWS_MAX 8

/* ---- type and subject ---- */

/* A token that is no text. maybe: set if it might have been some. */
static bool is_scrap(const struct token *t, bool *maybe)
{
    AUTO(free_char) char *fold = text_fold(t->text);
    AUTO(free_char) char *letters = match_letters(fold);
    if (*letters && t->conf_pct >= 40)
        return false;
    *maybe = *maybe || *letters;
    return true;
}

/* The longest type that a folded row begins with; -1 if none.
 * rest: where the row goes on. */
static int type_of_row(const struct extract_rules *rules, const char *fold,
                       size_t *rest)
{
    const struct table *t = &rules->tables[TABLE_TYPES];
    int best = -1;
    size_t longest = 0;
    for (int i = 0; i < t->n_rows; i++) {
        const char *name = table_fold(t, i, 0);
        size_t n = strlen(name), end = 0;
        size_t start = strspn(fold, " .,-_|~'\"`");
        /* A name that is there to the letter comes before a longer one that
         * is nearly there. */
        bool exact = strncmp(fold + start, name, n) == 0 &&
                     !(fold[start + n] >= 'a' && fold[start + n] <= 'z');
        size_t weight = exact ? n + 100 : n;
        if (weight > longest && match_begins(fold, name, &end)) {
            best = i;
            longest = weight;
            *rest = end;
        }
    }
    return best;
}

/* Whether a row of capitals is of the agencies' names, in the left column above
 * the number: "KHU CÔNG NGHỆ CAO" is nearly a "Thư công". */
static bool is_of_agency(const struct extraction *x, const struct row *r)
{
    return x->head.found && x->number_row >= 0 &&
           r->y1 <= x->first->rows[x->number_row].y1 &&
           row_middle_x(r) < x->head.split &&
           r->x1 < x->head.split + x->first->width * 0.03;
}

static bool find_title(struct extraction *x, size_t *rest)
{
    const struct sheet *s = x->first;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (r->y1 < x->head.floor || s->by_y[i] == x->number_row ||
            r->y0 > s->height * 0.6 || !row_is_capitals(r) ||
            is_of_agency(x, r))
            continue;
        bool middle = r->x0 < s->width * 0.6 && r->x1 > s->width * 0.4;
        int type = middle ? type_of_row(x->rules, r->p.fold, rest) : -1;
        if (type >= 0) {
            x->type = type;
            x->title_row = s->by_y[i];
            return true;
        }
    }
    return false;
}

/* A row that cannot be of a subject: the body or an authority begins. */
static bool ends_subject(const struct extract_rules *rules,
                         const struct row *r)
{
    static const char *const starts[] = {
        "can cu",   "kinh gui", "dieu 1",  "xet ",        "theo de nghi",
        "noi nhan", "chuong i", "phan i ", "thuc hien ke", "cap phep cho",
        "chung nhan"};
    const char *f = r->p.fold;
    struct span groups[PATTERN_GROUPS];
    size_t end;
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (match_begins(f, starts[i], &end))
            return true;
    if (r->p.fold_len > 0 && f[r->p.fold_len - 1] == ':')
        return true; /* "… xây dựng kế hoạch như sau:" */
    return pattern_find(rules->patterns[PATTERN_SECTION], f, 0,
                        r->p.fold_len, groups);
}

/* Whether row number i from the top is the first of a paragraph: indented, and
 * further from the row above than from the one below. */
static bool begins_paragraph(const struct sheet *s, int i, double step)
{
    const struct row *r = &s->rows[s->by_y[i]];
    const struct row *below = i + 1 < s->n_rows ? &s->rows[s->by_y[i + 1]] : NULL;
    double indent = s->width * 0.02;
    return below != NULL && r->x0 > s->left + indent &&
           fabs(below->x0 - s->left) < indent &&
           row_middle_y(below) - row_middle_y(r) > row_height(r) * 0.5 &&
           step > (row_middle_y(below) - row_middle_y(r)) * 1.15;
}

/* Who issues it, in capitals under the subject ("GIÁM ĐỐC SỞ …"). */
static bool is_authority(const struct extract_rules *rules,
                         const struct row *r)
{
    static const enum table_id where[] = {TABLE_TITLES, TABLE_AGENCIES};
    size_t end;
    for (size_t k = 0; k < ARRAY_LEN(where); k++) {
        const struct table *t = &rules->tables[where[k]];
        for (int i = 0; i < t->n_rows; i++)
            if (strlen(table_fold(t, i, 0)) >= 7 &&
                match_begins(r->p.fold, table_fold(t, i, 0), &end))
                return true;
    }
    return false;
}

/* A row without what is not text at its ends (rules, scraps of stamps).
 * scraps: something that might have been text was left out. */
static struct row core_of(const struct row *r, bool *scraps)
{
    int from = 0, to = r->n;
    *scraps = false;
    while (to - from > 1 && is_scrap(&r->tokens[from], scraps))
        from++;
    while (to - from > 1 && is_scrap(&r->tokens[to - 1], scraps))
        to--;
    struct row core = *r;
    core.tokens += from;
    core.n = to - from;
    core.x0 = core.tokens[0].x0;
    core.x1 = core.tokens[core.n - 1].x1;
    return core;
}

/* How far under the row above a row of the subject may stand. */
static double reach(const struct row *title, const struct row *above, int n,
                    double pitch)
{
    if (n == 0)
        return row_height(title) * 4;
    return pitch > 0 ? pitch * 1.45 : row_height(above) * 1.9;
}

/* Rows under the title on the same axis.
 * doubt: there may be more, or less, to it */
static int subject_rows(const struct extraction *x, bool capitals,
                        int rows[SUBJECT_ROWS_MAX], bool *doubt)
{
    const struct sheet *s = x->first;
    const struct row *title = &s->rows[x->title_row];
    const struct row *above = title;
    double pitch = 0;
    bool scraps, cut;
    struct row middle = core_of(title, &cut);
    int n = 0;
    *doubt = false;
    for (int i = 0; i < s->n_rows && n < SUBJECT_ROWS_MAX; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        struct row core = core_of(r, &scraps);
        double step = row_middle_y(r) - row_middle_y(above);
        bool axis = fabs(row_middle_x(&core) - row_middle_x(&middle)) <
                    s->width * 0.018;
        bool side = r->x1 < middle.x0 && r->x1 < s->width * 0.4;
        bool empty = core.n == 1 && is_scrap(core.tokens, &cut);
        if (step < row_height(title) * 0.5 || side || empty)
            continue; /* a stamp beside the title, a dot */
        bool far = step > reach(title, above, n, pitch);
        bool caps = row_is_capitals(r);
        if (far || ends_subject(x->rules, r) ||
            (n > 0 && begins_paragraph(s, i, step)) || s->by_y[i] == x->number_row ||
            (caps && is_authority(x->rules, r)) || (capitals && !caps))
            break;
        if (!axis) {
            *doubt = r->x1 < s->right - s->width * 0.05;
            break;
        }
        *doubt = *doubt || scraps;
        rows[n++] = s->by_y[i];
        if (n > 1)
            pitch = step;
        above = r;
    }
    return n;
}

/* Whether each bracket has the other: a stroke of a pen is read as one. */
static bool is_balanced(const struct passage *p, struct span s)
{
    int open = 0;
    for (size_t i = s.from; i < s.to && open >= 0; i++)
        open += (p->text[i] == '(') - (p->text[i] == ')');
    return open == 0;
}

/* A subject under its title begins with a capital, which in letters that look
 * the same in both cases is not seen ("về việc", "ứng dụng"). Takes subject;
 * caller frees what comes back. */
static char *begun(const char *rule, char *subject)
{
    size_t at = 0;
    int32_t first = text_next(subject, strlen(subject), &at);
    if (strcmp(rule, "head.subject") != 0 || !letter_is_twin(first))
        return subject;
    char *capital = text_begun(subject);
    free(subject);
    return capital;
}

static void put_subject(struct extraction *x, const char *rule,
                        struct passage *p, struct span s, bool ok)
{
    s = passage_trim(p, s);
    ok = ok && is_balanced(p, s);
    if (!x->subject_read)
        x->subject_read = passage_copy(p, s);
    char *better = NULL;
    int said = said_elsewhere(x, p, s, &better);
    put_field(x, "subject", rule,
              begun(rule, better ? better : passage_copy(p, s)),
              passage_evidence(p, s),
              ok && said >= 0 && (said > 0 || !marks_in_doubt(x, p, s)),
              said > 0 ? "known" : "subject");
}

static void titled(struct extraction *x, size_t rest)
{
    const struct row *title = &x->first->rows[x->title_row];
    const struct table *types = &x->rules->tables[TABLE_TYPES];
    struct evidence e = row_evidence(title);
    const char *abbreviation = table_fold(types, x->type, 1);
    bool agrees = x->notation && strcmp(x->notation, abbreviation) == 0;
    bool exact = match_close(title->p.fold, table_fold(types, x->type, 0));
    if (agrees || exact)
        e.min_pct = e.min_pct < 90 ? 90 : e.min_pct;
    put_field(x, "type", "head.title",
              xstrdup(table_cell(types, x->type, 0)), e, true, "known");
    bool longer = false;
    for (size_t i = rest; i < title->p.fold_len; i++)
        longer = longer || (title->p.fold[i] >= 'a' && title->p.fold[i] <= 'z');
    int rows[SUBJECT_ROWS_MAX + 1] = {x->title_row};
    bool doubt = false;
    int n = subject_rows(x, longer, rows + 1, &doubt);
    if (!longer && n == 0)
        return;
    struct passage p;
    rows_passage(x->first, longer ? rows : rows + 1, longer ? n + 1 : n, &p);
    put_subject(x, "head.subject", &p, (struct span){0, p.len},
                n < SUBJECT_ROWS_MAX && !doubt);
    passage_clear(&p);
}

/* ---- official letters ---- */

static int find_begins(const struct extraction *x, const char *words)
{
    const struct sheet *s = x->first;
    size_t end;
    for (int i = 0; i < s->n_rows; i++)
        if (match_begins(s->rows[s->by_y[i]].p.fold, words, &end))
            return s->by_y[i];
    return -1;
}

/* The byte after "V/v", "V/v:", "Về việc" at the start of a row; 0 if it does
 * not begin so. */
static size_t after_about(const char *fold)
{
    size_t i = strspn(fold, " .,-|_~'\"");
    if (strncmp(fold + i, "ve viec", 7) == 0)
        return i + 7;
    if (fold[i] != 'v' || !strchr("/l1|", fold[i + 1]) || fold[i + 1] == '\0')
        return 0;
    i += 2;
    i += fold[i] == 'v';
    i += strspn(fold + i, ":. ");
    return fold[i] ? i : 0;
}

static void lettered(struct extraction *x, int addressee)
{
    const struct sheet *s = x->first;
    double bottom = addressee >= 0 ? s->rows[addressee].y0 : s->height * 0.45;
    double top = x->number_row >= 0 ? s->rows[x->number_row].y1
                                    : x->head.floor;
    int rows[SUBJECT_ROWS_MAX], n = 0;
    size_t start = 0;
    const struct row *above = NULL;
    for (int i = 0; i < s->n_rows && n < SUBJECT_ROWS_MAX; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (r->x1 > x->head.split + s->width * 0.04 ||
            row_middle_y(r) > bottom || row_middle_y(r) < top ||
            s->by_y[i] == x->number_row)
            continue;
        if (n == 0 && (start = after_about(r->p.fold)) == 0)
            continue;
        double step = above ? row_middle_y(r) - row_middle_y(above) : 0;
        if (above && step > row_height(above) * 2.4)
            break;
        if (above && step < row_height(above) * 0.5)
            continue;
        rows[n++] = s->by_y[i];
        above = r;
    }
    if (n == 0)
        return;
    struct passage p;
    rows_passage(s, rows, n, &p);
    struct span all =
        passage_text_span(&p, (struct span){start, p.fold_len});
    put_subject(x, "head.about", &p, all, n < SUBJECT_ROWS_MAX);
    passage_clear(&p);
}

static void put_known_type(struct extraction *x, int type, const char *rule,
                           const struct row *r)
{
    x->type = type;
    struct evidence e = row_evidence(r);
    put_field(x, "type", rule,
              xstrdup(table_cell(&x->rules->tables[TABLE_TYPES], type, 0)), e,
              true, "known");
}

/* Type of a staff form by its table; its title is the subject. */
static void formed(struct extraction *x)
{
    const struct table *forms = &x->rules->tables[TABLE_STAFF_FORMS];
    const struct sheet *s = x->first;
    struct evidence e = {.page = x->staff_form.page, .min_pct = 90};
    size_t end;
    for (int i = 0; i < s->n_rows && x->title_row < 0; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        for (int k = 0; k < forms->n_rows && row_is_capitals(r); k++)
            if (match_begins(r->p.fold, table_fold(forms, k, 4), &end))
                x->title_row = s->by_y[i];
    }
    int rows[SUBJECT_ROWS_MAX + 1] = {x->title_row};
    struct passage p = {0};
    if (x->title_row >= 0) {
        e = row_evidence(&s->rows[x->title_row]);
        e.min_pct = e.min_pct < 90 ? 90 : e.min_pct;
        bool doubt = false;
        int n = subject_rows(x, true, rows + 1, &doubt);
        rows_passage(s, rows, n + 1, &p);
        put_subject(x, "form.subject", &p, (struct span){0, p.len}, !doubt);
        passage_clear(&p);
    }
    put_field(x, "type", "form.title", xstrdup(x->staff_form.type), e, true,
              "known");
}

void find_type(struct extraction *x)
{
    const struct table *types = &x->rules->tables[TABLE_TYPES];
    if (x->form) {
        formed(x);
        return;
    }
    size_t rest = 0;
    if (find_title(x, &rest)) {
        titled(x, rest);
        return;
    }
    if (!x->head.found)
        return;
    int addressee = find_begins(x, "kinh gui");
    lettered(x, addressee);
    bool about = has_field(x, "subject");
    int named = x->notation ? table_find_fold(types, 1, x->notation) : -1;
    if (named >= 0 && !about && x->number_row >= 0)
        put_known_type(x, named, "head.notation",
                       &x->first->rows[x->number_row]);
    else if (about || addressee >= 0)
        put_known_type(x, table_find_fold(types, 0, "cong van"),
                       "head.letter",
                       &x->first->rows[addressee >= 0 ? addressee
                                                      : x->number_row]);
}
