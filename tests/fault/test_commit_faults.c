/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every call that changes the disk, one after another, is made to fail or to
 * be the last one of the process. Whatever happened, the archive must open,
 * verify without a finding, have what was said to be stored, and after the
 * same work once more be the archive that an undisturbed run makes.
 *
 *     test_commit_faults ingest|amend|rebuild|export
 *                        eio|enospc|full|kill|cut|cut-data|ext4 [--no-fsync]
 */
#include "amending.h"
#include "fault_shim.h"
#include "real_disk.h"

#include "base/sql.h"
#include <stdnoreturn.h>
#include <sys/wait.h>

#define DOCUMENTS 4 /* two are there before, two are stored under faults */

static const char *const kind_names[] = {
    [FAULT_NONE] = "none",         [FAULT_EIO] = "eio",
    [FAULT_ENOSPC] = "enospc",     [FAULT_FULL] = "full",
    [FAULT_KILL] = "kill",         [FAULT_CUT] = "cut",
    [FAULT_CUT_DATA] = "cut-data", [FAULT_EXT4] = "ext4"};

struct sweep {
    const char *scenario;
    enum fault_kind kind;
    bool lie;
    char *dir;             /* everything of this run */
    struct real_disk disk; /* of FAULT_EXT4 */
    char *template;        /* the archive before */
    char *archive;         /* the copy that suffers */
    char *exports;
    int at;
    int trials;
};

/* What the child said before it ended. */
struct said {
    bool stored[DOCUMENTS + 1];
    bool quarantined, rebuilt, exported;
    int amended; /* how many of AMENDMENTS */
    int calls; /* 0: it did not come to its end */
};

static noreturn void wrong(struct sweep *w, const char *what)
{
    fprintf(stderr, "%s, %s at call %d: %s: %s\n", w->scenario,
            kind_names[w->kind], w->at, what, status_message());
    if (w->kind == FAULT_EXT4)
        real_disk_remove(&w->disk);
    if (!getenv("HOSO_TEST_KEEP") && file_remove_tree(w->dir) != STATUS_OK)
        fprintf(stderr, "%s\n", status_message());
    exit(1);
}

#define MUST(w, call)            \
    do {                         \
        if ((call) != STATUS_OK) \
            wrong(w, #call);     \
    } while (0)

static char *original_of(int i)
{
    return xasprintf("original %d", i);
}

/* ---- the work ---- */

static enum status store_one(struct store *s, int i)
{
    AUTO(free_char) char *original = original_of(i);
    AUTO(record_freep) struct record *r = fixture_record("result", original);

    return fixture_commit(s, r, original, false);
}

static enum status quarantine_one(struct store *s)
{
    char hex[DIGEST_HEX_BYTES];
    AUTO(free_char) char *entry = NULL;
    int fd = memory_file("junk");
    enum status st;

    digest_bytes("junk", 4, hex);
    st = store_quarantine(s, fd, "junk.jpg", hex, "lô 1", STATUS_INVALID,
                          "not an image", &entry);
    close(fd);
    return st;
}

static void say(int fd, const char *text)
{
    if (fd >= 0 && write(fd, text, strlen(text)) < 0)
        _exit(3);
}

static void ingest(const struct sweep *w, int fd)
{
    AUTO(store_closep) struct store *s = NULL;
    const char *work = NULL;

    if (store_open(w->archive, STORE_WRITE, &s) != STATUS_OK)
        return;
    if (store_work_dir(s, &work) != STATUS_OK)
        say(fd, "");
    for (int i = 1; i <= DOCUMENTS; i++) {
        enum status st = store_one(s, i);

        if (st == STATUS_OK || st == STATUS_EXISTS)
            say(fd, (const char *[]){"", "1", "2", "3", "4"}[i]);
    }
    if (quarantine_one(s) == STATUS_OK)
        say(fd, "q");
    if (store_outbox_done(s, "2022-000001") != STATUS_OK)
        say(fd, "");
}

static void rebuild(const struct sweep *w, int fd)
{
    struct verify_result r;

    if (store_rebuild(w->archive, 1, &r) != STATUS_OK)
        return;
    say(fd, r.ok ? "r" : "");
    verify_result_clear(&r);
}

static enum status export_to(struct store *s, const struct sweep *w,
                             const char *name)
{
    AUTO(free_char) char *to = path_join(w->exports, name);
    const char *const ids[] = {"2022-000001"};
    int64_t files = 0;
    uint64_t bytes = 0;

    return store_export(s, ids, 1, to, &files, &bytes);
}

static void export(const struct sweep *w, int fd)
{
    AUTO(store_closep) struct store *s = NULL;

    if (store_open(w->archive, STORE_READ, &s) != STATUS_OK)
        return;
    if (export_to(s, w, "out.tar") == STATUS_OK &&
        export_to(s, w, "") == STATUS_OK)
        say(fd, "x");
}

static void work(const struct sweep *w, int fd)
{
    if (strcmp(w->scenario, "ingest") == 0)
        ingest(w, fd);
    else if (strcmp(w->scenario, "amend") == 0)
        amend_all(w->archive, fd);
    else if (strcmp(w->scenario, "rebuild") == 0)
        rebuild(w, fd);
    else
        export(w, fd);
}

static noreturn void child(const struct sweep *w, int fd)
{
    char calls[32];

    if (w->lie)
        fault_lie_about_sync();
    fault_start(w->dir, w->kind, w->at);
    work(w, fd);
    snprintf(calls, sizeof(calls), "c%d", fault_calls());
    fault_start(w->dir, FAULT_NONE, 0);
    say(fd, calls);
    _exit(0);
}

static void listen_to(int fd, struct said *said)
{
    char text[64];
    ssize_t n;

    memset(said, 0, sizeof(*said));
    while ((n = read(fd, text, sizeof(text) - 1)) > 0) {
        text[n] = '\0';
        for (char *p = text; *p; p++) {
            if (*p >= '1' && *p <= '0' + DOCUMENTS)
                said->stored[*p - '0'] = true;
            said->quarantined = said->quarantined || *p == 'q';
            said->rebuilt = said->rebuilt || *p == 'r';
            said->exported = said->exported || *p == 'x';
            said->amended += *p == 'a';
            if (*p == 'c') {
                said->calls = atoi(p + 1);
                break;
            }
        }
    }
}

static void suffer(struct sweep *w, struct said *said)
{
    int ends[2];
    int code = 0;
    pid_t pid;

    if (pipe(ends) != 0)
        wrong(w, "pipe");
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(w, ends[1]);
    }
    close(ends[1]);
    listen_to(ends[0], said);
    close(ends[0]);
    waitpid(pid, &code, 0);
    if (WIFSIGNALED(code) && WTERMSIG(code) != SIGKILL)
        wrong(w, "the process crashed");
    if (WIFEXITED(code) && WEXITSTATUS(code) != 0)
        wrong(w, "the process failed");
    w->trials++;
}

/* ---- what must be ---- */

static void check_verified(struct sweep *w, struct store *s)
{
    struct verify_result r;

    MUST(w, store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    for (int i = 0; i < r.n_findings; i++) {
        fprintf(stderr, "%s: %s\n", r.findings[i].where, r.findings[i].text);
        wrong(w, "verify has a finding");
    }
    verify_result_clear(&r);
}

static void check_is_stored(struct sweep *w, struct store *s, int i)
{
    AUTO(free_char) char *original = original_of(i);
    char hex[DIGEST_HEX_BYTES];
    char id[STORE_ID_BYTES];
    bool found = false;
    int fd = memory_file("");
    char back[32] = "";

    digest_bytes(original, strlen(original), hex);
    MUST(w, store_find_source(s, hex, &found, id));
    if (!found)
        wrong(w, "what was said to be stored is not there");
    MUST(w, store_read_file(s, id, "data/original/0001.jpg", fd));
    if (pread(fd, back, sizeof(back) - 1, 0) < 0 || strcmp(back, original) != 0)
        wrong(w, "what was stored is not what was given");
    close(fd);
}

static void check_quarantined(struct sweep *w)
{
    char hex[DIGEST_HEX_BYTES];

    digest_bytes("junk", 4, hex);
    AUTO(free_char)
    char *path = xasprintf("%s/quarantine/%s/junk.jpg", w->archive, hex);
    if (access(path, F_OK) != 0)
        wrong(w, "what was said to be quarantined is not there");
}

static void check_count(struct sweep *w, struct store *s, int64_t want)
{
    int64_t n = 0;

    MUST(w, store_count(s, &(struct list_filter){0}, &n));
    if (n != want)
        wrong(w, "the number of documents is wrong");
}

/* An export is whole or not there under its name. */
static void check_export(struct sweep *w, bool said)
{
    AUTO(free_char) char *tar = path_join(w->exports, "out.tar");
    AUTO(free_char) char *bag = path_join(w->exports, "2022-000001");
    AUTO(free_char)
    char *command = xasprintf("cd '%s' && mkdir t && tar xf out.tar -C t && cd"
                              " t/2022-000001 && sha256sum -c --quiet"
                              " --strict manifest-sha256.txt",
                              w->exports);

    if (said && (access(tar, F_OK) != 0 || access(bag, F_OK) != 0))
        wrong(w, "what was said to be exported is not there");
    if (access(tar, F_OK) == 0 && shell(command) != 0)
        wrong(w, "the exported tar is not whole");
    if (access(bag, F_OK) == 0) {
        AUTO(free_char)
        char *check = xasprintf("cd '%s' && sha256sum -c --quiet --strict"
                                " manifest-sha256.txt"
                                " tagmanifest-sha256.txt",
                                bag);

        if (shell(check) != 0)
            wrong(w, "the exported bag is not whole");
    }
}

static void check(struct sweep *w, const struct said *said)
{
    bool amending = strcmp(w->scenario, "amend") == 0;
    bool rebuilding = strcmp(w->scenario, "rebuild") == 0;
    AUTO(store_closep) struct store *s = NULL;

    MUST(w, store_open(w->archive, STORE_WRITE, &s));
    for (int i = 1; i <= DOCUMENTS; i++)
        if (said->stored[i])
            check_is_stored(w, s, i);
    if (said->quarantined)
        check_quarantined(w);
    if (rebuilding || said->rebuilt)
        check_count(w, s, 2);
    if (strcmp(w->scenario, "export") == 0)
        check_export(w, said->exported);
    if (amending)
        MUST(w, check_amended(s, said->amended));
    check_verified(w, s);
    store_closep(&s);

    /* The same work again leads to the archive of an undisturbed run. */
    if (strcmp(w->scenario, "ingest") == 0) {
        ingest(w, -1);
        check_quarantined(w);
    }
    if (amending)
        amend_all(w->archive, -1);
    MUST(w, store_open(w->archive, STORE_WRITE, &s));
    if (amending)
        MUST(w, check_amended(s, AMENDMENTS));
    for (int i = 1; strcmp(w->scenario, "ingest") == 0 && i <= DOCUMENTS; i++)
        check_is_stored(w, s, i);
    check_count(w, s, strcmp(w->scenario, "ingest") == 0 ? DOCUMENTS : 2);
    check_verified(w, s);
}

/* ---- the sweep ---- */

/* An archive where the last process died at the worst moment: its second
 * document is renamed and not catalogued, a third one half written. */
static void make_template(struct sweep *w)
{
    AUTO(config_freep) struct config *c = NULL;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(sql_closep) struct sql *db = NULL;
    AUTO(free_char) char *catalogue = NULL;
    AUTO(free_char) char *left = NULL;
    AUTO(free_char) char *dead = path_join(w->template, "work/1-dead");

    MUST(w, config_new(&c));
    MUST(w, store_create(w->template, c));
    MUST(w, store_open(w->template, STORE_WRITE, &s));
    MUST(w, store_one(s, 1));
    MUST(w, store_one(s, 2));
    store_closep(&s);
    if (strcmp(w->scenario, "export") == 0 ||
        strcmp(w->scenario, "amend") == 0)
        return;
    MUST(w, file_make_dirs(dead, 0750));
    left = path_join(w->template, "packages/2022/000/.2022-000003.tar.tmp");
    MUST(w, file_write_durable(left, "half", 4, 0640));
    catalogue = path_join(w->template, "state/catalogue.db");
    MUST(w, sql_open(catalogue, SQL_WRITE, 0, &db));
    MUST(w, sql_exec(db, "DELETE FROM outbox WHERE document='2022-000002';"
                         "DELETE FROM source WHERE document='2022-000002';"
                         "DELETE FROM package WHERE document='2022-000002';"
                         "DELETE FROM review WHERE document='2022-000002';"
                         "DELETE FROM document WHERE id='2022-000002'"));
}

static void fresh_copy(struct sweep *w)
{
    AUTO(free_char)
    char *command =
        xasprintf("rm -rf '%s' '%s' && cp -a '%s' '%s' &&"
                  " mkdir '%s'",
                  w->archive, w->exports, w->template, w->archive, w->exports);

    if (w->kind == FAULT_EXT4 ? !real_disk_fresh(&w->disk)
                              : shell(command) != 0)
        wrong(w, "no fresh archive can be had");
}

/* Where everything lies: of a real disk the archive itself is kept. */
static void choose_places(struct sweep *w)
{
    const char *where = w->kind == FAULT_EXT4 ? w->disk.mount : w->dir;

    w->archive = path_join(where, "kho");
    w->exports = path_join(where, "exports");
    w->template = path_join(where, w->kind == FAULT_EXT4 ? "kho" : "before");
}

static void sweep(struct sweep *w)
{
    struct said said;
    const char *often = getenv("HOSO_FAULT_STRIDE");
    int stride = often && atoi(often) > 1 ? atoi(often) : 1;

    w->at = 1 - stride;
    do {
        w->at += stride;
        fresh_copy(w);
        suffer(w, &said);
        if (w->kind == FAULT_EXT4 && !real_disk_restart(&w->disk))
            wrong(w, "the disk does not come back");
        check(w, &said);
    } while (said.calls == 0 || said.calls >= w->at);
    printf("%s, %s: every %d. of %d places, nothing lost, nothing half-done\n",
           w->scenario, kind_names[w->kind], stride, w->at - 1);
    if (w->at < 20)
        wrong(w, "too few calls were seen: the shim does not reach them");
}

static enum fault_kind kind_of(const char *name)
{
    for (int i = 0; i < (int)ARRAY_LEN(kind_names); i++)
        if (strcmp(kind_names[i], name) == 0)
            return (enum fault_kind)i;
    fprintf(stderr, "no such fault: %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    struct sweep w = {0};
    /* Memory when there is any: a sweep makes many small archives. */
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";

    if (argc < 3)
        return 2;
    setenv("HOSO_CLOCK", FIXTURE_TIME, 1);
    w.scenario = argv[1];
    w.kind = kind_of(argv[2]);
    w.lie = argc > 3 && strcmp(argv[3], "--no-fsync") == 0;
    w.dir = xasprintf("%s/hoso-fault-XXXXXX", base);
    if (!mkdtemp(w.dir))
        return 2;
    if (w.kind == FAULT_EXT4 && !real_disk_make(w.dir, &w.disk))
        return file_remove_tree(w.dir) == STATUS_OK ? 77 : 2;
    choose_places(&w);
    make_template(&w);
    if (w.kind == FAULT_EXT4) {
        if (mkdir(w.exports, 0700) != 0 || !real_disk_keep(&w.disk))
            wrong(&w, "the disk cannot be kept");
    }
    sweep(&w);
    if (w.kind == FAULT_EXT4)
        real_disk_remove(&w.disk);
    if (file_remove_tree(w.dir) != STATUS_OK)
        return 2;
    free(w.template);
    free(w.archive);
    free(w.exports);
    free(w.dir);
    return 0;
}
