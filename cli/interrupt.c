/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SA_RESETHAND gives the second signal its usual, deadly effect; SA_RESTART
 * keeps the first one from breaking calls that are under way (poll() returns
 * all the same, so that whoever waits looks at the flag).
 */
#include "cli/interrupt.h"

#include <signal.h>

static volatile sig_atomic_t asked;

static void ask(int signal_number)
{
    (void)signal_number;
    asked = 1;
}

/* A signal that whoever started us had ignored (nohup, a job in the
 * background) stays ignored. */
static void catch_signal(int signal_number)
{
    struct sigaction old,
        action = {.sa_handler = ask, .sa_flags = SA_RESTART | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(signal_number, &action, NULL);
}

void interrupt_catch(void)
{
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
}

bool interrupted(void)
{
    return asked != 0;
}
