/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages with too little on them to say which way is up. */
#ifndef HOSO_SERVICE_PAGE_TURN_H
#define HOSO_SERVICE_PAGE_TURN_H

#include "base/record.h"

/* Pages in doubt of which nothing was read are turned as the nearest page is
 * of which something was; the doubt stays. */
void record_inherit_turns(struct record *r);

#endif
