/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durable files, folders, locks. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *dir;

static int make_dir(void **state)
{
    (void)state;
    dir = xstrdup("/tmp/hoso-file-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    enum status st = file_remove_tree(dir);

    (void)state;
    free(dir);
    return st == STATUS_OK ? 0 : -1;
}

static void writes_and_reads_back_with_its_mode(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "a");
    AUTO(free_char) char *text = NULL;
    size_t n = 0;
    struct stat sb;

    (void)state;
    assert_ok(file_write_durable(path, "one\0two", 7, 0600));
    assert_ok(file_read(path, 100, &text, &n));
    assert_int_equal(n, 7);
    assert_memory_equal(text, "one\0two", 8);
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 07777, 0600);
}

static void writing_again_replaces_the_whole(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "b");
    AUTO(free_char) char *text = NULL;
    size_t n = 0;

    (void)state;
    assert_ok(file_write_durable(path, "a longer text", 13, 0640));
    assert_ok(file_write_durable(path, "short", 5, 0640));
    assert_ok(file_read(path, 100, &text, &n));
    assert_string_equal(text, "short");
}

static void a_failed_write_leaves_the_old_and_no_temporary(void **state)
{
    AUTO(free_char) char *folder = path_join(dir, "c");
    AUTO(free_char) char *child = path_join(folder, "x");

    (void)state;
    assert_ok(file_make_dirs(folder, 0750));
    assert_ok(file_write_durable(child, "x", 1, 0640));
    /* rename() of a file over a folder that is not empty cannot succeed. */
    assert_fails(STATUS_IO, file_write_durable(folder, "y", 1, 0640));
    assert_int_equal(access(child, F_OK), 0);
    assert_int_equal(unlink(child), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void reading_keeps_to_its_limit(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "d");
    AUTO(free_char) char *text = NULL;

    (void)state;
    assert_ok(file_write_durable(path, "12345", 5, 0640));
    assert_ok(file_read(path, 5, &text, NULL));
    assert_fails(STATUS_LIMIT, file_read(path, 4, &text, NULL));
    assert_fails(STATUS_NOT_FOUND,
                 file_read("/nowhere/at/all", 4, &text, NULL));
    assert_fails(STATUS_IO, file_read(dir, 4, &text, NULL));
}

static void makes_the_folders_above_too(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "e/f/g");

    (void)state;
    assert_ok(file_make_dirs(path, 0750));
    assert_ok(file_make_dirs(path, 0750));
    assert_int_equal(access(path, F_OK), 0);
}

static void a_file_in_the_way_of_a_folder_fails(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "h");
    AUTO(free_char) char *below = path_join(path, "i");

    (void)state;
    assert_ok(file_write_durable(path, "", 0, 0640));
    assert_fails(STATUS_IO, file_make_dirs(path, 0750));
    assert_fails(STATUS_IO, file_make_dirs(below, 0750));
}

static void removing_a_tree_does_not_follow_links(void **state)
{
    AUTO(free_char) char *tree = path_join(dir, "tree");
    AUTO(free_char) char *deep = path_join(dir, "tree/a/b");
    AUTO(free_char) char *link = path_join(dir, "tree/a/link");
    AUTO(free_char) char *outside = path_join(dir, "outside");
    AUTO(free_char) char *kept = path_join(dir, "outside/kept");

    (void)state;
    assert_ok(file_make_dirs(deep, 0750));
    assert_ok(file_make_dirs(outside, 0750));
    assert_ok(file_write_durable(kept, "k", 1, 0640));
    assert_int_equal(symlink(outside, link), 0);
    assert_ok(file_remove_tree(tree));
    assert_int_equal(access(tree, F_OK), -1);
    assert_int_equal(access(kept, F_OK), 0);
    assert_ok(file_remove_tree(tree));
}

static void a_lock_excludes_others_until_it_is_closed(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "lock");
    int first = -1;
    int second = -1;

    (void)state;
    assert_ok(file_lock(path, 0, &first));
    assert_fails(STATUS_BUSY, file_lock(path, 0, &second));
    assert_fails(STATUS_BUSY, file_lock(path, 20, &second));
    close(first);
    assert_ok(file_lock(path, 0, &second));
    close(second);
}

static void a_lock_is_waited_for(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "lock2");
    int fd = -1;
    int ready[2];
    char byte;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        if (file_lock(path, 0, &fd) != STATUS_OK ||
            write(ready[1], "x", 1) != 1)
            _exit(1);
        usleep(30000);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_ok(file_lock(path, 5000, &fd));
    close(fd);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ready[0]);
    close(ready[1]);
}

static void a_full_device_is_no_space(void **state)
{
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_true(fd >= 0);
    assert_fails(STATUS_NO_SPACE, file_write_all(fd, "x", 1, "/dev/full"));
    close(fd);
    assert_fails(STATUS_IO, file_close(fd, "closed twice"));
}

static void a_network_disk_is_told_by_its_name(void **state)
{
    bool yes = true;
    const char *name = NULL;

    (void)state;
    assert_ok(file_is_network("/proc", &yes, &name));
    assert_false(yes);
    assert_ok(file_is_network("/proc/not/there", &yes, &name));
    assert_false(yes);
    setenv("HOSO_TEST_STATFS", "nfs", 1);
    assert_ok(file_is_network(dir, &yes, &name));
    unsetenv("HOSO_TEST_STATFS");
    assert_true(yes);
    assert_string_equal(name, "NFS");
}

static void free_space_is_known(void **state)
{
    uint64_t bytes = 0;

    (void)state;
    assert_ok(file_free_bytes(dir, &bytes));
    assert_true(bytes > 0);
    assert_fails(STATUS_NOT_FOUND, file_free_bytes("/not/there", &bytes));
}

static void paths_join_with_one_slash(void **state)
{
    AUTO(free_char) char *plain = path_join("a", "b");
    AUTO(free_char) char *slash = path_join("a/", "b");
    AUTO(free_char) char *none = path_join("", "b");

    (void)state;
    assert_string_equal(plain, "a/b");
    assert_string_equal(slash, "a/b");
    assert_string_equal(none, "b");
    assert_string_equal(path_base("a/b/c"), "c");
    assert_string_equal(path_base("c"), "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_back_with_its_mode),
        cmocka_unit_test(writing_again_replaces_the_whole),
        cmocka_unit_test(a_failed_write_leaves_the_old_and_no_temporary),
        cmocka_unit_test(reading_keeps_to_its_limit),
        cmocka_unit_test(makes_the_folders_above_too),
        cmocka_unit_test(a_file_in_the_way_of_a_folder_fails),
        cmocka_unit_test(removing_a_tree_does_not_follow_links),
        cmocka_unit_test(a_lock_excludes_others_until_it_is_closed),
        cmocka_unit_test(a_lock_is_waited_for),
        cmocka_unit_test(a_full_device_is_no_space),
        cmocka_unit_test(a_network_disk_is_told_by_its_name),
        cmocka_unit_test(free_space_is_known),
        cmocka_unit_test(paths_join_with_one_slash),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
