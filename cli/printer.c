/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing for people and for programs, with one door for all text. */
#include "cli/printer.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define HELP_COLUMNS 80

void printer_start(struct printer *p)
{
    const char *term = getenv("TERM");
    bool dumb = term == NULL || strcmp(term, "dumb") == 0;
    struct winsize size;
    *p = (struct printer){.columns = 80};
    p->out_is_terminal = !dumb && isatty(STDOUT_FILENO);
    p->err_is_terminal = !dumb && isatty(STDERR_FILENO);
    int fd = p->out_is_terminal ? STDOUT_FILENO : STDERR_FILENO;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        p->columns = size.ws_col;
}

/* ---- clean text ---- */

static bool is_control(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x200e ||
           cp == 0x200f || cp == 0x2028 || cp == 0x2029 ||
           (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

void clean_text(struct strbuf *out, const char *s, size_t n, bool lines)
{
    for (size_t pos = 0; pos < n;) {
        int32_t cp = text_next(s, n, &pos);
        char bytes[4];
        if (cp < 0)
            break;
        if (lines && (cp == '\n' || cp == '\t'))
            strbuf_addc(out, (char)cp);
        else if (cp < 0x80 && is_control(cp))
            strbuf_addf(out, "\\x%02X", (unsigned)cp);
        else if (is_control(cp))
            strbuf_addf(out, "\\u%04X", (unsigned)cp);
        else
            strbuf_add(out, bytes, text_put(cp, bytes));
    }
}

/* jansson leaves these as they are; inside JSON they only occur in strings. */
static void clean_json(struct strbuf *out, const char *s)
{
    size_t n = strlen(s);
    for (size_t pos = 0; pos < n;) {
        int32_t cp = text_next(s, n, &pos);
        char bytes[4];
        if (cp < 0)
            break;
        if (is_control(cp))
            strbuf_addf(out, "\\u%04x", (unsigned)cp);
        else
            strbuf_add(out, bytes, text_put(cp, bytes));
    }
}

/* ---- standard output ---- */

static void put_out(struct printer *p, const char *bytes, size_t n)
{
    if (p->error == 0 && fwrite(bytes, 1, n, stdout) != n)
        p->error = errno != 0 ? errno : EIO;
}

/* A failed fflush() throws the text away and the next one succeeds, so the
 * first failure is kept. */
static void flush_out(struct printer *p)
{
    if (fflush(stdout) != 0 && p->error == 0)
        p->error = errno != 0 ? errno : EIO;
}

void print_style(struct printer *p, enum style style)
{
    static const char *const codes[] = {
        [STYLE_PLAIN] = "\033[0m",  [STYLE_BOLD] = "\033[1m",
        [STYLE_GREEN] = "\033[32m", [STYLE_YELLOW] = "\033[33m",
        [STYLE_RED] = "\033[1;31m",
    };
    bool colour = style != STYLE_PLAIN && style != STYLE_BOLD;
    if (p->out_is_terminal && !(colour && getenv("NO_COLOR") != NULL))
        put_out(p, codes[style], strlen(codes[style]));
}

static void add_formatted(struct strbuf *clean, const char *format,
                          va_list args)
{
    char *raw = NULL;
    int n = vasprintf(&raw, format, args);
    assert(n >= 0);
    clean_text(clean, raw, (size_t)n, true);
    free(raw);
}

void print(struct printer *p, const char *format, ...)
{
    struct strbuf clean;
    va_list args;
    strbuf_init(&clean);
    va_start(args, format);
    add_formatted(&clean, format, args);
    va_end(args);
    put_out(p, clean.s, clean.len);
    strbuf_clear(&clean);
}

/* Bytes of s that fit into so many columns. */
static size_t fitting(const char *s, size_t width)
{
    size_t n = strlen(s), pos = 0, fits = 0;
    AUTO(free_char) char *part = xcalloc(1, n + 1);
    while (pos < n) {
        text_next(s, n, &pos);
        memcpy(part, s, pos);
        if (text_width(part) > width)
            break;
        fits = pos;
    }
    return fits;
}

void print_column(struct printer *p, const char *text, int width)
{
    struct strbuf clean;
    strbuf_init(&clean);
    clean_text(&clean, text, strlen(text), false);
    size_t used = text_width(clean.s);
    if (used > (size_t)width) {
        size_t n = fitting(clean.s, (size_t)width - 1);
        print(p, "%.*s…", (int)n, clean.s);
        used = (size_t)width;
    } else {
        print(p, "%s", clean.s);
    }
    print(p, "%*s", (int)((size_t)width - used), "");
    strbuf_clear(&clean);
}

void print_wrapped(struct printer *p, const char *text, int indent, int first)
{
    AUTO(free_char) char *copy = xstrdup(text);
    int column = first;
    char *rest = copy;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        int width = (int)text_width(word);
        if (column > indent && column + 1 + width > HELP_COLUMNS) {
            print(p, "\n");
            column = 0;
        }
        if (column < indent) {
            print(p, "%*s", indent - column, "");
            column = indent;
        } else if (column > indent) {
            print(p, " ");
            column++;
        }
        print(p, "%s", word);
        column += width;
    }
    print(p, "\n");
}

void print_json(struct printer *p, json_t *take_j)
{
    AUTO(free_char) char *text = json_text(take_j, false);
    struct strbuf clean;
    strbuf_init(&clean);
    clean_json(&clean, text);
    strbuf_addc(&clean, '\n');
    put_out(p, clean.s, clean.len);
    strbuf_clear(&clean);
    json_decref(take_j);
}

void print_document(struct printer *p, const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\f");
        print(p, "%.*s", (int)n, text);
        text += n;
        if (*text == '\f') {
            put_out(p, p->out_is_terminal ? "\n" : "\f", 1);
            text++;
        }
    }
}

/* ---- standard error ---- */

void print_note(struct printer *p, const char *format, ...)
{
    struct strbuf clean;
    va_list args;
    if (p->quiet)
        return;
    strbuf_init(&clean);
    va_start(args, format);
    add_formatted(&clean, format, args);
    va_end(args);
    flush_out(p);
    fputs(clean.s, stderr);
    strbuf_clear(&clean);
}

void print_failure(struct printer *p, enum status st)
{
    struct strbuf clean;
    const char *message = status_message();
    strbuf_init(&clean);
    flush_out(p);
    if (p->json) {
        json_t *j =
            json_pack("{s:{s:s, s:o}}", "error", "code", status_json(st),
                      "message", json_text_value(message));
        AUTO(free_char) char *text = json_text(j, false);
        clean_json(&clean, text);
        json_decref(j);
        fprintf(stderr, "%s\n", clean.s);
    } else {
        clean_text(&clean, message, strlen(message), false);
        fprintf(stderr, "hoso: %s\n", clean.s);
    }
    strbuf_clear(&clean);
}

enum status printer_flush(struct printer *p)
{
    flush_out(p);
    if (p->error != 0)
        return fail_errno(STATUS_IO, p->error,
                          _("cannot write all of the result to standard "
                            "output"));
    return STATUS_OK;
}

bool printer_reader_gone(const struct printer *p)
{
    return p->error == EPIPE;
}

/* ---- numbers for people ---- */

static const char *grouped(int64_t n, char mark, char out[NUMBER_BYTES])
{
    char digits[NUMBER_BYTES];
    snprintf(digits, sizeof(digits), "%" PRId64, n < 0 ? -n : n);
    size_t len = strlen(digits), at = 0;
    if (n < 0)
        out[at++] = '-';
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[at++] = mark;
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

const char *number_text(int64_t n, char out[NUMBER_BYTES])
{
    return grouped(n, i18n_vietnamese() ? '.' : ',', out);
}

const char *bytes_text(uint64_t n, char out[NUMBER_BYTES])
{
    static const char *const units[] = {"kB", "MB", "GB", "TB", "PB"};
    if (n < 1000) {
        snprintf(out, NUMBER_BYTES, "%d B", (int)n);
        return out;
    }
    double value = (double)n / 1000;
    size_t unit = 0;
    while (value >= 999.95 && unit + 1 < ARRAY_LEN(units)) {
        value /= 1000;
        unit++;
    }
    int tenths = (int)(value * 10 + 0.5);
    snprintf(out, NUMBER_BYTES, "%d%c%d %s", tenths / 10,
             i18n_vietnamese() ? ',' : '.', tenths % 10, units[unit]);
    return out;
}

const char *duration_text(int64_t ms, char out[NUMBER_BYTES])
{
    int64_t s = (ms + 500) / 1000;
    if (s < 60)
        snprintf(out, NUMBER_BYTES, _("%d s"), (int)s);
    else if (s < 3600)
        snprintf(out, NUMBER_BYTES, _("%d min %02d s"), (int)(s / 60),
                 (int)(s % 60));
    else
        snprintf(out, NUMBER_BYTES, _("%d h %02d min"), (int)(s / 3600),
                 (int)(s / 60 % 60));
    return out;
}
