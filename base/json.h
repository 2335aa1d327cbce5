/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON by jansson. json_t is the one foreign type that hoso uses as its own
 * word for "a JSON value" (docs/decisions); everything else about jansson is
 * behind these helpers.
 */
#ifndef HOSO_BASE_JSON_H
#define HOSO_BASE_JSON_H

#include "base/status.h"
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* For AUTO() there is jansson's own json_decrefp(). */

/* Parse n bytes of strict JSON (duplicate keys rejected); what names the
 * source in the message. Caller decrefs.  fails  INVALID */
NODISCARD enum status json_parse(const char *bytes, size_t n, const char *what,
                                 json_t **out);

/* Text of j: compact on one line, or indented by two; members keep their
 * order. Ends without newline. Caller frees. */
char *json_text(const json_t *j, bool indented);

/* Members of an object, strictly typed. Missing or of another type: INVALID
 * with the name in the message. Strings are borrowed from j. */
NODISCARD enum status json_get_string(const json_t *j, const char *name,
                                      const char **out);
NODISCARD enum status json_get_int(const json_t *j, const char *name,
                                   long long min, long long max,
                                   long long *out);
NODISCARD enum status json_get_array(const json_t *j, const char *name,
                                     json_t **out);
NODISCARD enum status json_get_object(const json_t *j, const char *name,
                                      json_t **out);

/* The same for an int and a bool. */
NODISCARD enum status json_get_int32(const json_t *j, const char *name, int min,
                                     int max, int *out);
NODISCARD enum status json_get_bool(const json_t *j, const char *name,
                                    bool *out);

/* A text of the caller's own, or NULL where the member is null. */
NODISCARD enum status json_get_text_or_null(const json_t *j, const char *name,
                                            char **out);

/* The string member or fallback, borrowed. */
const char *json_string_or(const json_t *j, const char *name,
                           const char *fallback);

/* A JSON string of any bytes: what is not UTF-8 becomes U+FFFD. New. */
json_t *json_text_value(const char *s);

/* The same, or null for NULL. New. */
json_t *json_text_or_null(const char *s);

#endif
