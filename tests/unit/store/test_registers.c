/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers as people have them: right, or clearly refused. */
#include "unit/store/archive_fixture.h"

#define ALIASES HOSO_TEST_DATA "/../../data/rules/register-columns.tsv"
#define HEAD "Mã hồ sơ,Số kết quả,Ngày cấp,Người nộp\n"
#define ROW1 "000.00.28.H40-201213-6290,7281/GCN-SKHCN,09/12/2020,Công ty A\n"
#define ROW2 "000.00.14.H45-200409-4644,3496/GP-SKHCN,28/06/2020,Công ty B\n"

struct odd {
    const char *name, *text;
    size_t n; /* 0: strlen */
    enum status st;
    int added, wrong;
    const char *first; /* "number|notation|date|applicant" of the first row */
};

/* "Số kết quả,Ngày cấp\n5/GP,1/2/2020\n" */
#define UTF16 \
    "\xff\xfeS\0\xd1\x1e \0k\0\xbf\x1et\0 \0q\0u\0\xa3\x1e,\0N\0g\0\xe0\0y\0 " \
    "\0c\0\xa5\x1ep\0\n\0\x35\0/\0G\0P\0,\0\x31\0/\0\x32\0/\0\x32\0\x30\0\x32" \
    "\0\x30\0\n\0"
#define FIRST "7281|GCN-SKHCN|2020-12-09|Công ty A"

static const struct odd odds[] = {
    {"plain", HEAD ROW1 ROW2, 0, STATUS_OK, 2, 0, FIRST},
    {"bom", "\xef\xbb\xbf" HEAD ROW1, 0, STATUS_OK, 1, 0, FIRST},
    {"crlf", "Mã hồ sơ,Số kết quả\r\nAB-1,5/GP\r\n", 0, STATUS_OK, 1, 0,
     "5|GP||"},
    {"cr alone", "Mã hồ sơ,Số kết quả\rAB-1,5/GP\r", 0, STATUS_OK, 1, 0, NULL},
    {"semicolon", "Mã hồ sơ;Số kết quả;Người nộp\nAB-1;5/GP;X, Y\n", 0,
     STATUS_OK, 1, 0, "5|GP||X, Y"},
    {"tab", "Mã hồ sơ\tSố kết quả\nAB-1\t5/GP\n", 0, STATUS_OK, 1, 0, NULL},
    {"sep line", "sep=;\nMã hồ sơ;Số kết quả\nAB-1;5/GP\n", 0, STATUS_OK, 1, 0,
     NULL},
    {"no last newline", "Mã hồ sơ,Số kết quả\nAB-1,5/GP", 0, STATUS_OK, 1, 0,
     NULL},
    {"quoted newline",
     "Mã hồ sơ,Số kết quả,Người nộp\nAB-1,5/GP,\"Công ty\nA\"\n", 0, STATUS_OK,
     1, 0, "5|GP||Công ty A"},
    {"doubled quotes",
     "Mã hồ sơ,Số kết quả,Người nộp\nAB-1,5/GP,\"Cty \"\"A\"\"\"\n", 0,
     STATUS_OK, 1, 0, "5|GP||Cty \"A\""},
    {"text behind a quote",
     "Mã hồ sơ,Số kết quả\nAB-1,\"5\"/GP\n", 0, STATUS_INVALID, 0, 0, NULL},
    {"quote without end", "Mã hồ sơ,Số kết quả\nAB-1,\"5/GP\nAB-2,6\n", 0,
     STATUS_INVALID, 0, 0, NULL},
    {"quote inside", "Mã hồ sơ,Số kết quả,Người nộp\nAB-1,5/GP,ống 5\" A\n", 0,
     STATUS_OK, 1, 0, "5|GP||ống 5\" A"},
    {"titles above", "SỔ THEO DÕI KẾT QUẢ\nNăm 2020\n\n" HEAD ROW1, 0,
     STATUS_OK, 1, 0, FIRST},
    {"numbering row", HEAD "(1),(2),(3),(4)\n" ROW1, 0, STATUS_OK, 1, 0, FIRST},
    {"headings again", HEAD ROW1 HEAD ROW2, 0, STATUS_OK, 2, 0, FIRST},
    {"two rows of headings",
     "Mã hồ sơ,Kết quả,,Người nộp\n,Số,Ngày,\n" ROW1, 0, STATUS_OK, 1, 0,
     FIRST},
    {"empty rows", HEAD ",,,\n\n" ROW1 ",,,\n", 0, STATUS_OK, 1, 0, FIRST},
    {"windows-1258", "M\xe3 h\xf4\xcc s\xf5,S\xf4\xec\nAB-1,5/GP\n", 0,
     STATUS_UNSUPPORTED, 0, 0, NULL},
    {"TCVN3", "M\xb7 h\xe5 s\xac,S\xe8\nAB-1,5/GP\n", 0, STATUS_UNSUPPORTED, 0,
     0, NULL},
    {"UTF-16LE",
     UTF16, sizeof(UTF16) - 1, STATUS_OK, 1, 0, "5|GP|2020-02-01|"},
    {"UTF-16 cut", "\xff\xfeS\0\xd1", 5, STATUS_INVALID, 0, 0, NULL},
    {"UTF-32", "\xff\xfe\0\0S\0\0\0", 8, STATUS_UNSUPPORTED, 0, 0, NULL},
    {"zero bytes", "Ma ho so,So\0 x\nAB-1,5/GPxxxxxxxxxxxxxxxxxxx\n", 40,
     STATUS_INVALID, 0, 0, NULL},
    {"empty", "", 0, STATUS_INVALID, 0, 0, NULL},
    {"only blank", " \r\n\n", 0, STATUS_INVALID, 0, 0, NULL},
    {"only headings", HEAD, 0, STATUS_INVALID, 0, 0, NULL},
    {"no headings", "1,2,3\n4,5,6\n", 0, STATUS_INVALID, 0, 0, NULL},
    {"old xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, STATUS_UNSUPPORTED, 0,
     0, NULL},
    {"PDF", "%PDF-1.7 and so on", 0, STATUS_UNSUPPORTED, 0, 0, NULL},
    {"web page", "<html><table><tr><td>x</td></tr></table>", 0,
     STATUS_UNSUPPORTED, 0, 0, NULL},
    {"formula", HEAD "AB-1,5/GP,01/02/2020,=cmd|' /C calc'!A0\n" ROW1, 0,
     STATUS_OK, 1, 1, FIRST},
    {"text kept from Excel",
     "Mã hồ sơ,Số kết quả\n\"=\"\"000.1-2\"\"\",5/GP\n", 0, STATUS_OK, 1, 0,
     "5|GP||"},
    {"error of Excel", HEAD "AB-1,#REF!,01/02/2020,A\n" ROW1, 0, STATUS_OK, 1,
     1, FIRST},
    {"scientific", HEAD "1.23E+11,5/GP,01/02/2020,A\n" ROW1, 0, STATUS_OK, 1, 1,
     FIRST},
    {"month 13", HEAD "AB-1,5/GP,12/13/2020,A\n" ROW1, 0, STATUS_OK, 1, 1,
     FIRST},
    {"Excel's number of a day", HEAD "AB-1,5/GP,44562,A\n" ROW1, 0, STATUS_OK,
     1, 1, FIRST},
    {"two digits of a year", HEAD "AB-1,5/GP,01/02/20,A\n" ROW1, 0, STATUS_OK,
     1, 1, FIRST},
    {"no such day", HEAD "AB-1,5/GP,29/02/2021,A\n" ROW1, 0, STATUS_OK, 1, 1,
     FIRST},
    {"day in words", HEAD "AB-1,Số: 5/GP,ngày 05 tháng 3 năm 2022,A\n", 0,
     STATUS_OK, 1, 0, "5|GP|2022-03-05|A"},
    {"day with time", HEAD "AB-1,05/GP,5-3-2022 08:30,A\n", 0, STATUS_OK, 1, 0,
     "5|GP|2022-03-05|A"},
    {"total row", HEAD ROW1 "Tổng cộng,,,52\n", 0, STATUS_OK, 1, 1, FIRST},
    {"too many cells", HEAD "AB-1,5/GP,01/02/2020,Cty A, B\n" ROW1, 0,
     STATUS_OK, 1, 1, FIRST},
    {"open case",
     "Mã hồ sơ,Số kết quả,Trạng thái\nAB-1,5/GP,Đang xử lý\nAB-2,6/GP,Đã trả\n",
     0, STATUS_OK, 1, 1, "6|GP||"},
    {"said twice", HEAD ROW1 ROW1, 0, STATUS_OK, 1, 0, FIRST},
    {"two results of one case", "Mã hồ sơ,Số kết quả\nAB-1,5/GP\nAB-1,6/GP\n",
     0, STATUS_OK, 2, 0, "5|GP||"},
};

static void write_file(const char *path, const char *text, size_t n)
{
    assert_ok(file_write_durable(path, text, n, 0600));
}

static enum status import(struct store *s, const char *path,
                          enum register_kind kind, struct register_report *out)
{
    const struct register_input in = {
        .kind = kind, .path = path, .aliases = ALIASES, .who = "test"};

    return registers_import(s, &in, out);
}

static char *first_row(struct store *s)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    struct sql *db = NULL;
    bool row = false;

    assert_ok(registers_sql(s, &db));
    assert_ok(sql_prepare(db, &q,
                          "SELECT number || '|' || notation || '|' || date ||"
                          " '|' || applicant FROM result WHERE current = 1"
                          " ORDER BY row LIMIT 1",
                          ""));
    assert_ok(sql_step(q, &row));
    return xstrdup(row ? sql_text(q, 0) : "");
}

static void look_at_odd(const struct fixture *f, const struct odd *o)
{
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = path_join(f->dir, "register.csv");
    AUTO(free_char) char *kept = path_join(f->archive, "registers/000001.csv");
    struct register_report report = {0};
    enum status st;

    write_file(path, o->text, o->n ? o->n : strlen(o->text));
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    st = import(s, path, REGISTER_RESULT, &report);
    if (st != o->st)
        fail_msg("%s: %s instead of %s (%s)", o->name, status_json(st),
                 status_json(o->st), st ? status_message() : "");
    if (st != STATUS_OK) {
        assert_true(access(kept, F_OK) != 0);
        return;
    }
    if (report.added != o->added || report.n_wrong != o->wrong)
        fail_msg("%s: %d added, %d wrong (%s)", o->name, (int)report.added,
                 (int)report.n_wrong,
                 report.n_wrong ? report.wrong[0].reason : "");
    if (o->first) {
        AUTO(free_char) char *first = first_row(s);

        if (strcmp(first, o->first) != 0)
            fail_msg("%s: '%s' instead of '%s'", o->name, first, o->first);
    }
    assert_true(access(kept, F_OK) == 0);
    register_report_clear(&report);
}

static void odd_files_are_right_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odds); i++) {
        void *fixture = NULL;

        assert_int_equal(fixture_set_up(&fixture), 0);
        look_at_odd(fixture, &odds[i]);
        fixture_tear_down(&fixture);
    }
}

static int64_t count(struct store *s, const char *query)
{
    struct sql *db = NULL;
    int64_t n = -1;

    assert_ok(registers_sql(s, &db));
    assert_ok(sql_int_of(db, &n, query, ""));
    return n;
}

static void put_two_imports(const struct fixture *f, struct store *s)
{
    AUTO(free_char) char *path = path_join(f->dir, "register.csv");
    struct register_report report = {0};

    write_file(path, HEAD ROW1 ROW2, strlen(HEAD ROW1 ROW2));
    assert_ok(import(s, path, REGISTER_RESULT, &report));
    register_report_clear(&report);
    assert_ok(import(s, path, REGISTER_RESULT, &report));
    assert_true(report.known);
    register_report_clear(&report);
    static const char changed[] =
        HEAD "000.00.28.H40-201213-6290,7282/GCN-SKHCN,09/12/2020,Công ty A\n";
    write_file(path, changed, strlen(changed));
    assert_ok(import(s, path, REGISTER_RESULT, &report));
    assert_int_equal(report.changed, 1);
    assert_int_equal(report.n_changes, 1);
    register_report_clear(&report);
}

static const char with_7281[] =
    "SELECT count(*) FROM result WHERE current = 1 AND number = '7281'";
static const char with_7282[] =
    "SELECT count(*) FROM result WHERE current = 1 AND number = '7282'";
static const char in_force[] = "SELECT count(*) FROM result WHERE current = 1";

static void an_import_can_be_undone(void **state)
{
    AUTO(store_closep) struct store *s = NULL;

    assert_ok(store_open(((struct fixture *)*state)->archive, STORE_WRITE, &s));
    put_two_imports(*state, s);
    assert_int_equal(count(s, in_force), 2);
    assert_int_equal(count(s, with_7282), 1);
    assert_ok(registers_revert(s, 2, "test"));
    assert_int_equal(count(s, with_7281), 1);
    assert_int_equal(count(s, with_7282), 0);
    assert_fails(STATUS_EXISTS, registers_revert(s, 2, "test"));
    assert_fails(STATUS_NOT_FOUND, registers_revert(s, 9, "test"));
    assert_ok(registers_revert(s, 1, "test"));
    assert_int_equal(count(s, in_force), 0);
}

static void a_lost_database_is_made_again(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *db = fixture_path(f, "state/registers.db");
    AUTO(free_char) char *wal = fixture_path(f, "state/registers.db-wal");

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    put_two_imports(f, s);
    assert_ok(registers_revert(s, 1, "test"));
    store_closep(&s);
    assert_int_equal(unlink(db), 0);
    unlink(wal);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_int_equal(count(s, in_force), 1);
    assert_int_equal(count(s, with_7282), 1);
    assert_int_equal(count(s, "SELECT count(*) FROM decision"), 1);
}

static void decisions_stay(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(json_decrefp) json_t *data = NULL;
    char id[STORE_ID_BYTES];

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    put_two_imports(f, s);
    assert_ok(registers_gather(s, NULL));
    snprintf(id, sizeof(id), "2022-000001");
    data = json_pack("{s:s, s:s}", "result", "c:000.00.28.H40-201213-6290",
                     "document", id);
    assert_ok(registers_decide(s, DECISION_MATCH_REJECT, "test", data));
    assert_ok(registers_begin(s));
    assert_ok(registers_put_match(s, "c:000.00.28.H40-201213-6290", id, 90,
                                  "{}", "sure"));
    assert_ok(registers_clear_matches(s));
    assert_ok(registers_end(s, STATUS_OK));
    assert_int_equal(
        count(s, "SELECT count(*) FROM match WHERE state = 'rejected'"), 1);
    json_object_set_new(data, "document", json_string("2022-000009"));
    assert_fails(STATUS_NOT_FOUND,
                 registers_decide(s, DECISION_MATCH_ACCEPT, "test", data));
}

static void verify_sees_a_changed_register(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = fixture_path(f, "registers/000001.csv");
    struct verify_result v;

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    put_two_imports(f, s);
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &v));
    assert_true(v.ok);
    verify_result_clear(&v);
    flip_bit(path, 20, 3);
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &v));
    assert_false(v.ok);
    assert_int_equal(v.n_findings, 1);
    assert_int_equal(v.findings[0].check, CHECK_FILE_DIGEST);
    verify_result_clear(&v);
}

static void persons_of_one_name_are_two(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = path_join(f->dir, "staff.csv");
    struct register_report report = {0};
    static const char text[] =
        "Số hiệu CBCCVC;Họ và tên;Ngày sinh;Loại\n"
        "75.567.8307;Võ Gia Dũng;14/01/1992;Công chức\n"
        ";Võ Gia Dũng;1971;Viên chức\n"
        ";Võ Gia Dũng;;Viên chức\n";

    write_file(path, text, strlen(text));
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(import(s, path, REGISTER_STAFF, &report));
    assert_int_equal(report.added, 2);
    assert_int_equal(report.n_wrong, 1);
    register_report_clear(&report);
    assert_int_equal(count(s, "SELECT count(*) FROM person WHERE kind ="
                              " 'vien-chuc' AND birth_date = '1971'"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_files_are_right_or_refused),
        cmocka_unit_test_setup_teardown(an_import_can_be_undone,
                                        fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(a_lost_database_is_made_again,
                                        fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(decisions_stay, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(verify_sees_a_changed_register,
                                        fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(persons_of_one_name_are_two,
                                        fixture_set_up, fixture_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
