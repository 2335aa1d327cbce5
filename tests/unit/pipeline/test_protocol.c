/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames and their JSON, as both ends and as an attacker would send them. */
#include "base/alloc.h"
#include "pipeline/protocol.h"
#include "unit/unit.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void pair(int ends[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static void a_frame_arrives_with_its_descriptor(void **state)
{
    int ends[2];
    int *fds = NULL;
    int n_fds = 0;
    bool end = true;
    char byte = 1;
    struct strbuf text;
    (void)state;
    pair(ends);
    strbuf_init(&text);
    int zero = open("/dev/zero", O_RDONLY);
    assert_ok(frame_send(ends[0], "{\"a\":1}", 7, &zero, 1));
    close(zero);
    assert_ok(frame_receive(ends[1], &text, &fds, &n_fds, &end));
    assert_false(end);
    assert_string_equal(text.s, "{\"a\":1}");
    assert_int_equal(n_fds, 1);
    assert_int_equal(read(fds[0], &byte, 1), 1);
    assert_int_equal(byte, 0);
    assert_true(fcntl(fds[0], F_GETFD) & FD_CLOEXEC);
    close(fds[0]);
    free(fds);
    strbuf_clear(&text);
    close(ends[0]);
    close(ends[1]);
}

static void the_other_end_gone_is_the_end(void **state)
{
    int ends[2];
    int *fds = NULL;
    int n_fds = 0;
    bool end = false;
    struct strbuf text;
    (void)state;
    pair(ends);
    strbuf_init(&text);
    close(ends[0]);
    assert_ok(frame_receive(ends[1], &text, &fds, &n_fds, &end));
    assert_true(end);
    assert_fails(STATUS_IO, frame_send(ends[1], "x", 1, NULL, 0)); /* EPIPE */
    strbuf_clear(&text);
    close(ends[1]);
}

/* What n bytes do to the receiver when nothing follows. */
static void receives_badly(enum status want, const void *bytes, size_t n)
{
    int ends[2];
    int *fds = NULL;
    int n_fds = 0;
    bool end = false;
    struct strbuf text;
    pair(ends);
    strbuf_init(&text);
    assert_int_equal(send(ends[0], bytes, n, 0), (ssize_t)n);
    close(ends[0]);
    assert_fails(want, frame_receive(ends[1], &text, &fds, &n_fds, &end));
    strbuf_clear(&text);
    close(ends[1]);
}

static void a_cut_frame_is_no_frame(void **state)
{
    (void)state;
    struct frame_head head = {0x6F736F68u, 100, 0};
    receives_badly(STATUS_IO, &head, 5);
    receives_badly(STATUS_IO, &head, sizeof(head));
    head.fds = 200;
    receives_badly(STATUS_IO, &head, sizeof(head));
}

static void a_frame_of_another_form_is_refused(void **state)
{
    (void)state;
    struct frame_head head = {0x12345678u, 1, 0};
    receives_badly(STATUS_INVALID, &head, sizeof(head));
    head = (struct frame_head){0x6F736F68u, UINT32_MAX, 0};
    receives_badly(STATUS_INVALID, &head, sizeof(head));
    head = (struct frame_head){0x6F736F68u, 1, UINT32_MAX};
    receives_badly(STATUS_INVALID, &head, sizeof(head));
}

static void descriptors_that_were_promised_must_come(void **state)
{
    char bytes[sizeof(struct frame_head) + 2];
    struct frame_head head = {0x6F736F68u, 2, 1};
    (void)state;
    memcpy(bytes, &head, sizeof(head));
    memcpy(bytes + sizeof(head), "{}", 2);
    receives_badly(STATUS_IO, bytes, sizeof(bytes));
}

static void a_frame_is_found_only_when_whole(void **state)
{
    char bytes[sizeof(struct frame_head) + 10] = {0};
    struct frame_head head = {0x6F736F68u, 10, 0};
    struct strbuf in;
    size_t used = 0;
    (void)state;
    memcpy(bytes, &head, sizeof(head));
    strbuf_init(&in);
    for (size_t i = 0; i < sizeof(bytes); i++) {
        assert_ok(frame_find(&in, &used));
        assert_int_equal(used, 0);
        strbuf_add(&in, bytes + i, 1);
    }
    assert_ok(frame_find(&in, &used));
    assert_int_equal(used, sizeof(bytes));
    strbuf_clear(&in);
}

static void a_task_there_and_back(void **state)
{
    struct wire_task back;
    struct wire_task t = {.kind = TASK_READ,
                          .media = MEDIA_TIFF,
                          .sha256 = "abc",
                          .source_page = 41,
                          .attempt = 2};
    (void)state;
    json_t *j = wire_task_to_json(&t);
    assert_ok(wire_task_from_json(j, &back));
    json_decref(j);
    assert_int_equal(back.kind, TASK_READ);
    assert_int_equal(back.media, MEDIA_TIFF);
    assert_string_equal(back.sha256, "abc");
    assert_int_equal(back.source_page, 41);
    assert_int_equal(back.attempt, 2);
}

static void a_task_with_a_bad_value_is_refused(void **state)
{
    struct wire_task t = {.attempt = 1};
    struct wire_task back;
    (void)state;
    json_t *j = wire_task_to_json(&t);
    json_object_set_new(j, "kind", json_integer(9));
    assert_fails(STATUS_INVALID, wire_task_from_json(j, &back));
    json_object_set_new(j, "kind", json_integer(TASK_READ));
    json_object_set_new(j, "page", json_integer(-1));
    assert_fails(STATUS_INVALID, wire_task_from_json(j, &back));
    json_object_set_new(j, "page", json_integer(0));
    assert_ok(wire_task_from_json(j, &back));
    json_decref(j);
}

static void a_result_there_and_back(void **state)
{
    struct task_result back;
    struct task_result r = {.kind = TASK_READ,
                            .page = {.width_px = 5,
                                     .height_px = 6,
                                     .dpi_x = 200,
                                     .dpi_y = 200,
                                     .source_page = 3}};
    (void)state;
    json_t *j = result_to_json(&r);
    assert_ok(result_from_json(j, &back));
    assert_int_equal(back.page.source_page, 3);
    assert_int_equal(back.page.height_px, 6);
    assert_null(back.message);
    json_decref(j);
    task_result_clear(&back);
}

static void a_failure_always_has_a_message(void **state)
{
    struct task_result back;
    (void)state;
    json_t *j = json_pack("{s:i,s:s,s:n,s:i}", "kind", TASK_PROBE, "status",
                          "encrypted", "message", "pages", 0);
    assert_ok(result_from_json(j, &back));
    assert_int_equal(back.status, STATUS_ENCRYPTED);
    assert_non_null(back.message);
    json_decref(j);
    task_result_clear(&back);
}

static void a_bad_result_is_refused(void **state)
{
    static const char *const bad[] = {
        "{}",
        "{\"kind\":2,\"status\":\"ok\",\"message\":null,\"pages\":0}",
        "{\"kind\":1,\"status\":\"fine\",\"message\":null,\"pages\":0}",
        "{\"kind\":1,\"status\":\"ok\",\"message\":null,\"pages\":-1}",
        "{\"kind\":1,\"status\":\"ok\",\"message\":7,\"pages\":0}",
        "{\"kind\":1,\"status\":\"ok\",\"message\":null,\"pages\":1,"
        "\"info\":[]}",
        "{\"kind\":99,\"status\":\"ok\",\"message\":null,\"pages\":1}",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct task_result back;
        json_t *j = NULL;
        assert_ok(json_parse(bad[i], strlen(bad[i]), "test", &j));
        assert_fails(STATUS_INVALID, result_from_json(j, &back));
        json_decref(j);
    }
}

static void options_there_and_back(void **state)
{
    struct pool_options back;
    struct pool_options o = {.jobs = 4,
                             .model = "vie",
                             .page_seconds = 60,
                             .worker_mb = 600,
                             .file_pages = 5000,
                             .page_megapixels = 120,
                             .min_dpi = 200,
                             .min_confidence_pct = 70,
                             .repair = true,
                             .confirmed = "work/confirmed.tsv"};
    (void)state;
    json_t *j = options_to_json(&o);
    assert_ok(options_from_json(j, &back));
    assert_string_equal(back.model, "vie");
    assert_int_equal(back.page_seconds, 60);
    assert_int_equal(back.worker_mb, 600);
    assert_int_equal(back.min_confidence_pct, 70);
    assert_true(back.repair);
    assert_string_equal(back.confirmed, "work/confirmed.tsv");
    assert_false(back.drop_junk);
    json_object_del(j, "model");
    assert_fails(STATUS_INVALID, options_from_json(j, &back));
    json_decref(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_arrives_with_its_descriptor),
        cmocka_unit_test(the_other_end_gone_is_the_end),
        cmocka_unit_test(a_cut_frame_is_no_frame),
        cmocka_unit_test(a_frame_of_another_form_is_refused),
        cmocka_unit_test(descriptors_that_were_promised_must_come),
        cmocka_unit_test(a_frame_is_found_only_when_whole),
        cmocka_unit_test(a_task_there_and_back),
        cmocka_unit_test(a_task_with_a_bad_value_is_refused),
        cmocka_unit_test(a_result_there_and_back),
        cmocka_unit_test(a_failure_always_has_a_message),
        cmocka_unit_test(a_bad_result_is_refused),
        cmocka_unit_test(options_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
