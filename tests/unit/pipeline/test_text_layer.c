/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text layers of PDFs told apart. The samples are made up in the manner of
 * each kind. */
#include "base/alloc.h"
#include "pipeline/text_layer.h"
#include "unit/unit.h"

#include <string.h>

/* One line per line of text, words by blanks. */
static struct page words_of(const char *text)
{
    struct page page = {0};
    char *copy = xstrdup(text), *line_end = NULL;

    for (char *l = strtok_r(copy, "\n", &line_end); l != NULL;
         l = strtok_r(NULL, "\n", &line_end)) {
        struct line line = {0};
        char *word_end = NULL;

        for (char *w = strtok_r(l, " ", &word_end); w != NULL;
             w = strtok_r(NULL, " ", &word_end)) {
            struct word word = {.text = xstrdup(w), .conf_pct = 100};

            line_take_word(&line, &word);
        }
        page_take_line(&page, &line);
    }
    free(copy);
    return page;
}

static enum text_layer judge(const char *text)
{
    struct page page = words_of(text);
    enum text_layer layer = text_layer_judge(&page);

    page_clear(&page);
    return layer;
}

static void no_words_are_no_layer(void **state)
{
    (void)state;
    assert_int_equal(judge(""), TEXT_LAYER_NONE);
    assert_int_equal(judge("- . ,\n…"), TEXT_LAYER_NONE);
}

static void vietnamese_is_digital(void **state)
{
    (void)state;
    assert_int_equal(
        judge("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
              "Độc lập - Tự do - Hạnh phúc\n"
              "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn "
              "thư; liên hệ vanthu@example.gov.vn hoặc (024) 3943-5137."),
        TEXT_LAYER_DIGITAL);
}

static void other_languages_are_digital(void **state)
{
    (void)state;
    assert_int_equal(judge("The quick brown fox jumps over the lazy dog."),
                     TEXT_LAYER_DIGITAL);
    assert_int_equal(judge("Voilà l'été à Genève, où le garçon déjeune près de "
                           "la forêt avec sa sœur aînée."),
                     TEXT_LAYER_DIGITAL);
    assert_int_equal(judge("Über den Dächern grüßen schöne Vögel die Mädchen, "
                           "während die Bäume rauschen."),
                     TEXT_LAYER_DIGITAL);
}

static void tcvn3_is_legacy(void **state)
{
    (void)state;
    assert_int_equal(
        judge("Céng hoµ x· héi chñ nghÜa ViÖt Nam\n"
              "§éc lËp - Tù do - H¹nh phóc\n"
              "QuyÕt ®Þnh vÒ viÖc phª duyÖt ®Ò tµi khoa häc cÊp tØnh n¨m 2004"),
        TEXT_LAYER_LEGACY);
}

static void vni_is_legacy(void **state)
{
    (void)state;
    assert_int_equal(
        judge("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM\n"
              "Ñoäc laäp - Töï do - Haïnh phuùc\n"
              "Quyeát ñònh veà vieäc pheâ duyeät ñeà taøi khoa hoïc caáp tænh"),
        TEXT_LAYER_LEGACY);
}

static void unmapped_glyphs_are_junk(void **state)
{
    (void)state;
    assert_int_equal(judge("\uFFFD\uFFFD\uFFFD \uFFFD\uFFFD nam 2020"),
                     TEXT_LAYER_JUNK);
    assert_int_equal(judge("\uE001\uE044\uE045 \uE050\uE051"),
                     TEXT_LAYER_JUNK);
}

static void bad_recognition_is_junk(void **state)
{
    (void)state;
    assert_int_equal(judge("CQNG HoAxA H()I CHiJ NGHiA vrer NAM\n"
                           "DQc Iq,p - TV do - H~nh phuc\n"
                           "Nghj quy~t cua Ban Ch~p hanh Trung irong Dang v~"),
                     TEXT_LAYER_JUNK);
}

/* The same page as fonts leave it that map some letters to nothing, to a box,
 * to others, or to their base letters. */
static void layers_that_lost_letters_are_junk(void **state)
{
    (void)state;
    assert_int_equal(
        judge("C n c  Ngh  đ nh s  30 c a Ch nh ph  v  c ng t c v n th ;\n"
              "Theo đ  ngh  c a Tr  ng ph ng T  ch c c n b , quy t đ nh:"),
        TEXT_LAYER_JUNK);
    assert_int_equal(
        judge("Căn c□ Ngh□ đ□nh s□ 30 c□a Chính ph□ v□ công tác văn thư; "
              "theo đ□ ngh□ c□a Tr□□ng phòng T□ ch□c cán b□, quy□t đ□nh:"),
        TEXT_LAYER_JUNK);
    assert_int_equal(
        judge("Căn cỳ Nghộ độnh sợ 30 cỵa Chính phỵ về công tác văn thừ; "
              "theo đở nghộ cỵa Trừụng phòng Tờ chỳc cán bủ, quyọt độnh:"),
        TEXT_LAYER_JUNK);
    assert_int_equal(
        judge("Can cu Nghi dinh so 30 cua Chinh phu ve cong tac van thu, theo "
              "de nghi cua Truong phong To chuc can bo, nay ban hanh quy che"),
        TEXT_LAYER_JUNK);
}

/* Codes, units and labels have no vowels either. */
static void a_table_of_units_is_digital(void **state)
{
    (void)state;
    assert_int_equal(
        judge("a) máy đo 12 mm, 3 kg; b) cân bàn 5 kg; c) thước cuộn 20 cm\n"
              "Đơn giá tính bằng nghìn đồng cho mỗi bộ, gồm cả công lắp đặt "
              "và kiểm định lần đầu; TCVN 7699, QCVN 01, TT-BKHCN."),
        TEXT_LAYER_DIGITAL);
}

static void a_signature_banner_is_not_the_page(void **state)
{
    (void)state;
    assert_int_equal(judge("Người ký: SỞ KHOA HỌC VÀ CÔNG NGHỆ\n"
                           "Email: skhcn@example.gov.vn\n"
                           "Thời gian ký: 20.09.2024 16:40:43 +07:00"),
                     TEXT_LAYER_SIGNATURE);
    assert_int_equal(judge("Ký bởi: Văn phòng\nKý ngày: 03/02/2021 08:00:00"),
                     TEXT_LAYER_SIGNATURE);
}

static void a_page_that_mentions_signing_is_digital(void **state)
{
    char long_text[4096] = "Người ký và thời gian ký phải rõ ràng.\n";

    (void)state;
    for (int i = 0; i < 20; i++)
        strcat(long_text, "Văn bản điện tử có giá trị như bản giấy.\n");
    assert_int_equal(judge(long_text), TEXT_LAYER_DIGITAL);
}

static void a_caption_does_not_carry_a_picture(void **state)
{
    struct page caption = words_of("Hình 1. Bản đồ tỉnh");

    (void)state;
    assert_false(text_layer_carries_page(&caption, 0.7));
    assert_true(text_layer_carries_page(&caption, 0.2));
    page_clear(&caption);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_words_are_no_layer),
        cmocka_unit_test(vietnamese_is_digital),
        cmocka_unit_test(other_languages_are_digital),
        cmocka_unit_test(tcvn3_is_legacy),
        cmocka_unit_test(vni_is_legacy),
        cmocka_unit_test(unmapped_glyphs_are_junk),
        cmocka_unit_test(bad_recognition_is_junk),
        cmocka_unit_test(layers_that_lost_letters_are_junk),
        cmocka_unit_test(a_table_of_units_is_digital),
        cmocka_unit_test(a_signature_banner_is_not_the_page),
        cmocka_unit_test(a_page_that_mentions_signing_is_digital),
        cmocka_unit_test(a_caption_does_not_carry_a_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
