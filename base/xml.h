/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing XML 1.0, UTF-8, two spaces a level. Elements are closed in the order
 * they were opened (asserted); text is escaped and characters XML cannot carry
 * become U+FFFD.
 */
#ifndef HOSO_BASE_XML_H
#define HOSO_BASE_XML_H

#include "base/strbuf.h"

#define XML_DEPTH_MAX 32

struct xml {
    struct strbuf *out; /* borrowed */
    const char *open[XML_DEPTH_MAX];
    int depth;
    int in_tag;   /* the start tag of the innermost element is still open */
    int had_text; /* the innermost element has text: no indent before its end */
};

/* Start a document: writes the declaration. out must outlive x. */
void xml_start(struct xml *x, struct strbuf *out);

/* Open an element; name is borrowed until it is closed. */
void xml_open(struct xml *x, const char *name);

/* An attribute of the element just opened. */
void xml_attr(struct xml *x, const char *name, const char *value);
void xml_attr_int(struct xml *x, const char *name, long long value);

/* Character data inside the innermost element. */
void xml_text(struct xml *x, const char *text);

/* Close the innermost element. */
void xml_close(struct xml *x);

/* <name>text</name> */
void xml_leaf(struct xml *x, const char *name, const char *text);

/* All elements must be closed by now; writes the last newline. */
void xml_end(struct xml *x);

#endif
