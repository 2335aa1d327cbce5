/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time left, and that an ingest's events say what happened. */
#include "unit/unit.h"

#include "cli/ingest_report.h"
#include "unit/cli/capture.h"

#include <string.h>

static int64_t left(int pages_done, int pages_known, int documents_done,
                    int documents_all, int64_t elapsed_ms)
{
    const struct ingest_event e = {
        .kind = INGEST_PROGRESS,
        .pages_done = pages_done,
        .pages_known = pages_known,
        .documents_done = documents_done,
        .documents_all = documents_all,
        .elapsed_ms = elapsed_ms,
    };
    return progress_left_ms(&e);
}

static void time_left_of_one_document_goes_by_its_pages(void **state)
{
    (void)state;
    assert_int_equal(left(0, 10, 0, 1, 500), -1);
    assert_int_equal(left(2, 10, 0, 1, 1000), 4000);
    assert_int_equal(left(10, 10, 1, 1, 1000), 0);
}

static void time_left_of_many_documents_goes_by_their_mean(void **state)
{
    (void)state;
    assert_int_equal(left(3, 12, 0, 10, 1000), -1);
    assert_int_equal(left(10, 12, 5, 10, 1000), 1000);
    assert_int_equal(left(10, 40, 5, 10, 1000), 3000);
    assert_int_equal(left(20, 20, 10, 10, 1000), 0);
}

static json_t *event_as_json(const struct ingest_event *e)
{
    struct printer p;
    struct ingest_report r;
    json_t *j = NULL;
    printer_start(&p);
    p.json = true;
    p.quiet = true;
    ingest_report_start(&r, &p);
    struct capture c = capture_start();
    ingest_report_event(&r, e);
    AUTO(free_char) char *text = capture_end(&c);
    ingest_report_clear(&r);
    assert_ok(json_parse(text, strlen(text), "event", &j));
    return j;
}

static void stored_carries_id_and_sources(void **state)
{
    (void)state;
    AUTO(record_freep) struct record *rec = record_new();
    struct source source = {
        .name = xstrdup("giấy phép.pdf"),
        .sha256 = xstrdup("ab"),
        .bytes = 12,
        .media_type = xstrdup("application/pdf"),
        .path = xstrdup("data/original/0001.pdf"),
        .pages = 1,
    };
    rec->id = xstrdup("2022-000001");
    rec->kind = xstrdup("result");
    record_take_source(rec, &source);
    json_t *j = event_as_json(&(struct ingest_event){.kind = INGEST_STORED,
                                                     .name = "giấy phép.pdf",
                                                     .id = "2022-000001",
                                                     .record = rec});
    assert_string_equal(json_string_or(j, "event", ""), "stored");
    assert_string_equal(json_string_or(j, "id", ""), "2022-000001");
    json_t *first = json_array_get(json_object_get(j, "sources"), 0);
    assert_string_equal(json_string_or(first, "name", ""), "giấy phép.pdf");
    assert_string_equal(json_string_or(first, "sha256", ""), "ab");
    assert_int_equal(json_integer_value(json_object_get(first, "bytes")), 12);
    json_decref(j);
}

static void failures_carry_code_and_message(void **state)
{
    (void)state;
    json_t *j =
        event_as_json(&(struct ingest_event){.kind = INGEST_QUARANTINED,
                                             .name = "a.pdf",
                                             .entry = "quarantine/ab",
                                             .status = STATUS_ENCRYPTED,
                                             .message = "it is encrypted"});
    assert_string_equal(json_string_or(j, "event", ""), "quarantined");
    assert_string_equal(json_string_or(j, "code", ""), "encrypted");
    assert_string_equal(json_string_or(j, "entry", ""), "quarantine/ab");
    assert_string_equal(json_string_or(j, "message", ""), "it is encrypted");
    json_decref(j);
}

static void the_summary_names_every_trouble_again(void **state)
{
    (void)state;
    struct printer p;
    struct ingest_report r;
    char id[] = "2022-000001", name[] = "a.jpg", batch[] = "B";
    struct doubtful_page page = {.id = id,
                                 .name = name,
                                 .page = 2,
                                 .state = PAGE_LOW,
                                 .doubts = DOUBT_LOW_DPI,
                                 .dpi = 150};
    const struct ingest_summary s = {.batch = batch,
                                     .documents_stored = 1234,
                                     .failed = 1,
                                     .doubtful = &page,
                                     .n_doubtful = 1};
    printer_start(&p);
    p.quiet = true;
    ingest_report_start(&r, &p);
    struct capture c = capture_start();
    ingest_report_event(&r, &(struct ingest_event){.kind = INGEST_FAILED,
                                                   .name = "b.jpg",
                                                   .status = STATUS_DENIED,
                                                   .message = "no way"});
    ingest_report_end(&r, &s);
    AUTO(free_char) char *text = capture_end(&c);
    ingest_report_clear(&r);
    assert_non_null(strstr(text, "failed       b.jpg: no way\n"));
    assert_non_null(strstr(text, "1,234 documents stored"));
    assert_non_null(strstr(text, "\n  b.jpg: no way\n"));
    assert_non_null(strstr(text, "2022-000001, page 2 (a.jpg): "
                                 "resolution below 200 dpi (150 dpi)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_left_of_one_document_goes_by_its_pages),
        cmocka_unit_test(time_left_of_many_documents_goes_by_their_mean),
        cmocka_unit_test(stored_carries_id_and_sources),
        cmocka_unit_test(failures_carry_code_and_message),
        cmocka_unit_test(the_summary_names_every_trouble_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
