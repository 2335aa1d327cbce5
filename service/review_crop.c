/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person looks at: the place of a field as a picture, and the lines
 * around it. The originals are foreign bytes, so workers cut the pictures; the
 * same way an access PDF is made anew.
 */
#include "service/review_inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "service/machine.h"
#include "service/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONTEXT_LINES 2 /* before and behind */

struct review_crops {
    struct archive *a;
    char *dir;
    struct pool *pool;
    char *id;   /* of the document at hand … */
    int source; /* … and which original */
    int fd;     /* it; -1 if none */
};

/* ---- workers and originals ---- */

enum media review_media(const struct source *s)
{
    for (int m = MEDIA_JPEG; s->media_type && m <= MEDIA_PDF; m++)
        if (strcmp(media_type((enum media)m), s->media_type) == 0)
            return (enum media)m;
    return MEDIA_UNKNOWN;
}

enum status review_task(struct pool *p, const struct task *t,
                        struct task_result *out)
{
    bool got = false;
    enum status st = pool_submit(p, t);
    while (st == STATUS_OK && !got)
        st = pool_wait(p, -1, &got, out);
    if (st != STATUS_OK || out->status == STATUS_OK)
        return st;
    st = fail(out->status, "%s", out->message);
    task_result_clear(out);
    return st;
}

enum status review_original(struct archive *a, const char *id,
                            const struct source *s, const char *dir, int *fd)
{
    enum status st = scratch_open(dir, fd);
    if (st == STATUS_OK)
        st = store_read_file(a->store, id, s->path, *fd);
    if (st != STATUS_OK)
        close_fdp(fd);
    return st;
}

static enum status assemble(struct archive *a, struct record *r, int *fds,
                            struct pool *pool)
{
    const char *dir = NULL;
    enum status st = store_work_dir(a->store, &dir);
    for (int i = 0; i < r->n_sources && st == STATUS_OK; i++)
        st = review_original(a, r->id, &r->sources[i], dir, &fds[i]);
    if (st == STATUS_OK)
        st = scratch_open(dir, &fds[r->n_sources]);
    if (st != STATUS_OK)
        return st;
    struct task_result result = {0};
    const struct task t = {.kind = TASK_ASSEMBLE,
                           .fds = fds,
                           .n_fds = r->n_sources + 1,
                           .record = r};
    st = review_task(pool, &t, &result);
    if (st != STATUS_OK)
        return explain(st, _("making the access PDF"));
    free(r->access_note);
    r->access_note = xstrdup(json_string_or(result.info, "note", ""));
    task_result_clear(&result);
    return STATUS_OK;
}

enum status review_access_pdf(struct archive *a, struct record *r, int *fd)
{
    static const char none[] = "no access PDF";
    struct pool_options po;
    struct pool *pool = NULL;
    if (r->access_note && strncmp(r->access_note, none, strlen(none)) == 0)
        return STATUS_OK;
    machine_pool_options(a->config, 1, &po);
    enum status st = pool_open(&po, &pool);
    if (st != STATUS_OK)
        return st;
    int *fds = xcalloc((size_t)r->n_sources + 1, sizeof(*fds));
    for (int i = 0; i <= r->n_sources; i++)
        fds[i] = -1;
    st = assemble(a, r, fds, pool);
    if (st == STATUS_OK) {
        *fd = fds[r->n_sources];
        fds[r->n_sources] = -1;
    }
    for (int i = 0; i <= r->n_sources; i++)
        close_fdp(&fds[i]);
    free(fds);
    pool_close(pool);
    return st;
}

/* ---- pictures ---- */

enum status review_crops_open(struct archive *a, const char *dir,
                              struct review_crops **out)
{
    AUTO(review_crops_closep)
    struct review_crops *c = xcalloc(1, sizeof(*c));
    struct pool_options po;
    c->a = a;
    c->fd = -1;
    c->dir = xstrdup(dir);
    enum status st = file_make_dirs(dir, 0700);
    machine_pool_options(a->config, 1, &po);
    if (st == STATUS_OK)
        st = pool_open(&po, &c->pool);
    if (st == STATUS_OK)
        *out = STEAL(c);
    return st;
}

void review_crops_close(struct review_crops *c)
{
    if (!c)
        return;
    pool_close(c->pool);
    close_fdp(&c->fd);
    free(c->id);
    free(c->dir);
    free(c);
}

void review_crops_closep(struct review_crops **c)
{
    review_crops_close(*c);
    *c = NULL;
}

/* The fields of a document mostly stand in one original. */
static enum status have_original(struct review_crops *c,
                                 const struct record *r, int source)
{
    if (c->fd >= 0 && c->source == source && strcmp(c->id, r->id) == 0)
        return STATUS_OK;
    close_fdp(&c->fd);
    c->fd = -1;
    free(c->id);
    c->id = xstrdup(r->id);
    c->source = source;
    return review_original(c->a, r->id, &r->sources[source], c->dir, &c->fd);
}

/* Rows of a table have one name: they are numbered. */
static char *picture_name(const struct record *r, int i)
{
    const char *name = r->fields[i].name;
    int before = 0, all = 0;
    for (int k = 0; k < r->n_fields; k++) {
        bool same = strcmp(r->fields[k].name, name) == 0;
        all += same;
        before += same && k <= i;
    }
    char *made = all > 1 ? xasprintf("%s-%s-%d.png", r->id, name, before)
                         : xasprintf("%s-%s.png", r->id, name);
    for (char *p = made; *p; p++)
        if (*p == '/')
            *p = '_';
    return made;
}

static enum status cut(struct review_crops *c, const struct record *r,
                       const struct field *f, int out_fd)
{
    int n = f->page > 0 && f->page <= r->n_pages ? f->page - 1 : 0;
    const struct page *p = &r->pages[n];
    enum status st = have_original(c, r, p->source);
    if (st != STATUS_OK)
        return st;
    const struct source *s = &r->sources[p->source];
    const int fds[] = {c->fd, out_fd};
    struct task_result result = {0};
    struct task t = {
        .kind = TASK_CROP,
        .fds = fds,
        .n_fds = 2,
        .media = review_media(s),
        .sha256 = s->sha256,
        .source_page = p->source_page,
        .crop = {.width_px = p->width_px,
                 .height_px = p->height_px,
                 .turn_deg = p->turn_deg},
    };
    if (f->page > 0)
        t.crop.box = f->box;
    st = review_task(c->pool, &t, &result);
    if (st == STATUS_OK)
        task_result_clear(&result);
    return st;
}

enum status review_crop(struct review_crops *c, const struct record *r, int i,
                        char **path)
{
    AUTO(free_char) char *name = picture_name(r, i);
    AUTO(free_char) char *part = xasprintf("%s/.%s.part", c->dir, name);
    AUTO(free_char) char *made = path_join(c->dir, name);
    bool staff = strcmp(r->kind, "staff") == 0;
    if (r->n_pages == 0)
        return fail(STATUS_NOT_FOUND, _("'%s' has no pages"), r->id);
    (void)unlink(part); /* of a run that was broken off */
    AUTO(close_fdp)
    int fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                  staff ? 0600 : 0640);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("'%s' cannot be written"), made);
    enum status st = cut(c, r, &r->fields[i], fd);
    if (st == STATUS_OK && rename(part, made) != 0)
        st = fail_errno(STATUS_IO, errno, _("'%s' cannot be written"), made);
    if (st == STATUS_OK)
        *path = STEAL(made);
    else
        (void)unlink(part);
    return st;
}

/* ---- lines around a field ---- */

static bool overlaps(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h &&
           b->y < a->y + a->h;
}

char *review_context(const struct record *r, const struct field *f)
{
    int n = f->page > 0 && f->page <= r->n_pages ? f->page - 1 : 0;
    int from = 0, to = CONTEXT_LINES * 2;
    bool found = false;
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; r->n_pages > 0 && i < r->pages[n].n_lines; i++) {
        if (!overlaps(&r->pages[n].lines[i].box, &f->box))
            continue;
        if (!found)
            from = i > CONTEXT_LINES ? i - CONTEXT_LINES : 0;
        found = true;
        to = i + CONTEXT_LINES;
    }
    for (int i = from; r->n_pages > 0 && i <= to && i < r->pages[n].n_lines;
         i++) {
        const struct line *l = &r->pages[n].lines[i];
        for (int k = 0; k < l->n_words; k++)
            strbuf_addf(&b, "%s%s", k > 0 ? " " : "", l->words[k].text);
        strbuf_addc(&b, '\n');
    }
    return strbuf_take(&b);
}
