/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings: one list of keys makes the defaults, the commented hoso.ini, the
 * listing of `hoso config` and the table of the manual.
 *
 * A value comes from, strongest first: the command line, the environment
 * (HOSO_<SECTION>_<KEY>, upper case), hoso.ini, the default. Unknown sections
 * and keys are errors that name the line and the nearest known key.
 */
#ifndef HOSO_BASE_CONFIG_H
#define HOSO_BASE_CONFIG_H

#include "base/status.h"
#include <stdbool.h>

enum config_type { CONFIG_TEXT, CONFIG_INT, CONFIG_BOOL, CONFIG_CHOICE };

/* X(id, section, key, type, default, min|choices as text, Vietnamese comment,
 *   English comment). For CONFIG_INT the range is "min..max", for
 *   CONFIG_CHOICE "a|b|c", else "". */
#define CONFIG_LIST(X)                                                         \
    X(FONDS_CODE, "fonds", "code", TEXT, "000", "",                            \
      "Mã phông lưu trữ", "Code of the fonds")                                 \
    X(FONDS_NAME, "fonds", "name", TEXT, "", "",                               \
      "Tên phông lưu trữ", "Name of the fonds")                                \
    X(AGENCY_NAME, "agency", "name", TEXT, "", "",                             \
      "Tên cơ quan", "Name of the agency")                                     \
    X(AGENCY_CODE, "agency", "code", TEXT, "", "",                             \
      "Mã định danh cơ quan (ví dụ H19)", "Identifier of the agency (e.g. H19)") \
    X(KINDS_DEFAULT, "kinds", "default", CHOICE, "result",                     \
      "result|staff|work",                                                     \
      "Loại tài liệu khi không nói gì: result = kết quả TTHC, staff = hồ sơ CCVC, work = hồ sơ công việc", \
      "Kind of a document when nothing is said: result, staff or work")        \
    X(TARGET_RESULTS, "targets", "results_pct", INT, "30", "0..100",           \
      "Chỉ tiêu số hóa kết quả giải quyết TTHC, phần trăm",                    \
      "Target: results of procedures digitised, per cent")                     \
    X(TARGET_STAFF, "targets", "staff_pct", INT, "100", "0..100",              \
      "Chỉ tiêu hồ sơ CCVC đủ thành phần, phần trăm",                          \
      "Target: staff dossiers complete, per cent")                             \
    X(TARGET_DEADLINE, "targets", "deadline", TEXT, "31/12", "",               \
      "Hạn đạt các chỉ tiêu, ngày/tháng hằng năm",                             \
      "Day of the year by which the targets are to be reached, day/month")     \
    X(REPORT_PAGES, "report", "need_all_pages", BOOL, "true", "",              \
      "Chỉ tính là đã số hóa khi mọi trang đều đọc được",                      \
      "A result counts as digitised only if every page was read")              \
    X(REPORT_DPI, "report", "need_min_dpi", BOOL, "true", "",                  \
      "Chỉ tính là đã số hóa khi mọi trang đạt độ phân giải tối thiểu",        \
      "A result counts as digitised only if every page has the lowest resolution") \
    X(REPORT_FIELDS, "report", "need_fields", CHOICE, "any",                   \
      "any|no-review|confirmed",                                               \
      "Trường thông tin phải: any = thế nào cũng được, no-review = không còn trường nào chờ xem lại, confirmed = mọi trường đã được người xác nhận", \
      "Fields of a digitised result: any, none that waits for review, or all confirmed by a person") \
    X(REPORT_SIGNATURE, "report", "need_signature", BOOL, "false", "",         \
      "Chỉ tính là đã số hóa khi tệp có chữ ký số trên toàn bộ tệp (không kiểm tra hiệu lực)", \
      "A result counts as digitised only if its file bears an electronic signature over the whole of it (its validity is not checked)") \
    X(REPORT_MATCH, "report", "need_match", CHOICE, "sure", "sure|confirmed",  \
      "Khớp với sổ: sure = chắc chắn, confirmed = đã được người xác nhận",     \
      "Match to the register: sure, or confirmed by a person")                 \
    X(JOBS, "ingest", "jobs", INT, "0", "0..64",                               \
      "Số tiến trình đọc trang cùng lúc; 0 = mỗi lõi một tiến trình",          \
      "Pages read at the same time; 0 = one a core")                           \
    X(DUPLICATES, "ingest", "allow_duplicates", BOOL, "false", "",             \
      "Cho phép lưu lại tệp đã có trong kho",                                  \
      "Store a file again that the archive has already")                       \
    X(MODEL, "recognise", "model", TEXT, "hoso_vie", "",                       \
      "Mô hình nhận dạng: hoso_vie của phần mềm này (thiếu thì dùng vie), hoặc mô hình khác của Tesseract", \
      "Model: hoso_vie, which comes with hoso (vie if it is missing), or one of Tesseract's") \
    X(SECOND_LOOK, "recognise", "second_look", BOOL, "true", "",               \
      "Đọc lại từ đọc yếu, số và tên chưa chắc bằng mô hình thứ hai",          \
      "Read weak words and doubtful numbers and names again by a second model")\
    X(TABLE_CELLS, "recognise", "table_cells", BOOL, "true", "",               \
      "Đọc từng ô của bảng kẻ khung", "Read ruled tables cell by cell")        \
    X(REPAIR, "recognise", "repair", BOOL, "true", "",                         \
      "Sửa dấu đọc sai theo ngữ cảnh; chữ đọc được ban đầu vẫn giữ trong hồ sơ", \
      "Mend marks that were read wrong by context; what was read is kept")      \
    X(CONFIRMED_WORDS, "recognise", "confirmed_words", BOOL, "true", "",       \
      "Dùng từ người dùng đã xác nhận (tên, địa danh, cơ quan) và tên trong sổ để sửa dấu; trừ hồ sơ CCVC", \
      "Mend marks also by names and places that people confirmed and by names in registers; not by those of staff") \
    X(DROP_JUNK, "recognise", "drop_junk", BOOL, "true", "",                   \
      "Bỏ khỏi văn bản các vết bẩn, đường kẻ đọc nhầm thành chữ",               \
      "Leave smudges and rules that were taken for letters out of the text")   \
    X(MIN_DPI, "recognise", "min_dpi", INT, "200", "50..1200",                 \
      "Độ phân giải tối thiểu (TT 05/2025/TT-BNV Điều 8: 200 dpi)",            \
      "Lowest resolution that is not doubtful (Circular 05/2025/TT-BNV art. 8: 200)") \
    X(MIN_CONFIDENCE, "recognise", "min_confidence_pct", INT, "75", "0..100",  \
      "Độ tin cậy trung bình của trang, dưới mức này là trang cần xem lại",    \
      "Mean confidence of a page below which it is doubtful")                  \
    X(MIN_SHARPNESS, "recognise", "min_sharpness_pct", INT, "20", "0..100",    \
      "Độ nét tối thiểu của nét chữ (bản quét tốt: 35 trở lên), dưới mức này là trang mờ nét", \
      "Sharpness below which a page is out of focus (good scans: 35 and more)") \
    X(MIN_CONTRAST, "recognise", "min_contrast_pct", INT, "45", "0..100",      \
      "Độ tương phản tối thiểu giữa mực và giấy, dưới mức này là trang mực nhạt", \
      "Contrast of ink to paper below which print is faint")                   \
    X(MAX_FRAME, "recognise", "max_frame_pct", INT, "8", "0..100",             \
      "Viền đen quanh trang: phần trăm bề rộng và bề cao cộng lại, quá mức này là trang cần xem lại", \
      "Dark edges: per cent of width and height together above which a page is doubtful") \
    X(FILL_PCT, "recognise", "fill_pct", INT, "90", "0..100",                  \
      "Chỉ điền một trường khi giá trị như vậy đúng ít nhất từng này lần trong một trăm; nếu không thì để trống chờ người xem", \
      "A field is filled in only if such values are right so often in a hundred; else it is left for a person") \
    X(REVIEW_CONFIDENCE, "review", "min_confidence_pct", INT, "0", "0..100",   \
      "Trường tìm được có độ tin cậy dưới mức này cũng phải người xem lại",    \
      "Fields that were found with less confidence wait for review too")       \
    X(REVIEW_PAGES, "review", "pages", BOOL, "true", "",                       \
      "Trang đọc không chắc cũng chờ xem lại",                                 \
      "Pages that were read with doubt wait for review too")                   \
    X(PAGE_SECONDS, "limits", "page_seconds", INT, "60", "1..3600",            \
      "Thời gian đọc tối đa một trang, giây",                                  \
      "Longest time for one page, seconds")                                    \
    X(WORKER_MB, "limits", "worker_mb", INT, "560", "128..16384",              \
      "Bộ nhớ tối đa của một tiến trình đọc trang, MB",                        \
      "Most memory of a process that reads pages, MB")                         \
    X(FILE_MB, "limits", "file_mb", INT, "4096", "1..16384",                   \
      "Cỡ tệp tối đa, MB", "Largest file, MB")                                 \
    X(FILE_PAGES, "limits", "file_pages", INT, "5000", "1..20000",             \
      "Số trang tối đa của một tệp", "Most pages in one file")                 \
    X(PAGE_MEGAPIXELS, "limits", "page_megapixels", INT, "150", "1..1000",     \
      "Số điểm ảnh tối đa của một trang, triệu",                               \
      "Largest page, millions of pixels")                                      \
    X(LANGUAGE, "ui", "language", CHOICE, "auto", "auto|vi|en",                \
      "Ngôn ngữ của thông báo", "Language of messages")

enum config_id {
#define CONFIG_ENUM(id, ...) CONFIG_##id,
    CONFIG_LIST(CONFIG_ENUM)
#undef CONFIG_ENUM
        CONFIG_COUNT
};

struct config;

/* Defaults and environment only.  fails  CONFIG (a bad environment value) */
NODISCARD enum status config_new(struct config **out);
void config_free(struct config *c); /* NULL allowed */
void config_freep(struct config **c);

/* Read a file over the defaults.
 * fails  CONFIG: line, key and the nearest known key are named; NOT_FOUND, IO */
NODISCARD enum status config_load(struct config *c, const char *path);

/* Set a value from the command line (or elsewhere): origin is shown by
 * `hoso config`.  fails  CONFIG (not of its type or range) */
NODISCARD enum status config_set(struct config *c, enum config_id id,
                                 const char *value, const char *origin);

/* The value of a setting, of its type; text is borrowed. */
const char *config_text(const struct config *c, enum config_id id);
long config_int(const struct config *c, enum config_id id);
bool config_bool(const struct config *c, enum config_id id);

/* "default", "environment HOSO_INGEST_JOBS", "hoso.ini:12", "command line". */
const char *config_origin(const struct config *c, enum config_id id);

/* Section, key, and both comments of a setting; static. */
const char *config_section(enum config_id id);
const char *config_key(enum config_id id);
const char *config_comment(enum config_id id, bool vietnamese);

/* Type, default and range ("0..64", "a|b|c" or "") of a setting; static. */
enum config_type config_type_of(enum config_id id);
const char *config_initial(enum config_id id);
const char *config_range(enum config_id id);

/* The text of a hoso.ini with the current values, commented in Vietnamese and
 * English. Caller frees. */
char *config_file_text(const struct config *c);

#endif
