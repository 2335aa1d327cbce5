/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the published vectors of FIPS 180-4. */
#include "unit/unit.h"

#include "base/digest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define TWO_BLOCKS \
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
#define MILLION_A \
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"

static const char two_blocks[] =
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

static void digests_of_published_vectors(void **state)
{
    char hex[DIGEST_HEX_BYTES];

    (void)state;
    digest_bytes("", 0, hex);
    assert_string_equal(hex, EMPTY);
    digest_bytes("abc", 3, hex);
    assert_string_equal(hex, ABC);
    digest_bytes(two_blocks, sizeof(two_blocks) - 1, hex);
    assert_string_equal(hex, TWO_BLOCKS);
}

static void streaming_in_odd_pieces_is_the_same(void **state)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    char block[999];
    char hex[DIGEST_HEX_BYTES];
    size_t left = 1000000;

    (void)state;
    memset(block, 'a', sizeof(block));
    while (left > 0) {
        size_t n = left < sizeof(block) ? left : sizeof(block);

        digest_add(d, block, n);
        left -= n;
    }
    digest_end(d, hex);
    assert_string_equal(hex, MILLION_A);
}

static void begins_anew_after_its_end(void **state)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    char hex[DIGEST_HEX_BYTES];

    (void)state;
    digest_add(d, "something else", 14);
    digest_end(d, hex);
    digest_add(d, "abc", 3);
    digest_end(d, hex);
    assert_string_equal(hex, ABC);
}

static void a_descriptor_is_read_from_where_it_stands(void **state)
{
    char name[] = "/tmp/hoso-digest-XXXXXX";
    int fd = mkstemp(name);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;

    (void)state;
    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(write(fd, "xxabc", 5), 5);
    assert_int_equal(lseek(fd, 2, SEEK_SET), 2);
    assert_ok(digest_fd(fd, name, hex, &bytes));
    assert_string_equal(hex, ABC);
    assert_int_equal(bytes, 3);
    close(fd);
}

static void a_descriptor_that_cannot_be_read_fails(void **state)
{
    char hex[DIGEST_HEX_BYTES];

    (void)state;
    assert_fails(STATUS_IO, digest_fd(-1, "nothing", hex, NULL));
    assert_non_null(strstr(status_message(), "nothing"));
}

static void only_64_lower_case_digits_are_hex(void **state)
{
    (void)state;
    assert_true(digest_is_hex(ABC));
    assert_false(digest_is_hex(NULL));
    assert_false(digest_is_hex(""));
    assert_false(digest_is_hex(ABC "0"));
    assert_false(digest_is_hex(&(ABC)[1]));
    assert_false(digest_is_hex(
        "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_of_published_vectors),
        cmocka_unit_test(streaming_in_odd_pieces_is_the_same),
        cmocka_unit_test(begins_anew_after_its_end),
        cmocka_unit_test(a_descriptor_is_read_from_where_it_stands),
        cmocka_unit_test(a_descriptor_that_cannot_be_read_fails),
        cmocka_unit_test(only_64_lower_case_digits_are_hex),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
