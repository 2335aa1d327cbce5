/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting workers as the settings say, and asking what they are. */
#include "service/machine.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <sched.h>
#include <string.h>

/* Cores this process may use, which need not be all of the machine's. */
static int cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 0)
        return CPU_COUNT(&set);
    return 1;
}

void machine_pool_options(const struct config *c, int jobs,
                          struct pool_options *out)
{
    *out = (struct pool_options){
        .jobs = jobs > 0 ? jobs : cores(),
        .model = config_text(c, CONFIG_MODEL),
        .page_seconds = (int)config_int(c, CONFIG_PAGE_SECONDS),
        .worker_mb = (int)config_int(c, CONFIG_WORKER_MB),
        .file_pages = (int)config_int(c, CONFIG_FILE_PAGES),
        .page_megapixels = (int)config_int(c, CONFIG_PAGE_MEGAPIXELS),
        .min_dpi = (int)config_int(c, CONFIG_MIN_DPI),
        .min_confidence_pct = (int)config_int(c, CONFIG_MIN_CONFIDENCE),
        .min_sharpness_pct = (int)config_int(c, CONFIG_MIN_SHARPNESS),
        .min_contrast_pct = (int)config_int(c, CONFIG_MIN_CONTRAST),
        .max_frame_pct = (int)config_int(c, CONFIG_MAX_FRAME),
        .second_look = config_bool(c, CONFIG_SECOND_LOOK),
        .table_cells = config_bool(c, CONFIG_TABLE_CELLS),
        .repair = config_bool(c, CONFIG_REPAIR),
        .drop_junk = config_bool(c, CONFIG_DROP_JUNK),
    };
}

enum status machine_ask_worker(struct pool *p, json_t **info)
{
    struct task hello = {.kind = TASK_HELLO};
    enum status st = pool_submit(p, &hello);
    bool got = false;
    struct task_result r;
    while (st == STATUS_OK && !got)
        st = pool_wait(p, -1, &got, &r);
    if (st != STATUS_OK)
        return st;
    if (r.status != STATUS_OK)
        st = fail(r.status, "%s", r.message);
    else
        *info = json_incref(r.info);
    task_result_clear(&r);
    return st;
}

char *machine_recogniser(const json_t *info, int pairs)
{
    const char *second = json_string_or(info, "second_model", NULL);
    const char *confirmed = json_string_or(info, "confirmed_sha256", NULL);
    struct strbuf b;

    strbuf_init(&b);
    strbuf_addf(&b, "tesseract %s %s sha256:%s",
                json_string_or(info, "tesseract", "?"),
                json_string_or(info, "model", "?"),
                json_string_or(info, "model_sha256", "?"));
    if (second)
        strbuf_addf(&b, ", %s sha256:%s", second,
                    json_string_or(info, "second_model_sha256", ""));
    if (confirmed)
        strbuf_addf(&b, ", %d confirmed pairs of words sha256:%s", pairs,
                    confirmed);
    return strbuf_take(&b);
}
