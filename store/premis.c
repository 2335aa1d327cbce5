/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * premis.xml: what the files of a document are and what was done to them, in
 * PREMIS 3.0 (version3 of the Library of Congress). Objects are identified by
 * their path in the bag, events by document and number.
 */
#include "store/bag.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/xml.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE "http://www.loc.gov/premis/v3"
#define XSI "http://www.w3.org/2001/XMLSchema-instance"
#define SOFTWARE "hoso " HOSO_VERSION
#define ACCESS_PATH "data/access.pdf"

/* <prefixIdentifier><prefixIdentifierType>… with optional role behind. */
struct identifier {
    const char *element, *type, *value, *role_element, *role;
};

static void add_identifier(struct xml *x, const struct identifier *id,
                           const char *value)
{
    AUTO(free_char) char *type_name = xasprintf("%sType", id->element);
    AUTO(free_char) char *value_name = xasprintf("%sValue", id->element);

    xml_open(x, id->element);
    xml_leaf(x, type_name, id->type);
    xml_leaf(x, value_name, value ? value : id->value);
    if (id->role)
        xml_leaf(x, id->role_element, id->role);
    xml_close(x);
}

static const struct identifier object_id = {"objectIdentifier", "path in bag",
                                            NULL, NULL, NULL};
static const struct identifier by_hoso = {"linkingAgentIdentifier", "software",
                                          SOFTWARE, "linkingAgentRole",
                                          "executing program"};

static void open_object(struct xml *x, const char *path, const char *sha256,
                        uint64_t bytes, const char *media_type)
{
    xml_open(x, "object");
    xml_attr(x, "xsi:type", "file");
    add_identifier(x, &object_id, path);
    xml_open(x, "objectCharacteristics");
    xml_open(x, "fixity");
    xml_leaf(x, "messageDigestAlgorithm", "SHA-256");
    xml_leaf(x, "messageDigest", sha256);
    xml_leaf(x, "messageDigestOriginator", SOFTWARE);
    xml_close(x);
    xml_open(x, "size");
    AUTO(free_char)
    char *size = xasprintf("%llu", (unsigned long long)bytes);
    xml_text(x, size);
    xml_close(x);
    xml_open(x, "format");
    xml_open(x, "formatDesignation");
    xml_leaf(x, "formatName", media_type);
    xml_close(x);
    xml_close(x);
    xml_close(x);
}

static void add_original(struct xml *x, const struct source *s)
{
    open_object(x, s->path, s->sha256, s->bytes, s->media_type);
    xml_leaf(x, "originalName", s->name ? s->name : "");
    xml_close(x);
}

static void add_access(struct xml *x, const struct record *r,
                       const char *sha256, uint64_t bytes)
{
    open_object(x, ACCESS_PATH, sha256, bytes, "application/pdf");
    xml_open(x, "relationship");
    xml_leaf(x, "relationshipType", "derivation");
    xml_leaf(x, "relationshipSubType", "has source");
    for (int i = 0; i < r->n_sources; i++) {
        const struct identifier related = {"relatedObjectIdentifier",
                                           "path in bag", NULL, NULL, NULL};

        add_identifier(x, &related, r->sources[i].path);
    }
    xml_close(x);
    xml_close(x);
}

struct event {
    int number;
    const char *type, *detail, *outcome, *outcome_note;
    const char *recogniser; /* NULL: hoso did it alone */
    bool of_access;         /* else of the originals */
};

static void add_outcome(struct xml *x, const struct event *e)
{
    xml_open(x, "eventOutcomeInformation");
    xml_leaf(x, "eventOutcome", e->outcome);
    if (e->outcome_note) {
        xml_open(x, "eventOutcomeDetail");
        xml_leaf(x, "eventOutcomeDetailNote", e->outcome_note);
        xml_close(x);
    }
    xml_close(x);
}

static void add_event_objects(struct xml *x, const struct record *r,
                              const struct event *e)
{
    struct identifier id = {"linkingObjectIdentifier", "path in bag", NULL,
                            "linkingObjectRole",
                            e->of_access ? "outcome" : "source"};

    if (e->of_access)
        add_identifier(x, &id, ACCESS_PATH);
    id.role = "source";
    for (int i = 0; i < r->n_sources; i++)
        add_identifier(x, &id, r->sources[i].path);
}

static void add_event(struct xml *x, const struct record *r,
                      const struct event *e)
{
    const struct identifier id = {"eventIdentifier", "hoso", NULL, NULL, NULL};
    AUTO(free_char) char *value = xasprintf("%s/%d", r->id, e->number);
    char at[CLOCK_ISO_BYTES];

    clock_iso(r->stored_at, at);
    xml_open(x, "event");
    add_identifier(x, &id, value);
    xml_leaf(x, "eventType", e->type);
    xml_leaf(x, "eventDateTime", at);
    xml_open(x, "eventDetailInformation");
    xml_leaf(x, "eventDetail", e->detail);
    xml_close(x);
    add_outcome(x, e);
    add_identifier(x, &by_hoso, NULL);
    if (e->recogniser) {
        const struct identifier by = {"linkingAgentIdentifier", "software",
                                      e->recogniser, "linkingAgentRole",
                                      "recogniser"};

        add_identifier(x, &by, NULL);
    }
    add_event_objects(x, r, e);
    xml_close(x);
}

static void add_agent(struct xml *x, const char *name, const char *version)
{
    const struct identifier id = {"agentIdentifier", "software", NULL, NULL,
                                  NULL};

    xml_open(x, "agent");
    add_identifier(x, &id, name);
    xml_leaf(x, "agentName", name);
    xml_leaf(x, "agentType", "software");
    if (version)
        xml_leaf(x, "agentVersion", version);
    xml_close(x);
}

static void add_events(struct xml *x, const struct record *r, bool has_access)
{
    AUTO(free_char)
    char *batch = xasprintf("batch %s", r->batch ? r->batch : "");
    const struct event events[] = {
        {1, "message digest calculation",
         "SHA-256 of the bytes as they were received", "success", NULL, NULL,
         false},
        {2, "recognition",
         "text of the pages, from their images or from the file itself",
         record_state(r), NULL, r->recogniser, false},
        {3, "creation", "access copy with a text layer",
         has_access ? "success" : "failure", r->access_note, NULL, has_access},
        {4, "fixity check",
         "the digest of every original was compared while it was packed",
         "success", NULL, NULL, false},
        {5, "ingestion", "sealed into a package", "success", batch, NULL,
         false},
    };

    for (size_t i = 0; i < ARRAY_LEN(events); i++)
        add_event(x, r, &events[i]);
}

static void open_premis(struct xml *x, struct strbuf *b)
{
    strbuf_init(b);
    xml_start(x, b);
    xml_open(x, "premis");
    xml_attr(x, "xmlns", NAMESPACE);
    xml_attr(x, "xmlns:xsi", XSI);
    xml_attr(x, "version", "3.0");
}

char *premis_text(const struct record *r, const char *access_sha256,
                  uint64_t access_bytes)
{
    struct strbuf b;
    struct xml x;

    open_premis(&x, &b);
    for (int i = 0; i < r->n_sources; i++)
        add_original(&x, &r->sources[i]);
    if (access_sha256)
        add_access(&x, r, access_sha256, access_bytes);
    add_events(&x, r, access_sha256 != NULL);
    add_agent(&x, SOFTWARE, HOSO_VERSION);
    if (r->recogniser)
        add_agent(&x, r->recogniser, NULL);
    xml_close(&x);
    xml_end(&x);
    return strbuf_take(&b);
}

/* ---- amendments ---- */

static void add_modification(struct xml *x, const struct record *r,
                             const struct version *v, bool has_access)
{
    const struct identifier id = {"eventIdentifier", "hoso", NULL, NULL, NULL};
    const struct identifier who = {"linkingAgentIdentifier", "person",
                                   v->agent, "linkingAgentRole", "authorizer"};
    const struct identifier object = {"linkingObjectIdentifier", "path in bag",
                                      NULL, "linkingObjectRole", "outcome"};
    AUTO(free_char) char *value = xasprintf("%s.%d/1", r->id, v->number);
    AUTO(free_char)
    char *spent = xasprintf("seconds of work: %d", v->seconds);
    char at[CLOCK_ISO_BYTES];

    clock_iso(v->at, at);
    xml_open(x, "event");
    add_identifier(x, &id, value);
    xml_leaf(x, "eventType", "metadata modification");
    xml_leaf(x, "eventDateTime", at);
    xml_open(x, "eventDetailInformation");
    xml_leaf(x, "eventDetail", v->note ? v->note : "");
    xml_close(x);
    add_outcome(x, &(struct event){.outcome = "success",
                                   .outcome_note = spent});
    add_identifier(x, &who, NULL);
    add_identifier(x, &by_hoso, NULL);
    add_identifier(x, &object, "data/record.json");
    if (has_access)
        add_identifier(x, &object, ACCESS_PATH);
    xml_close(x);
}

static void add_person(struct xml *x, const char *name)
{
    const struct identifier id = {"agentIdentifier", "person", NULL, NULL,
                                  NULL};

    xml_open(x, "agent");
    add_identifier(x, &id, name);
    xml_leaf(x, "agentName", name);
    xml_leaf(x, "agentType", "person");
    xml_close(x);
}

char *premis_amendment_text(const struct record *r, const char *record_json,
                            const char *access_sha256, uint64_t access_bytes)
{
    const struct version *v = &r->versions[r->n_versions - 1];
    size_t n = strlen(record_json);
    char hex[DIGEST_HEX_BYTES];
    struct strbuf b;
    struct xml x;

    open_premis(&x, &b);
    digest_bytes(record_json, n, hex);
    open_object(&x, "data/record.json", hex, n, "application/json");
    xml_close(&x);
    if (access_sha256) {
        open_object(&x, ACCESS_PATH, access_sha256, access_bytes,
                    "application/pdf");
        xml_close(&x);
    }
    add_modification(&x, r, v, access_sha256 != NULL);
    add_person(&x, v->agent);
    add_agent(&x, SOFTWARE, HOSO_VERSION);
    xml_close(&x);
    xml_end(&x);
    return strbuf_take(&b);
}
