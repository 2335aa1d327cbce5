/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tesseract's C API. Settings that differ from its defaults, and why:
 *
 *   OEM_LSTM_ONLY           Debian's models have nothing else
 *   PSM_AUTO                no orientation detector here: orient.c is cheaper
 *   tessedit_do_invert 0    no second pass for white on black: 17-25 % of
 *                           the time for letters that print does not have
 *   textord_all_prop 1      no search for typewriter pitch: 2 % of the time
 *   paragraph_text_based 0  paragraphs are not used here
 */
#include "pipeline/recognise.h"

#include "base/alloc.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/rules_dir.h"
#include "base/text.h"
#include "pipeline/ambigs_shortcut.h"
#include "pipeline/grain.h"
#include "pipeline/leptonica.h"
#include "pipeline/network_steps.h"
#include "pipeline/open_shortcut.h"
#include "pipeline/openmp_serial.h"
#include "pipeline/png_shortcut.h"
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <tesseract/capi.h>
#include <unistd.h>

#define FIND_TABLES "textord_tabfind_find_tables"

struct recogniser {
    TessBaseAPI *api;
    char *model;
    char *model_path;
    bool grainy; /* of recogniser_expect_grain() */
};

/* The Debian package of a model: tesseract-ocr-vie, -chi-sim …; models of
 * whole scripts begin with a capital and have another prefix. */
static char *model_package(const char *model)
{
    bool script = model[0] >= 'A' && model[0] <= 'Z';
    char *name = xasprintf("tesseract-ocr-%s%s", script ? "script-" : "",
                           strcmp(model, "Vietnamese") == 0 ? "viet" : model);

    for (char *p = name; *p; p++)
        if (*p == '_')
            *p = '-';
    return name;
}

static enum status model_missing(const char *model)
{
    AUTO(free_char) char *package = model_package(model);

    return fail(STATUS_MISSING,
                _("Tesseract's model '%s' is not installed; install the "
                  "package %s"),
                model, package);
}

static bool model_name_valid(const char *model)
{
    return model[0] != '\0' &&
           strspn(model, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789_-+") == strlen(model);
}

/* The digest of a model of our own; NULL: it is another's. */
static const char *own_model_sha256(const char *model)
{
    if (strcmp(model, OWN_MODEL) == 0)
        return OWN_MODEL_SHA256;
    return strcmp(model, SECOND_MODEL) == 0 ? SECOND_MODEL_SHA256 : NULL;
}

/* The folder of a model of our own if the file there is the one that was
 * measured; else NULL. Caller frees. */
static char *own_model_folder(const char *model)
{
    AUTO(free_char) char *rules = rules_dir();
    char *folder = path_join(rules, "../tessdata");
    AUTO(free_char) char *path =
        xasprintf("%s/%s.traineddata", folder, model);
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes;

    if (fd >= 0 && digest_fd(fd, path, hex, &bytes) == STATUS_OK &&
        strcmp(hex, own_model_sha256(model)) == 0)
        return folder;
    free(folder);
    return NULL;
}

enum status recogniser_new(const char *model, struct recogniser **out)
{
    AUTO(free_char) char *own = NULL;
    struct recogniser *r;
    const char *folder;

    if (own_model_sha256(model) != NULL) {
        own = own_model_folder(model);
        if (own == NULL && strcmp(model, SECOND_MODEL) == 0)
            return fail(STATUS_MISSING, _("the model '%s' is not there"),
                        model);
        if (own == NULL)
            model = OWN_MODEL_FALLBACK;
    }
    if (!model_name_valid(model))
        return fail(STATUS_CONFIG, _("'%s' cannot be the name of a model"),
                    model);
    r = xcalloc(1, sizeof(*r));
    openmp_serial_use();
    network_steps_use(TessVersion());
    open_shortcut_use();
    ambigs_shortcut_use();
    r->api = TessBaseAPICreate();
    /* Tesseract complains on stderr in its own words; ours follow */
    TessBaseAPISetVariable(r->api, "debug_file", "/dev/null");
    if (TessBaseAPIInit2(r->api, own, model, OEM_LSTM_ONLY) != 0) {
        recogniser_free(r);
        return model_missing(model);
    }
    folder = TessBaseAPIGetDatapath(r->api);
    r->model = xstrdup(model);
    r->model_path = xasprintf("%s%s%s.traineddata", folder,
                              folder[0] && folder[strlen(folder) - 1] == '/'
                                  ? ""
                                  : "/",
                              model);
    TessBaseAPISetPageSegMode(r->api, PSM_AUTO);
    TessBaseAPISetVariable(r->api, "tessedit_do_invert", "0");
    TessBaseAPISetVariable(r->api, "textord_all_prop", "1");
    TessBaseAPISetVariable(r->api, "paragraph_text_based", "0");
    *out = r;
    return STATUS_OK;
}

void recogniser_free(struct recogniser *r)
{
    if (r == NULL)
        return;
    TessBaseAPIEnd(r->api);
    TessBaseAPIDelete(r->api);
    free(r->model_path);
    free(r->model);
    free(r);
}

void recogniser_freep(struct recogniser **r)
{
    recogniser_free(*r);
}

static struct box box_at(const TessPageIterator *it,
                         TessPageIteratorLevel level)
{
    int left = 0, top = 0, right = 0, bottom = 0;

    TessPageIteratorBoundingBox(it, level, &left, &top, &right, &bottom);
    return (struct box){left, top, right - left, bottom - top};
}

/* White space inside a word would break text.txt: one blank is no word. */
static char *word_text(const TessResultIterator *it)
{
    char *raw = TessResultIteratorGetUTF8Text(it, RIL_WORD);
    char *text;

    if (raw == NULL)
        return NULL;
    text = text_nfc(raw, strlen(raw));
    TessDeleteText(raw);
    if (text[0] == '\0' || strpbrk(text, " \t\n\f") != NULL) {
        free(text);
        return NULL;
    }
    return text;
}

/*
 * Tesseract reads whole pages of lines that run downward and gives them as
 * upright; their boxes tell: taller than wide, though of several words.
 */
static bool line_runs_down(const struct line *line)
{
    return line->n_words > 1 && line->box.h > 2 * line->box.w;
}

/*
 * Append the words; the turn they want. Where lines begin and end is asked of
 * a plain copy that goes along: the iterator of words works out the direction
 * of writing of a whole line at each such question.
 */
static int take_words(TessResultIterator *it, struct page *out)
{
    const TessPageIterator *word_at = TessResultIteratorGetPageIteratorConst(it);
    TessPageIterator *at = TessPageIteratorCopy(word_at);
    struct line line = {0};
    double sum = 0;
    int n = 0, block = -1, down = 0;

    do {
        char *text = word_text(it);
        struct word word = {.text = text};

        if (TessPageIteratorIsAtBeginningOf(at, RIL_BLOCK))
            block++;
        if (TessPageIteratorIsAtBeginningOf(at, RIL_TEXTLINE))
            line = (struct line){.box = box_at(at, RIL_TEXTLINE),
                                 .block = block < 0 ? 0 : block};
        if (text != NULL) {
            double conf = TessResultIteratorConfidence(it, RIL_WORD);

            word.box = box_at(word_at, RIL_WORD);
            word.conf_pct = (int)lround(fmin(fmax(conf, 0), 100));
            sum += word.conf_pct;
            n++;
            line_take_word(&line, &word);
        }
        if (TessPageIteratorIsAtFinalElement(at, RIL_TEXTLINE, RIL_WORD) &&
            line.n_words > 0) {
            down += line_runs_down(&line) ? line.n_words : 0;
            page_take_line(out, &line);
        }
    } while (TessPageIteratorNext(at, RIL_WORD) &&
             TessResultIteratorNext(it, RIL_WORD));
    TessPageIteratorDelete(at);
    out->confidence_pct = n ? (int)lround(sum / n) : 0;
    return down * 2 > n ? 270 : 0;
}

static void begin(struct recogniser *r, PIX *pix, int dpi)
{
    TessBaseAPIClearAdaptiveClassifier(r->api);
    TessBaseAPISetImage2(r->api, pix);
    TessBaseAPISetSourceResolution(r->api, dpi);
}

/* Set the page without its grain, if it has any. Whether nobody is to look for
 * tables: that takes minutes over what dots look like. */
static bool begin_without_grain(struct recogniser *r, int dpi)
{
    AUTO(pixDestroy) PIX *black = TessBaseAPIGetThresholdedImage(r->api);
    AUTO(pixDestroy) PIX *clean = NULL;
    struct grain grain;

    if (black == NULL)
        return r->grainy;
    grain = grain_count(black, dpi);
    clean = grain_removed(black, &grain, dpi);
    if (clean == NULL)
        return r->grainy || grain_outnumbers(&grain);
    begin(r, clean, dpi);
    return true;
}

/* Recognise what is set and append its words. */
static enum status read_words(struct recogniser *r, struct page *out,
                              int *turn_deg)
{
    TessResultIterator *it;
    int failed;

    png_shortcut_set(true);
    failed = TessBaseAPIRecognize(r->api, NULL);
    png_shortcut_set(false);
    if (failed)
        return fail(STATUS_INTERNAL, _("Tesseract could not read the page"));
    it = TessBaseAPIGetIterator(r->api);
    if (it != NULL) {
        *turn_deg = take_words(it, out);
        TessResultIteratorDelete(it);
    }
    return STATUS_OK;
}

void recogniser_expect_grain(struct recogniser *r, bool grainy)
{
    r->grainy = grainy;
}

enum status recognise(struct recogniser *r, PIX *pix, int dpi,
                      struct page *out, int *turn_deg)
{
    enum status st;

    *turn_deg = 0;
    begin(r, pix, dpi);
    TessBaseAPISetVariable(r->api, FIND_TABLES,
                           begin_without_grain(r, dpi) ? "0" : "1");
    st = read_words(r, out, turn_deg);
    TessBaseAPIClear(r->api);
    return st;
}

enum status recognise_areas(struct recogniser *r, PIX *pix, int dpi,
                            enum area_kind kind, const struct box *boxes,
                            int n, struct page *out)
{
    enum status st = STATUS_OK;
    int turn_deg;

    begin(r, pix, dpi);
    TessBaseAPISetPageSegMode(
        r->api, kind == AREA_LINE ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
    for (int i = 0; i < n && st == STATUS_OK; i++) {
        const struct box *b = &boxes[i];

        TessBaseAPISetRectangle(r->api, b->x, b->y, b->w, b->h);
        st = read_words(r, &out[i], &turn_deg);
    }
    TessBaseAPISetPageSegMode(r->api, PSM_AUTO);
    TessBaseAPIClear(r->api);
    return st;
}

const char *recogniser_second_sha256(void)
{
    AUTO(free_char) char *folder = own_model_folder(SECOND_MODEL);

    return folder != NULL ? SECOND_MODEL_SHA256 : NULL;
}

const char *recogniser_version(void)
{
    return TessVersion();
}

const char *recogniser_model(const struct recogniser *r)
{
    return r->model;
}

const char *recogniser_model_path(const struct recogniser *r)
{
    return r->model_path;
}
