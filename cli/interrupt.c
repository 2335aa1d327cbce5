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

void interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = ask,
                               .sa_flags = SA_RESTART | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupted(void)
{
    return asked != 0;
}
