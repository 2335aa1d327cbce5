/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubtful matches before a person: both sides, and the decision. */
#include "cli/register_review.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <string.h>

void register_print_summary(struct printer *p, const struct match_summary *s)
{
    const struct {
        const char *name, *text;
        int64_t n;
    } numbers[] = {
        {"results", _("results in the registers"), s->results},
        {"matched", _("of them with a document"), s->matched},
        {"several", _("of them with several documents"), s->several},
        {"documents", _("documents of kind result"), s->documents},
        {"shared", _("of them of several results"), s->shared},
        {"unknown", _("of them in no register"), s->unknown},
        {"review", _("pairs that wait for a decision"), s->review},
    };
    char number[NUMBER_BYTES];
    json_t *j = p->json ? json_object() : NULL;
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (j != NULL) {
            json_object_set_new(j, numbers[i].name,
                                json_integer(numbers[i].n));
            continue;
        }
        print(p, "%9s  %s\n", number_text(numbers[i].n, number),
              numbers[i].text);
    }
    if (j != NULL)
        print_json(p, j);
}

/* ---- a pair ---- */

static json_t *side_json(const struct match_side *s, const char *title)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "case_code",
                     json_text_value(s->case_code), "procedure",
                     json_text_value(s->procedure), "applicant",
                     json_text_value(s->applicant), "number",
                     json_text_value(s->number), "notation",
                     json_text_value(s->notation), "date",
                     json_text_value(s->date), title,
                     json_text_value(s->title));
}

static json_t *pair_json(const struct match_pair *m)
{
    AUTO(json_decrefp) json_t *evidence = NULL;
    json_t *j =
        json_pack("{s:s, s:o, s:i, s:s, s:I, s:o, s:o, s:o}", "document",
                  m->document, "result", json_text_value(m->result), "score",
                  m->score, "state", m->state, "rivals",
                  (json_int_t)m->rivals, "register",
                  side_json(&m->row, "procedure_name"), "paper",
                  side_json(&m->paper, "title"), "who",
                  *m->who != '\0' ? json_text_value(m->who) : json_null());
    if (json_parse(m->evidence, strlen(m->evidence), "evidence", &evidence) ==
        STATUS_OK)
        json_object_set(j, "evidence", evidence);
    return j;
}

static const char *likeness_text(const json_t *evidence, const char *name)
{
    const char *s = json_string_or(evidence, name, "");
    if (strcmp(s, "same") == 0)
        return _("the same");
    if (strcmp(s, "near") == 0)
        return _("nearly the same");
    if (strcmp(s, "text") == 0)
        return _("stands in the text");
    if (strcmp(s, "foreign") == 0)
        return _("of no row");
    return strcmp(s, "other") == 0 ? _("different") : "";
}

static void print_line(struct printer *p, const char *label, const char *row,
                       const char *paper, const char *likeness)
{
    if (*row == '\0' && *paper == '\0')
        return;
    print(p, "  ");
    print_column(p, label, 11);
    print(p, "  ");
    print_column(p, *row != '\0' ? row : "-", 30);
    print(p, "  ");
    print_column(p, *paper != '\0' ? paper : "-", 30);
    print(p, "  %s\n", likeness);
}

static char *full_number(const struct match_side *s)
{
    return *s->notation != '\0' ? xasprintf("%s/%s", s->number, s->notation)
                                : xstrdup(s->number);
}

static void print_sides(struct printer *p, const struct match_pair *m)
{
    AUTO(json_decrefp) json_t *e = NULL;
    AUTO(free_char) char *row = full_number(&m->row);
    AUTO(free_char) char *paper = full_number(&m->paper);
    if (json_parse(m->evidence, strlen(m->evidence), "evidence", &e) !=
        STATUS_OK)
        e = json_object();
    print_line(p, "", _("the register says"), _("the paper says"), "");
    print_line(p, _("case"), m->row.case_code, m->paper.case_code,
               likeness_text(e, "case"));
    print_line(p, _("number"), row, paper, likeness_text(e, "number"));
    print_line(p, _("date"), m->row.date, m->paper.date,
               likeness_text(e, "date"));
    print_line(p, _("applicant"), m->row.applicant, m->paper.applicant,
               likeness_text(e, "applicant"));
    print_line(p, _("procedure"), m->row.procedure, m->paper.procedure,
               likeness_text(e, "procedure"));
    print_line(p, _("title"), m->row.title, m->paper.title, "");
}

static const char *state_text(const char *state)
{
    if (strcmp(state, "sure") == 0)
        return _("sure");
    if (strcmp(state, "review") == 0)
        return _("to be decided");
    return strcmp(state, "confirmed") == 0 ? _("confirmed") : _("rejected");
}

static enum status print_pair(void *user, const struct match_pair *m)
{
    struct printer *p = user;
    if (p->json) {
        print_json(p, pair_json(m));
        return STATUS_OK;
    }
    print_style(p, STYLE_BOLD);
    print(p, "%s  %s", m->document, m->result);
    print_style(p, STYLE_PLAIN);
    print(p, _("  score %d, %s"), m->score, state_text(m->state));
    if (*m->who != '\0')
        print(p, _(" by %s"), m->who);
    print(p, "\n");
    print_sides(p, m);
    return STATUS_OK;
}

/* ---- the verbs ---- */

static enum status decide(struct run *r, bool accept)
{
    const char *result = r->n_args > 3 ? r->args[3] : NULL;
    enum status st =
        archive_match_decide(r->archive, r->args[2], result, accept);
    if (st != STATUS_OK)
        return st;
    if (r->out->json)
        return archive_match_pairs(r->archive, NULL, r->args[2], print_pair,
                                   r->out);
    print(r->out,
          accept ? _("'%s' is matched; a later run does not change it.\n")
                 : _("'%s' is not that result; a later run does not match it "
                     "again.\n"),
          r->args[2]);
    return STATUS_OK;
}

bool register_review_looks(const struct run *r)
{
    return strcmp(r->args[0], "review") == 0 &&
           (r->n_args < 2 || strcmp(r->args[1], "list") == 0 ||
            strcmp(r->args[1], "show") == 0);
}

enum status register_review(struct run *r)
{
    const char *verb = r->n_args > 1 ? r->args[1] : "list";
    if (strcmp(verb, "list") == 0 && r->n_args <= 2)
        return archive_match_pairs(r->archive, NULL, NULL, print_pair, r->out);
    if (strcmp(verb, "show") == 0 && r->n_args == 3)
        return archive_match_pairs(r->archive, NULL, r->args[2], print_pair,
                                   r->out);
    if (strcmp(verb, "accept") == 0 && r->n_args >= 3)
        return decide(r, true);
    if (strcmp(verb, "reject") == 0 && r->n_args >= 3)
        return decide(r, false);
    return fail(STATUS_USAGE,
                _("'hoso register review' takes nothing, 'list', 'show ID', "
                  "'accept ID [RESULT]' or 'reject ID [RESULT]'"));
}
