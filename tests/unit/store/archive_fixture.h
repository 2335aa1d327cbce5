/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small archive for the tests of store/: made in a temporary folder, filled
 * with documents whose pages need no images.
 */
#ifndef HOSO_TESTS_ARCHIVE_FIXTURE_H
#define HOSO_TESTS_ARCHIVE_FIXTURE_H

#include "unit/unit.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* All tests happen on the same day. */
#define FIXTURE_TIME "2022-03-01T08:00:00Z"

struct fixture {
    char *dir;     /* temporary, removed at the end */
    char *archive; /* dir/kho */
};

static inline int fixture_set_up(void **state)
{
    struct fixture *f = xcalloc(1, sizeof(*f));
    AUTO(config_freep) struct config *c = NULL;

    setenv("HOSO_CLOCK", FIXTURE_TIME, 1);
    f->dir = xstrdup("/tmp/hoso-store-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    f->archive = path_join(f->dir, "kho");
    assert_ok(config_new(&c));
    assert_ok(config_set(c, CONFIG_AGENCY_NAME, "Sở Khoa học", "test"));
    assert_ok(store_create(f->archive, c));
    *state = f;
    return 0;
}

static inline int fixture_tear_down(void **state)
{
    struct fixture *f = *state;

    assert_ok(file_remove_tree(f->dir));
    free(f->archive);
    free(f->dir);
    free(f);
    return 0;
}

static inline int memory_file(const char *text)
{
    int fd = memfd_create("test", MFD_CLOEXEC);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    return fd;
}

/* One document with one source and one page of two words. */
static inline struct record *fixture_record(const char *kind,
                                            const char *original)
{
    struct record *r = record_new();
    struct source source = {.name = xstrdup("công văn.jpg"),
                            .bytes = strlen(original),
                            .media_type = xstrdup("image/jpeg"),
                            .pages = 1};
    struct page page = {.width_px = 100,
                        .height_px = 200,
                        .dpi_x = 300,
                        .dpi_y = 300,
                        .confidence_pct = 90,
                        .origin = TEXT_OCR};
    struct line line = {.box = {1, 2, 60, 10}};
    struct word first = {
        .text = xstrdup("Giấy"), .box = {1, 2, 20, 10}, .conf_pct = 95};
    struct word second = {
        .text = xstrdup("phép"), .box = {30, 2, 31, 10}, .conf_pct = 85};
    char hex[DIGEST_HEX_BYTES];

    digest_bytes(original, strlen(original), hex);
    source.sha256 = xstrdup(hex);
    r->kind = xstrdup(kind);
    r->batch = xstrdup("lô 1");
    r->title = xstrdup("Giấy phép");
    r->recogniser = xstrdup("tesseract 5.3.0 vie");
    r->access_note = xstrdup("PDF/A-2u");
    line_take_word(&line, &first);
    line_take_word(&line, &second);
    page_take_line(&page, &line);
    record_take_source(r, &source);
    record_take_page(r, &page);
    return r;
}

static inline enum status fixture_commit(struct store *s, struct record *r,
                                         const char *original,
                                         bool allow_duplicates)
{
    static const char *const alto[] = {"<alto/>\n"};
    int source = memory_file(original);
    int access_fd = memory_file("%PDF-1.7 access");
    char existing[STORE_ID_BYTES];
    const struct package_input in = {.record = r,
                                     .source_fds = &source,
                                     .access_fd = access_fd,
                                     .text = "Giấy phép\n",
                                     .alto = alto};
    enum status st = store_commit(s, &in, allow_duplicates, existing);

    close(source);
    close(access_fd);
    return st;
}

/* Store a document; its id is written to id. */
static inline void fixture_store(struct store *s, const char *kind,
                                 const char *original, char id[STORE_ID_BYTES])
{
    AUTO(record_freep) struct record *r = fixture_record(kind, original);

    assert_ok(fixture_commit(s, r, original, false));
    snprintf(id, STORE_ID_BYTES, "%s", r->id);
}

/* An archive with n documents "original 1" … of kind result, closed again. */
static inline void fixture_fill(const struct fixture *f, int n)
{
    AUTO(store_closep) struct store *s = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    for (int i = 1; i <= n; i++) {
        AUTO(free_char) char *original = xasprintf("original %d", i);
        char id[STORE_ID_BYTES];

        fixture_store(s, "result", original, id);
    }
}

static inline char *fixture_path(const struct fixture *f, const char *relative)
{
    return path_join(f->archive, relative);
}

/* Flip one bit of a file. */
static inline void flip_bit(const char *path, off_t byte, int bit)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    unsigned char c = 0;

    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &c, 1, byte), 1);
    c ^= (unsigned char)(1 << bit);
    assert_int_equal(pwrite(fd, &c, 1, byte), 1);
    close(fd);
}

/* Run a shell command; its exit code. */
static inline int shell(const char *command)
{
    int code = system(command);

    return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

#endif
