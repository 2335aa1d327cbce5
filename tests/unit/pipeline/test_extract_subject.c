/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject is doubted where the text of the document spells its words
 * otherwise, every time. */
#include "unit/pipeline/made_page.h"

static struct record *with_body(const char *subject, const char *body)
{
    struct made_row rows[] = {
        {LEFT, 140, "UBND TỈNH BẮC KẠN"},
        {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
        {LEFT, 260, "Số: 98/QĐ-SKHCN"},
        {MIDDLE, 420, "QUYẾT ĐỊNH"},
        {MIDDLE, 465, subject},
        {FROM_LEFT, 700, body},
    };
    return MADE("result", rows);
}

static void marks_that_the_text_never_has(void **state)
{
    (void)state;
    struct record *r =
        with_body("Về việc ứng phó với biến đối khí hậu",
                  "Kế hoạch ứng phó với biến đổi khí hậu của tỉnh;");
    assert_review(r, "subject");
    record_free(r);
}

/* Spelled so once, or in capitals, or not there at all: no doubt. */
static void marks_that_the_text_has(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "Kế hoạch ứng phó với biến đổi khí hậu của tỉnh;",
        "ỨNG PHÓ VỚI BIẾN ĐỔI KHÍ HẬU, ứng phó với biến đối khí hậu;",
        "Sở Khoa học và Công nghệ thông tin để biết.",
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct record *r =
            with_body("Về việc ứng phó với biến đổi khí hậu", bodies[i]);
        assert_field(r, "subject", "Về việc ứng phó với biến đổi khí hậu");
        record_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_that_the_text_never_has),
        cmocka_unit_test(marks_that_the_text_has),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
