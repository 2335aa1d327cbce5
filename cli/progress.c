/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress for people: bar or lines. */
#include "cli/progress.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define BAR_EVERY_MS 100
#define LINE_EVERY_MS 10000
#define BAR_COLUMNS 24

void progress_start(struct progress *g, struct printer *out)
{
    int64_t now = clock_ms();
    *g = (struct progress){
        .out = out,
        .started_ms = now,
        .last_ms = out->err_is_terminal ? 0 : now,
    };
}

int64_t progress_left_ms(const struct ingest_event *e)
{
    double all = e->pages_known;
    if (e->pages_done <= 0 || e->documents_all <= 0)
        return -1;
    if (e->documents_all > 1) {
        if (e->documents_done == 0)
            return -1;
        double guess =
            (double)e->pages_done * e->documents_all / e->documents_done;
        if (e->documents_done < e->documents_all && guess > all)
            all = guess;
    }
    if (all <= e->pages_done)
        return 0;
    return (int64_t)((double)e->elapsed_ms * (all - e->pages_done) /
                     e->pages_done);
}

/* One line over the one before, cut to the terminal so that it never wraps. */
static void draw(struct progress *g, double share, const char *text)
{
    char bar[BAR_COLUMNS + 1];
    int full = (int)(share * BAR_COLUMNS + 0.5);
    full = full < 0 ? 0 : full > BAR_COLUMNS ? BAR_COLUMNS : full;
    memset(bar, '.', BAR_COLUMNS);
    memset(bar, '#', (size_t)full);
    bar[BAR_COLUMNS] = '\0';
    int room = g->out->columns - 1;
    if (room < BAR_COLUMNS + 3 + (int)text_width(text))
        fprintf(stderr, "\r\033[K%.*s", room < 20 ? 0 : room, bar);
    else
        fprintf(stderr, "\r\033[K[%s] %s", bar, text);
    fflush(stderr);
    g->drawn = true;
}

static bool due(struct progress *g)
{
    int64_t now = clock_ms();
    if (g->out->quiet || (g->out->json && !g->out->err_is_terminal) ||
        (g->out->json && g->out->out_is_terminal))
        return false;
    int every = g->out->err_is_terminal ? BAR_EVERY_MS : LINE_EVERY_MS;
    if (now - g->last_ms < every)
        return false;
    g->last_ms = now;
    return true;
}

static void show(struct progress *g, double share, const char *text)
{
    if (g->out->err_is_terminal)
        draw(g, share, text);
    else
        print_note(g->out, "%s\n", text);
}

void progress_ingest(struct progress *g, const struct ingest_event *e)
{
    char left[NUMBER_BYTES];
    if (!due(g))
        return;
    int64_t left_ms = progress_left_ms(e);
    double seconds = (double)e->elapsed_ms / 1000;
    double rate = seconds > 0 ? e->pages_done / seconds : 0;
    int tenths = (int)(rate * 10 + 0.5);
    AUTO(free_char)
    char *speed = xasprintf("%d%c%d", tenths / 10,
                            i18n_vietnamese() ? ',' : '.', tenths % 10);
    AUTO(free_char)
    char *text =
        xasprintf(_("%d of %d documents, %d pages, %s pages/s"),
                  e->documents_done, e->documents_all, e->pages_done, speed);
    AUTO(free_char)
    char *whole = left_ms < 0 ? xstrdup(text)
                              : xasprintf(_("%s, %s left"), text,
                                          duration_text(left_ms, left));
    double share = left_ms < 0 ? 0
                               : (double)e->elapsed_ms /
                                     (double)(e->elapsed_ms + left_ms + 1);
    show(g, share, whole);
}

void progress_documents(void *user, int64_t done, int64_t all)
{
    struct progress *g = user;
    if (!due(g))
        return;
    AUTO(free_char)
    char *text = xasprintf(_("%lld of %lld documents"), (long long)done,
                           (long long)all);
    show(g, all > 0 ? (double)done / (double)all : 1, text);
}

void progress_bytes(void *user, uint64_t done, uint64_t all)
{
    struct progress *g = user;
    char number[NUMBER_BYTES], of[NUMBER_BYTES];
    if (!due(g))
        return;
    AUTO(free_char)
    char *text = xasprintf(_("%s of %s read"), bytes_text(done, number),
                           bytes_text(all, of));
    show(g, all > 0 ? (double)done / (double)all : 0, text);
}

void progress_clear(struct progress *g)
{
    if (!g->drawn)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    g->drawn = false;
}
