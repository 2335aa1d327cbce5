/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Workbooks, by the tool xlsx2csv: the values that cells show, never the
 * formulas behind them. A workbook is foreign bytes and the tool is large, so
 * it runs in a process of its own that may use so much memory, time and
 * output and no more, and sees neither the archive nor our environment.
 */
#include "store/sheet.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define TOOL_SECONDS 120
#define TOOL_BYTES (2048u << 20)
#define POLL_US 10000

static const char *const tool_places[] = {
    "/usr/bin/xlsx2csv", "/usr/local/bin/xlsx2csv", "/bin/xlsx2csv"};

bool sheet_is_xlsx(const char *bytes, size_t n)
{
    return n > 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

static const char *find_tool(void)
{
    for (size_t i = 0; i < ARRAY_LEN(tool_places); i++)
        if (access(tool_places[i], X_OK) == 0)
            return tool_places[i];
    return NULL;
}

struct tool {
    const char *program, *what;
    int sheet; /* number, from 1 */
    int in, out, err; /* files in memory */
};

static void limit(int resource, rlim_t most)
{
    struct rlimit l = {most, most};

    (void)setrlimit((__rlimit_resource_t)resource, &l);
}

/* In the child: never returns. */
static NORETURN void run_tool(const struct tool *t)
{
    static const char *const environment[] = {
        "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1",
        NULL};
    char input[32], sheet[32];
    int null = open("/dev/null", O_RDONLY);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    snprintf(input, sizeof(input), "/proc/self/fd/%d", t->in);
    snprintf(sheet, sizeof(sheet), "%d", t->sheet);
    /* Dates always in one form, merged cells filled: what heads or covers
     * several cells counts for each. */
    const char *const arguments[] = {"xlsx2csv", "-m", "-f",  "%Y-%m-%d",
                                     "-s",       sheet, input, NULL};
    if (null < 0 || dup2(null, 0) < 0 || dup2(t->out, 1) < 0 ||
        dup2(t->err, 2) < 0 || fcntl(t->in, F_SETFD, 0) < 0)
        _exit(126);
    limit(RLIMIT_AS, TOOL_BYTES);
    limit(RLIMIT_FSIZE, SHEET_BYTES_MAX);
    limit(RLIMIT_CPU, TOOL_SECONDS);
    limit(RLIMIT_CORE, 0);
    if (chdir("/") != 0)
        _exit(126);
    execve(t->program, (char *const *)arguments, (char *const *)environment);
    _exit(127);
}

/* Wait for the child, not longer than it may take. */
static enum status wait_for(pid_t child, const char *what, int *ended)
{
    int64_t until = clock_ms() + TOOL_SECONDS * 1000;

    for (;;) {
        pid_t got = waitpid(child, ended, WNOHANG);

        if (got == child)
            return STATUS_OK;
        if (got < 0 && errno != EINTR)
            return fail_errno(STATUS_CHILD, errno,
                              _("waiting for the reader of '%s'"), what);
        if (clock_ms() > until) {
            kill(-child, SIGKILL);
            kill(child, SIGKILL);
            while (waitpid(child, ended, 0) < 0 && errno == EINTR)
                continue;
            return fail(STATUS_TIMEOUT,
                        _("reading the workbook '%s' took more than %d"
                          " seconds; save the sheet as 'CSV UTF-8' and import"
                          " that"),
                        what, TOOL_SECONDS);
        }
        usleep(POLL_US);
    }
}

static enum status read_back(int fd, size_t max, const char *what, char **out,
                             size_t *len)
{
    AUTO(free_char) char *path = xasprintf("/proc/self/fd/%d", fd);
    enum status st = file_read(path, max, out, len);

    return st == STATUS_OK ? st : explain(st, "'%s'", what);
}

/* The last line of what the tool complained of. */
static char *complaint(int fd, const char *what)
{
    AUTO(free_char) char *text = NULL;
    size_t n = 0;
    char *line;

    if (read_back(fd, 1 << 20, what, &text, &n) != STATUS_OK)
        return xstrdup("");
    while (n > 0 && strchr("\r\n ", text[n - 1]))
        text[--n] = '\0';
    line = strrchr(text, '\n');
    return xstrndup(line ? line + 1 : text, 200);
}

static enum status judge(const struct tool *t, int ended)
{
    AUTO(free_char) char *said = complaint(t->err, t->what);
    struct stat sb;

    if (WIFSIGNALED(ended) || strstr(said, "MemoryError") ||
        (fstat(t->out, &sb) == 0 && sb.st_size >= SHEET_BYTES_MAX))
        return fail(STATUS_LIMIT,
                    _("the workbook '%s' is too large to be read; save the"
                      " sheet as 'CSV UTF-8' and import that"),
                    t->what);
    if (WEXITSTATUS(ended) != 0)
        return fail(STATUS_INVALID,
                    _("the workbook '%s' cannot be read (%s); open it in Excel"
                      " or LibreOffice and save it anew"),
                    t->what, said);
    return STATUS_OK;
}

static enum status run(const struct tool *t, char **csv, size_t *len)
{
    int ended = 0;
    pid_t child = fork();
    enum status st;

    if (child < 0)
        return fail_errno(STATUS_CHILD, errno,
                          _("cannot start the reader of '%s'"), t->what);
    if (child == 0)
        run_tool(t);
    st = wait_for(child, t->what, &ended);
    if (st == STATUS_OK)
        st = judge(t, ended);
    if (st == STATUS_OK)
        st = read_back(t->out, SHEET_BYTES_MAX, t->what, csv, len);
    return st;
}

enum status sheet_from_xlsx(const char *bytes, size_t n, int number,
                            const char *what, char **csv, size_t *len)
{
    AUTO(close_fdp) int in = memfd_create("workbook", MFD_CLOEXEC);
    AUTO(close_fdp) int out = memfd_create("table", MFD_CLOEXEC);
    AUTO(close_fdp) int err = memfd_create("messages", MFD_CLOEXEC);
    struct tool t = {find_tool(), what, number, in, out, err};
    enum status st;

    if (!t.program)
        return fail(STATUS_MISSING,
                    _("'%s' is a workbook, which the tool xlsx2csv reads;"
                      " install it with: apt install xlsx2csv, or save the"
                      " sheet as 'CSV UTF-8'"),
                    what);
    if (in < 0 || out < 0 || err < 0)
        return fail_errno(STATUS_IO, errno, _("no room to read '%s'"), what);
    st = file_write_all(in, bytes, n, what);
    return st == STATUS_OK ? run(&t, csv, len) : st;
}
