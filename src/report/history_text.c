/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "report/history.h"
#include "report/human.h"

enum { INSTRUCTION_MAX = 45 };

struct page {
	const struct history_style *style;
	struct buf *out;
};

static int created_width(const struct page *p)
{
	return p->style->human ? 16 : 30; /* to the nanosecond */
}

/* "2024-05-01 10:00" of an RFC 3339 time; else the time as it stands. */
static int put_created(const struct page *p, struct str t, struct err *err)
{
	scoped(buf_done) struct buf quoted = BUF_INIT(1 << 20);
	int64_t ns;
	if (p->style->human && oci_time_ns(t, &ns))
		return buf_addf(p->out, err, "%.10s %-5.5s", t.p, t.p + 11);
	if (buf_quoted(&quoted, t.n ? t : STR("-"), err) < 0)
		return -1;
	return buf_addf(p->out, err, "%-*.*s", created_width(p),
			STR_ARG(buf_str(&quoted)));
}

static struct human amount(const struct page *p, bool known, uint64_t n)
{
	struct human h = { "-" };
	if (known && p->style->human)
		return human_bytes(n);
	if (known)
		snprintf(h.text, sizeof h.text, "%" PRIu64, n);
	return h;
}

/* The instruction, cut and padded unless all of it is wanted. */
static int put_instruction(const struct page *p, struct str created_by,
			   struct err *err)
{
	scoped(buf_done) struct buf line = BUF_INIT(8 << 20);
	if (created_by.n == 0)
		created_by = STR("-");
	if (p->style->no_trunc) {
		if (buf_quoted(&line, created_by, err) < 0)
			return -1;
	} else if (human_instruction(&line, created_by, INSTRUCTION_MAX, err) <
		   0) {
		return -1;
	}
	return buf_addf(p->out, err, "%-*.*s", INSTRUCTION_MAX, (int)line.n,
			line.p);
}

static int put_row(const struct page *p, const struct history_row *r,
		   struct err *err)
{
	static const struct oci_history none;
	const struct oci_history *h = r->entry ? r->entry : &none;
	char layer[16] = "";
	if (r->has_layer)
		snprintf(layer, sizeof layer, "%u", r->layer + 1);
	if (buf_addf(p->out, err, "%5s  ", layer) < 0 ||
	    put_created(p, h->created, err) < 0 ||
	    buf_byte(p->out, ' ', err) < 0 ||
	    put_instruction(p, h->created_by, err) < 0 ||
	    buf_addf(
		    p->out, err, " %10s %10s %10s",
		    amount(p, r->known, r->stored).text,
		    amount(p, r->known, r->dead).text,
		    amount(p, r->known && p->style->wire, r->compressed).text) <
		    0)
		return -1;
	if (h->comment.n && (buf_str_add(p->out, STR("  "), err) < 0 ||
			     buf_quoted(p->out, h->comment, err) < 0))
		return -1;
	return buf_byte(p->out, '\n', err);
}

int report_history_text(const struct loaded_image *li,
			const struct history_style *style, struct buf *out,
			struct err *err)
{
	scoped(history_rows_done) struct history_rows h = { 0 };
	struct history_style s = *style;
	struct page p = { &s, out };
	if (history_rows(li, &h, err) < 0)
		return -1;
	for (uint32_t i = 0; i < li->n_layers; i++)
		s.wire |= li->tree->layers[i].compressed;
	if (buf_addf(out, err, "%s%5s  %-*s %-*s %10s %10s %10s  %s%s\n",
		     s.color ? "\033[1m" : "", "LAYER", created_width(&p),
		     "CREATED", INSTRUCTION_MAX, "CREATED BY", "STORED", "DEAD",
		     "COMPRESSED", "COMMENT", s.color ? "\033[0m" : "") < 0)
		return -1;
	for (size_t i = 0; i < h.n; i++)
		if (put_row(&p, &h.v[i], err) < 0)
			return -1;
	if (h.in_step || li->image->config.n_history == 0)
		return 0;
	return buf_addf(out, err,
			"The history is out of step: it does not tell which of "
			"its entries made which of the %zu layers.\n",
			li->n_layers);
}
