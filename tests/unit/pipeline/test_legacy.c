/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old Vietnamese fonts: every letter, names of fonts, and what words say. */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/legacy.h"
#include "pipeline/pdf_words.h"
#include "pipeline/syllable.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct legacy_font tcvn3 = {LEGACY_TCVN3, false};
static const struct legacy_font tcvn3_h = {LEGACY_TCVN3, true};
static const struct legacy_font vni = {LEGACY_VNI, false};

static struct legacy_table *table;

static int load(void **state)
{
    (void)state;
    return legacy_load(NULL, &table) == STATUS_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    legacy_free(table);
    return 0;
}

static int code_points(const char *s, int32_t *out)
{
    size_t n = strlen(s), at = 0;
    int k = 0;

    while (at < n)
        out[k++] = text_next(s, n, &at);
    return k;
}

static void assert_means(struct legacy_font font, const char *seen,
                         const char *means)
{
    int32_t cps[200];
    int n = code_points(seen, cps);
    AUTO(free_char) char *got = legacy_convert(table, font, cps, n);

    assert_string_equal(got, means);
}

/* Letters one by one, both in the same order. */
static void assert_letters(struct legacy_font font, const char *seen,
                           const char *means)
{
    int32_t from[200], to[200];
    int n = code_points(seen, from);

    assert_int_equal(code_points(means, to), n);
    for (int i = 0; i < n; i++) {
        AUTO(free_char) char *got = legacy_convert(table, font, &from[i], 1);
        char bytes[5] = {0};

        text_put(to[i], bytes);
        assert_string_equal(got, bytes);
    }
}

static void every_letter_of_tcvn3(void **state)
{
    (void)state;
    assert_letters(tcvn3, "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®", "àảãáạăằẳẵắặâầẩẫấậđ");
    assert_letters(tcvn3, "ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞ", "èẻẽéẹêềểễếệìỉĩíị");
    assert_letters(tcvn3, "ßáâãä«åæçèé¬êëìíî", "òỏõóọôồổỗốộơờởỡớợ");
    assert_letters(tcvn3, "ïñòóô\u00adõö÷øùúûüýþ", "ùủũúụưừửữứựỳỷỹýỵ");
    assert_letters(tcvn3, "¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ");
    assert_letters(tcvn3, "−∙μ", "ưãà"); /* as some programs write them */
    assert_letters(tcvn3_h, "µ¨®\u00adýz§", "ÀĂĐƯÝZĐ");
}

static void every_letter_of_vni(void **state)
{
    (void)state;
    static const char *const seen[] = {
        "aø", "aù", "aû", "aõ", "aï", "aâ", "aà", "aá", "aå", "aã", "aä", "aê",
        "aè", "aé", "aú", "aü", "aë", "eø", "eù", "eû", "eõ", "eï", "eâ", "eà",
        "eá", "eå", "eã", "eä", "ì",  "í",  "æ",  "ó",  "ò",  "oø", "où", "oû",
        "oõ", "oï", "oâ", "oà", "oá", "oå", "oã", "oä", "ô",  "ôø", "ôù", "ôû",
        "ôõ", "ôï", "uø", "uù", "uû", "uõ", "uï", "ö",  "öø", "öù", "öû", "öõ",
        "öï", "yø", "yù", "yû", "yõ", "î",  "ñ"};
    static const char *const means[] = {
        "à", "á", "ả", "ã", "ạ", "â", "ầ", "ấ", "ẩ", "ẫ", "ậ", "ă", "ằ", "ắ",
        "ẳ", "ẵ", "ặ", "è", "é", "ẻ", "ẽ", "ẹ", "ê", "ề", "ế", "ể", "ễ", "ệ",
        "ì", "í", "ỉ", "ĩ", "ị", "ò", "ó", "ỏ", "õ", "ọ", "ô", "ồ", "ố", "ổ",
        "ỗ", "ộ", "ơ", "ờ", "ớ", "ở", "ỡ", "ợ", "ù", "ú", "ủ", "ũ", "ụ", "ư",
        "ừ", "ứ", "ử", "ữ", "ự", "ỳ", "ý", "ỷ", "ỹ", "ỵ", "đ"};

    assert_int_equal(ARRAY_LEN(seen), ARRAY_LEN(means));
    for (size_t i = 0; i < ARRAY_LEN(seen); i++)
        assert_means(vni, seen[i], means[i]);
    assert_means(vni, "COÄNG", "CỘNG");
    assert_means(vni, "HOØA", "HÒA");
    assert_means(vni, "NGHÓA", "NGHĨA");
    assert_means(vni, "ÑÖÔØNG", "ĐƯỜNG");
    assert_means(vni, "ñöôïc,", "được,");
    assert_means(vni, "5â", "5â"); /* no vowel that could bear it */
}

static void hyphens_that_are_letters(void **state)
{
    (void)state;
    assert_means(tcvn3, "n-íc", "nước");
    assert_means(tcvn3, "t-", "tư");
    assert_means(tcvn3, "(t-)", "(tư)");
    assert_means(tcvn3, "-¬ng", "ương");
    assert_means(tcvn3, "tr-ëng", "trưởng");
    assert_means(tcvn3, "Q§-TTg", "QĐ-TTg");
    assert_means(tcvn3, "40/2005/CT-TTg", "40/2005/CT-TTg");
    assert_means(tcvn3, "TT-NHNN", "TT-NHNN");
    assert_means(tcvn3, "T©y-B¾c", "Tây-Bắc");
    assert_means(tcvn3, "1-a", "1-a");
    assert_means(tcvn3, "-", "-");
    assert_means(tcvn3, "-Chñ", "-Chủ");
}

/* Fonts sold as symbols have their letters in the private area. */
static void letters_of_symbol_fonts(void **state)
{
    (void)state;
    assert_means(tcvn3, "\uF0A7\uF0E9c", "Độc");
    assert_means(tcvn3, "n\uF0AD\uF0EDc", "nước");
    assert_means(vni, "\uF0F1\uF0F6\uF06F\uF0EF\uF063", "đưọc");
    assert_means(vni, "\uF093\uF061\uF0F8\uF094\uF085", "“à”…");
    assert_means(vni, "Q\u00D1\u00ADTTg", "QĐ-TTg");
}

static void fonts_by_their_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum legacy_encoding encoding;
        bool capitals;
    } fonts[] = {
        {".VnTime", LEGACY_TCVN3, false},
        {"FBHPEM+VnTime", LEGACY_TCVN3, false},
        {"FBHPFO+VnTimeHBold", LEGACY_TCVN3, true},
        {".VnArial NarrowH", LEGACY_TCVN3, true},
        {".VnArialH,BoldItalic", LEGACY_TCVN3, true},
        {"VnArial-NarrowH-Bold", LEGACY_TCVN3, true},
        {".Vn3DH", LEGACY_TCVN3, true},
        {"VnTimeItalic", LEGACY_TCVN3, false},
        {"ABCDEF+VNI-Times", LEGACY_VNI, false},
        {"VNIHelveBold", LEGACY_VNI, false},
        {"TimesNewRomanPSMT", LEGACY_NONE, false},
        {"Vnesque", LEGACY_NONE, false},
        {"VnH", LEGACY_TCVN3, false},
        {"", LEGACY_NONE, false},
    };

    for (size_t i = 0; i < ARRAY_LEN(fonts); i++) {
        struct legacy_font f = legacy_font_named(fonts[i].name);

        assert_int_equal(f.encoding, fonts[i].encoding);
        assert_int_equal(f.capitals, fonts[i].capitals);
    }
}

/* A page of one font, a letter an inch square. */
static char *encodings_of(const char *font, const char *text)
{
    struct pdf_letter letters[400];
    int32_t cps[400];
    char name[64];
    char *fonts[] = {name};
    struct pdf_letters l = {.letters = letters,
                            .n = code_points(text, cps),
                            .fonts = fonts,
                            .n_fonts = 1,
                            .width_pt = 600,
                            .height_pt = 800};
    char *encodings = NULL;

    snprintf(name, sizeof(name), "%s", font);
    for (int i = 0; i < l.n; i++)
        letters[i] = (struct pdf_letter){.cp = cps[i], .font = 0};
    free(pdf_words_fonts(&l, table, &encodings));
    return encodings;
}

static void assert_encodings(const char *font, const char *text,
                             const char *expected)
{
    AUTO(free_char) char *got = encodings_of(font, text);

    assert_string_equal(got == NULL ? "none" : got, expected);
}

static void words_decide(void **state)
{
    (void)state;
    const char *old = "Th«ng t− vÒ viÖc gãp vèn thµnh lËp quü b¶o l·nh";
    const char *vni_text = "Quyeát ñònh veà vieäc pheâ duyeät ñeà taøi";

    assert_encodings("TimesNewRoman", old, "TCVN3");
    assert_encodings("T1_0", vni_text, "VNI");
    assert_encodings(".VnTime", old, "TCVN3");
    /* a font that was mapped well in spite of its name */
    assert_encodings(".VnTime", "Thông tư về việc góp vốn thành lập quỹ",
                     "none");
    assert_encodings("Arial", "Thông tư về việc góp vốn, là các cú hoà toán",
                     "none");
    assert_encodings("Arial",
                     "Voilà l'été à Genève, où le garçon déjeune près de la "
                     "forêt avec sa sœur aînée; «ça» coûte 5 µm.",
                     "none");
    assert_encodings("Arial", "Über den Dächern grüßen schöne Vögel", "none");
    assert_encodings("Arial", "El niño pequeño comió piñón en León y Málaga",
                     "none");
    /* few words are enough if all say so, signs are not */
    assert_encodings("T1_0", "Ñaëng Quyeát", "VNI");
    assert_encodings("T1_0", "§Æng QuyÕt", "TCVN3");
    assert_encodings("Arial", "où est la forêt, où est le café", "none");
    assert_encodings("Arial", "a 5 µm by 3 µm plate of the thinnest foil is "
                              "put on it and left there for an hour",
                     "none");
    assert_encodings("Arial", "© 2004 § 12 ± 5 µm ® ™ 3 × 4 = 12", "none");
}

static bool possible(const char *text)
{
    struct syllable s;

    return syllable_parse(text, strlen(text), &s) && syllable_possible(&s);
}

static void syllables_by_their_build(void **state)
{
    (void)state;
    static const char *const good[] = {"nghiêng", "quyết", "gì",  "giếng", "ý",
                                       "NƯỚC",    "khuya", "yêu", "ượt",   "ơ"};
    static const char *const bad[] = {"nưct", "cỏc", "tac", "zò", "ngi2",
                                      "strong", "đđ", "tfa", "âu1"};

    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_true(possible(good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_false(possible(bad[i]));
}

static void bad_tables_are_named(void **state)
{
    (void)state;
    struct legacy_table *t = NULL;
    char path[] = "/tmp/hoso-letters.XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");

    assert_non_null(f);
    fputs("# good\nTCVN3\tB5\tµ\tà\nTCVN3\tB6\tab\tả\n", f);
    fclose(f);
    assert_int_equal(legacy_load(path, &t), STATUS_CONFIG);
    assert_non_null(strstr(status_message(), "line 3"));
    unlink(path);
    assert_int_equal(legacy_load("/nowhere/letters.tsv", &t),
                     STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_of_tcvn3),
        cmocka_unit_test(every_letter_of_vni),
        cmocka_unit_test(hyphens_that_are_letters),
        cmocka_unit_test(letters_of_symbol_fonts),
        cmocka_unit_test(fonts_by_their_names),
        cmocka_unit_test(words_decide),
        cmocka_unit_test(syllables_by_their_build),
        cmocka_unit_test(bad_tables_are_named),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
