/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XMP, document information and output intent. The two descriptions say the
 * same, as PDF/A wants, and neither holds a time: the same pages give the same
 * file. */
#include "pipeline/pdf_archival.h"

#include "base/alloc.h"
#include "base/digest.h"
#include "base/record_lines.h"
#include "base/text.h"
#include "base/xml.h"
#include "pipeline/srgb_profile.h"
#include <stdlib.h>
#include <string.h>

#define PRODUCER "hoso " HOSO_VERSION

static void write_xmp(struct pdf_out *o, int number, const char *title,
                      bool claim)
{
    struct strbuf out;
    struct strbuf body;
    struct xml x;
    strbuf_init(&out);
    strbuf_init(&body);
    xml_start(&x, &body);
    strbuf_reset(&body); /* a packet has its own first line */
    xml_open(&x, "x:xmpmeta");
    xml_attr(&x, "xmlns:x", "adobe:ns:meta/");
    xml_open(&x, "rdf:RDF");
    xml_attr(&x, "xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    xml_open(&x, "rdf:Description");
    xml_attr(&x, "rdf:about", "");
    xml_attr(&x, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    xml_attr(&x, "xmlns:xmp", "http://ns.adobe.com/xap/1.0/");
    xml_attr(&x, "xmlns:pdf", "http://ns.adobe.com/pdf/1.3/");
    xml_attr(&x, "xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/");
    if (claim) {
        xml_leaf(&x, "pdfaid:part", "2");
        xml_leaf(&x, "pdfaid:conformance", "U");
    }
    xml_open(&x, "dc:title");
    xml_open(&x, "rdf:Alt");
    xml_open(&x, "rdf:li");
    xml_attr(&x, "xml:lang", "x-default");
    xml_text(&x, title);
    xml_close(&x);
    xml_close(&x);
    xml_close(&x);
    xml_leaf(&x, "pdf:Producer", PRODUCER);
    xml_close(&x);
    xml_close(&x);
    xml_close(&x);
    xml_end(&x);
    strbuf_adds(&out, "<?xpacket begin=\"\xEF\xBB\xBF\" "
                      "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
    strbuf_add(&out, body.s, body.len);
    strbuf_adds(&out, "<?xpacket end=\"w\"?>");
    pdf_out_stream(o, number, "/Type /Metadata /Subtype /XML", out.s, out.len);
    strbuf_clear(&out);
    strbuf_clear(&body);
}

/* A text string as UTF-16BE in hex. */
static void add_text_string(struct strbuf *out, const char *text)
{
    size_t n = strlen(text);
    strbuf_adds(out, "<FEFF");
    for (size_t pos = 0; pos < n;) {
        int32_t cp = text_next(text, n, &pos);
        if (cp > 0xFFFF) {
            cp -= 0x10000;
            strbuf_addf(out, "%04X%04X", 0xD800 + (unsigned)(cp >> 10),
                        0xDC00 + (unsigned)(cp & 0x3FF));
        } else {
            strbuf_addf(out, "%04X", (unsigned)cp);
        }
    }
    strbuf_addc(out, '>');
}

/* Where no code stands a character XML cannot carry: both descriptions must
 * hold the same text. */
static char *clean_title(const struct record *r)
{
    const char *title = r->title ? r->title : "";
    char *clean = text_nfc(title, strlen(title));
    for (char *p = clean; *p; p++) {
        if ((unsigned char)*p < ' ')
            *p = ' ';
    }
    return clean;
}

static void write_intent(struct pdf_out *o, int number)
{
    struct strbuf profile;
    int icc = pdf_out_reserve(o);
    strbuf_init(&profile);
    srgb_profile_make(&profile);
    pdf_out_flate(o, icc, "/N 3", profile.s, profile.len);
    strbuf_clear(&profile);
    pdf_out_object(o, number,
                   "<< /Type /OutputIntent /S /GTS_PDFA1 "
                   "/OutputConditionIdentifier (sRGB IEC61966-2.1) "
                   "/Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>",
                   icc);
}

void pdf_archival_write(struct pdf_out *o, const struct record *r, bool claim,
                        struct pdf_archival *out)
{
    AUTO(free_char) char *title = clean_title(r);
    struct strbuf text;
    strbuf_init(&text);
    add_text_string(&text, title);
    out->info = pdf_out_reserve(o);
    out->metadata = pdf_out_reserve(o);
    out->intent = pdf_out_reserve(o);
    pdf_out_object(o, out->info, "<< /Title %s /Producer (%s) >>", text.s,
                   PRODUCER);
    strbuf_clear(&text);
    write_xmp(o, out->metadata, title, claim);
    write_intent(o, out->intent);
}

static enum status add_line(void *user, const char *line, size_t n)
{
    digest_add(user, line, n);
    return STATUS_OK;
}

void pdf_archival_id(const struct record *r, char id[33])
{
    char hex[DIGEST_HEX_BYTES];
    struct digest *d = digest_new();
    digest_add(d, PRODUCER, sizeof(PRODUCER));
    if (record_lines(r, add_line, d) != STATUS_OK)
        abort(); /* nothing in it fails */
    digest_end(d, hex);
    digest_free(d);
    memcpy(id, hex, 32);
    id[32] = '\0';
}
