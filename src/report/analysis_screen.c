/* SPDX-License-Identifier: Apache-2.0 */
/* The first screen: what is it, how much of it can go, which command does that,
 * and what the rest is. 24 lines of 80 columns, as long as the names of the
 * command have room:
 *
 *	app:1  linux/amd64
 *	1.1 GB stored, 521.7 MB compressed in 9 layers; 15,124 files
 *	38.4 % of it can go: ...
 *	WINS ...		a line each of three, and one of rules
 *	INSTRUCTIONS ...	five
 *	DIRECTORIES ...		three
 *	FILES ...		three
 *	3 warnings: ...		or all findings, where they have room */
#include <stdio.h>
#include <string.h>

#include "report/analysis_page.h"
#include "report/human.h"

enum { SCREEN_LINES = 24, SCREEN_INSTRUCTIONS = 5, SCREEN_PLACES = 3 };

/* A sentence, on more lines where one has no room. */
static int put_line(const struct page *p, const struct buf *text,
		    struct err *err)
{
	size_t width = p->style->verbose ? 0 : p->style->width;
	if (report_table_wrap(buf_str(text), width, 0, 2, p->out, err) < 0)
		return -1;
	return buf_byte(p->out, '\n', err);
}

static int put_sums(const struct page *p, struct err *err)
{
	const struct tree_totals *s = &p->a->totals;
	scoped(buf_done) struct buf text = BUF_INIT(1 << 10);
	char wire[64] = "";
	if (s->has_compressed)
		snprintf(wire, sizeof wire, ", %s compressed",
			 report_human_bytes(s->compressed).text);
	if (buf_addf(&text, err, "%s stored%s in %s; %s",
		     report_human_bytes(s->stored).text, wire,
		     report_human_things(tree_n_layers(p->t), "layer", "layers")
			     .text,
		     report_human_things(s->files, "file", "files").text) < 0)
		return -1;
	return put_line(p, &text, err);
}

static const struct win *win_of(const struct analysis *a, bool drops)
{
	for (uint32_t i = 0; i < a->n_wins; i++)
		if (!a->wins[i].base_none && (a->wins[i].drop != NULL) == drops)
			return &a->wins[i];
	return NULL;
}

/* Of what no command without --base none takes, nothing is said here. */
static int put_verdict(const struct page *p, struct err *err)
{
	const struct win *dead = win_of(p->a, false);
	const struct win *caches = win_of(p->a, true);
	const struct win *most = caches ? caches : dead;
	scoped(buf_done) struct buf text = BUF_INIT(1 << 10);
	if (!most &&
	    buf_str_add(&text,
			STR("Nothing to win: no dead bytes above the base, and "
			    "no caches."),
			err) < 0)
		return -1;
	if (most &&
	    buf_addf(&text, err, "%s of it can go: ",
		     report_human_part(most->bytes, p->a->totals.stored).text) <
		    0)
		return -1;
	if (dead && buf_addf(&text, err, "%s of dead bytes%s",
			     report_human_bytes(dead->bytes).text,
			     caches ? ", " : ".") < 0)
		return -1;
	if (caches && buf_addf(&text, err, "%s%s with the caches.",
			       report_human_bytes(caches->more).text,
			       dead ? " more" : "") < 0)
		return -1;
	return put_line(p, &text, err);
}

/* "# pip 120.0 MB, apt-lists 79.0 MB": a comment to the shell, so a line that
 * has it can be pasted as well. */
static int put_rules(const struct page *p, const struct win *w, struct err *err)
{
	if (w->n_parts == 0)
		return 0;
	if (buf_str_add(p->out, STR("           "), err) < 0 ||
	    (p->a->totals.has_compressed &&
	     buf_str_add(p->out, STR("               "), err) < 0) ||
	    buf_str_add(p->out, STR("  #"), err) < 0)
		return -1;
	for (size_t i = 0; i < w->n_parts; i++)
		if (buf_addf(p->out, err, "%s %s %s", i ? "," : "",
			     w->parts[i].rule,
			     report_human_bytes(w->parts[i].bytes).text) < 0)
			return -1;
	if (w->n_parts_all > w->n_parts)
		return buf_addf(p->out, err, ", %u more\n",
				(unsigned)(w->n_parts_all - w->n_parts));
	return buf_byte(p->out, '\n', err);
}

/* Bytes of the second line and of those below it are beyond the first. */
static int put_win(const struct page *p, uint32_t i, struct err *err)
{
	const struct win *w = &p->a->wins[i];
	char more[64], wire[64] = "";
	bool beyond = i && w->more < w->bytes;
	snprintf(more, sizeof more, "%s%s", beyond ? "+" : "",
		 report_human_bytes(w->more).text);
	if (w->has_compressed)
		snprintf(wire, sizeof wire, "about %s",
			 report_human_bytes(w->compressed_more).text);
	if (buf_addf(p->out, err, "%11s", more) < 0 ||
	    (w->has_compressed && buf_addf(p->out, err, "%15s", wire) < 0) ||
	    buf_addf(p->out, err, "  %.*s\n", STR_ARG(w->command)) < 0)
		return -1;
	return put_rules(p, w, err);
}

static int put_wins(const struct page *p, struct err *err)
{
	if (p->a->n_wins == 0)
		return 0;
	if (buf_addf(p->out, err, "%s       WINS%s  BY%s\n",
		     report_page_bold(p),
		     p->a->totals.has_compressed ? "     COMPRESSED" : "",
		     report_page_plain(p)) < 0)
		return -1;
	for (uint32_t i = 0; i < p->a->n_wins; i++)
		if (put_win(p, i, err) < 0)
			return -1;
	return 0;
}

/* Of a base only the whole is of interest: its layers are one cause. */
struct cause {
	uint32_t layer; /* of the base the lowest */
	uint64_t stored, dead;
};

static void add_cause(struct cause *v, size_t *n, struct cause c)
{
	size_t k = *n;
	if (c.stored == 0)
		return;
	if (k == SCREEN_INSTRUCTIONS && c.stored <= v[k - 1].stored)
		return;
	k = MIN(k, (size_t)SCREEN_INSTRUCTIONS - 1);
	*n = k + 1;
	for (; k && c.stored > v[k - 1].stored; k--)
		v[k] = v[k - 1];
	v[k] = c;
}

static size_t find_causes(const struct page *p, struct cause *v)
{
	struct cause base = { 0 };
	size_t n = 0;
	for (uint32_t i = 0; i < tree_n_layers(p->t); i++) {
		const struct tree_layer *l = tree_layer(p->t, i);
		struct cause c = { i, l->stored, tree_layer_dead(l) };
		if (i < p->a->n_base) {
			base.stored += c.stored;
			base.dead += c.dead;
		} else
			add_cause(v, &n, c);
	}
	add_cause(v, &n, base);
	return n;
}

static int put_causes(const struct page *p, struct err *err)
{
	static const struct column columns[] = {
		{ "STORED", COLUMN_NUMBER, 11, 0 },
		{ "DEAD", COLUMN_NUMBER, 10, 1 },
		{ "INSTRUCTION", COLUMN_TEXT, 16, 2 },
	};
	struct cause v[SCREEN_INSTRUCTIONS];
	size_t n = find_causes(p, v);
	scoped(report_table_done) struct table t =
		report_page_table(p, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < n; i++) {
		bool base = v[i].layer < p->a->n_base;
		if (report_table_cellf(&t, err, "%s",
				       report_human_bytes(v[i].stored).text) <
			    0 ||
		    report_table_cellf(
			    &t, err, "%s",
			    v[i].dead ? report_human_bytes(v[i].dead).text
				      : "-") < 0 ||
		    (base ? buf_addf(&t.text, err, "(base image, %s)",
				     report_human_things(p->a->n_base, "layer",
							 "layers")
					     .text)
			  : report_page_instruction(p, v[i].layer, &t.text,
						    err)) < 0 ||
		    report_table_cell(&t, STR(""), err) < 0)
			return -1;
	}
	return n ? report_table_put(&t, p->out, err) : 0;
}

static int put_places(const struct page *p, const char *title,
		      const struct live_place *v, uint32_t n, struct err *err)
{
	const struct column columns[] = {
		{ "LIVE", COLUMN_NUMBER, 11, 0 },
		{ title, COLUMN_PATH, 16, 2 },
	};
	scoped(report_table_done) struct table t =
		report_page_table(p, columns, ARRAY_LEN(columns));
	n = MIN(n, (uint32_t)SCREEN_PLACES);
	for (uint32_t i = 0; i < n; i++)
		if (report_table_cellf(&t, err, "%s",
				       report_human_bytes(v[i].bytes).text) <
			    0 ||
		    report_page_path(p, v[i].node, &t.text, err) < 0 ||
		    report_table_cell(&t, STR(""), err) < 0)
			return -1;
	return n ? report_table_put(&t, p->out, err) : 0;
}

/* The rules that found something, each once, as the findings come. */
static int put_ids(const struct page *p, struct buf *text, struct err *err)
{
	enum { IDS_MAX = 16 };
	const char *seen[IDS_MAX];
	size_t n = 0;
	for (uint32_t i = 0; i < p->a->n_findings; i++) {
		const char *id = p->a->findings[i].id;
		size_t k = 0;
		while (k < n && strcmp(seen[k], id) != 0)
			k++;
		if (k < n || n == IDS_MAX)
			continue;
		seen[n++] = id;
		if (buf_addf(text, err, "%s%s", n == 1 ? ": " : ", ", id) < 0)
			return -1;
	}
	return 0;
}

static int put_count(const struct page *p, struct err *err)
{
	uint32_t by[SEV_STYLE + 1] = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(1 << 10);
	const char *sep = "";
	for (uint32_t i = 0; i < p->a->n_findings; i++)
		by[p->a->findings[i].severity]++;
	for (int s = SEV_ERROR; s <= SEV_STYLE; s++) {
		if (by[s] == 0)
			continue;
		if (buf_addf(&text, err, "%s%s %s%s", sep,
			     report_human_count(by[s]).text,
			     finding_severity_name[s],
			     s <= SEV_WARN && by[s] > 1 ? "s" : "") < 0)
			return -1;
		sep = ", ";
	}
	if ((p->a->n_findings
		     ? put_ids(p, &text, err)
		     : buf_str_add(&text, STR("no findings"), err)) < 0 ||
	    buf_str_add(&text, STR("; --show all tells everything"), err) < 0)
		return -1;
	return put_line(p, &text, err);
}

static size_t count_lines(const struct buf *b)
{
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		n += b->p[i] == '\n';
	return n;
}

/* Findings are told where there is room for all of them, else counted. start is
 * the length of what stands above the screen. */
static int put_findings(const struct page *p, size_t start, struct err *err)
{
	scoped(buf_done) struct buf whole = BUF_INIT((size_t)1 << 30);
	struct buf screen = *p->out;
	struct page rest = *p;
	screen.p += start;
	screen.n -= start;
	rest.out = &whole;
	if (p->a->n_findings && p->a->n_findings <= SCREEN_LINES &&
	    report_page_finding_list(&rest, err) < 0)
		return -1;
	if (whole.n &&
	    count_lines(&screen) + count_lines(&whole) < SCREEN_LINES)
		return buf_str_add(p->out, buf_str(&whole), err);
	return put_count(p, err);
}

int report_page_screen(const struct page *p, struct err *err)
{
	const struct live *l = &p->a->live;
	size_t start = p->out->n;
	if (put_sums(p, err) < 0 || put_verdict(p, err) < 0 ||
	    put_wins(p, err) < 0 || put_causes(p, err) < 0 ||
	    put_places(p, "DIRECTORY", l->dirs, l->n_dirs, err) < 0 ||
	    put_places(p, "FILE", l->v, l->n, err) < 0)
		return -1;
	return put_findings(p, start, err);
}
