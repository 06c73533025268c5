/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/rewrite.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/next_step.h"
#include "cli/style.h"
#include "report/human.h"
#include "report/report.h"
#include "oci/name.h"
#include "oci/full_name.h"

const char *const rewrite_compressions[] = {
	"keep", "none", "gzip", "gzip:9", "zstd", "zstd:12", "best", NULL,
};

/* Without their levels. */
static const char *const compressions[] = { "keep", "none", "gzip",
					    "zstd", "best", NULL };

/* In the order of enum rewrite_order. */
const char *const rewrite_orders[] = { "auto", "path", "kind", NULL };

int cli_rewrite_parse_compression(const char *value, void *target,
				  struct err *err)
{
	struct compression *c = target;
	if (strcmp(value, "keep") == 0) {
		*c = (struct compression){ 0 };
		return 0;
	}
	char name[32] = "";
	int known;
	memcpy(name, value, MIN(strcspn(value, ":"), sizeof name - 1));
	if (cli_option_choose("--compression takes", compressions, name, &known,
			      err) < 0)
		return -1;
	if (strcmp(value, "best") == 0)
		value = "zstd:best";
	if (codec_spec_parse(str_of(value), &c->spec, err) < 0)
		return err_ctx(err, "--compression");
	c->named = true;
	c->best = strstr(value, ":best") != NULL;
	return 0;
}

void cli_rewrite_done(struct rewrite *w)
{
	cli_drop_option_done(&w->drop);
	work_optimized_done(&w->out);
	cli_base_option_done(&w->base);
	dest_close(&w->dest);
	source_close(&w->source);
	cli_session_close(&w->session);
}

int cli_rewrite_keep_read(const struct rewrite *w, const struct source *read,
			  struct err *err)
{
	if (!w->dest || w->inv->common.force)
		return 0;
	return dest_refuse_source(w->dest, read, w->job.tag, err);
}

/* Held to the grammar of names before any work, in a dry run, too. */
static int check_tag(const struct rewrite *w, struct err *err)
{
	struct str tag = w->job.tag, own = w->to.tag;
	struct oci_name name;
	if (!tag.n)
		return 0;
	if (oci_parse_name(tag, &name, err) < 0)
		return err_ctx(err, "--tag");
	if (own.n && !oci_name_same(own, tag))
		return err_set(err, ERR_USAGE,
			       "--tag %s, but the destination says %s: name "
			       "the result once",
			       str_quoted(tag).text, str_quoted(own).text);
	return 0;
}

int cli_rewrite_open(const struct invocation *inv, struct rewrite *w,
		     struct err *err)
{
	const struct rewrite_cli *cli = inv->options;
	struct session *s = &w->session;
	w->inv = inv;
	if (cli_session_open(inv, s, err) < 0)
		return -1;
	w->job = (struct work_optimize){
		.tag = cli->tag ? str_of(cli->tag) : (struct str){ 0 },
		.how = {
			.load = s->work.load,
			.has_spec = cli->compression.named,
			.spec = cli->compression.spec,
		},
		.events = s->work.opt.events,
	};
	if (cli->long_log)
		w->job.how.spec.long_window_log = (unsigned)cli->long_log;
	if (cli->order == REWRITE_ORDER_KIND ||
	    (cli->order == REWRITE_ORDER_AUTO && cli->compression.best))
		w->job.how.order = ORDER_KIND;
	if (work_open_source(&s->work, inv->args[0], &w->source, err) < 0 ||
	    cli_base_option_open(s, cli->base, &w->base, err) < 0)
		return -1;
	w->job.source = w->source;
	w->job.base = w->base.policy;
	if (inv->common.output &&
	    oci_parse_ref(str_of(inv->common.output), &s->work.arena, &w->to,
			  err) < 0)
		return -1;
	if (check_tag(w, err) < 0)
		return -1;
	if (!inv->common.output)
		return 0;
	if (work_open_dest(&s->work, &w->to, &w->dest, err) < 0)
		return -1;
	w->job.dest = w->dest;
	if (cli_rewrite_keep_read(w, w->source, err) < 0)
		return -1;
	return w->base.source ? cli_rewrite_keep_read(w, w->base.source, err)
			      : 0;
}

/* --removed, too, leaves the source and the result alone. */
static int check_removed(const struct rewrite *w, struct err *err)
{
	const struct place *at = &w->drop.out.at;
	if (!w->drop.file)
		return 0;
	if ((!w->inv->common.force &&
	     source_refuse_place(w->source, at, err) < 0) ||
	    (w->dest && dest_refuse_place(w->dest, at, err) < 0))
		return err_ctx(err, "--removed %s", w->drop.file);
	return 0;
}

/* What the source has and the result has not. */
static int warn_lost(struct session *s, const struct optimize_result *r,
		     struct err *err)
{
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	size_t n = r->n_attestations_dropped;
	if (n)
		cli_session_warn(
			s,
			"%zu attestation%s spoke of other bytes and %s "
			"dropped: recreate %s for the result, for "
			"example with `cosign attest` or `docker buildx "
			"imagetools create`",
			n, n == 1 ? "" : "s", n == 1 ? "was" : "were",
			n == 1 ? "it" : "them");
	if (r->lost.n)
		cli_session_warn(s,
				 "left out, for it holds no longer or has no "
				 "place in the result: %.*s",
				 STR_ARG(buf_str(&r->lost)));
	if (!r->docker_image)
		return 0;
	if (oci_platform_text(&r->docker_image->platform, &platform, err) < 0)
		return -1;
	cli_session_warn(s,
			 "manifest.json of the result, which docker before 25 "
			 "reads, names %.*s alone",
			 STR_ARG(buf_str(&platform)));
	return 0;
}

/* What to do next is told to people. */
static int put_next_step(struct rewrite *w, struct buf *out, struct err *err)
{
	const struct optimize_result *r = &w->out.result;
	if (!w->inv->common.format->people)
		return 0;
	if (!r->written)
		return cli_next_step_dry(w->inv, out, err);
	return cli_next_step_written(r, &w->to, dest_kind(w->dest), w->job.tag,
				     out, err);
}

static int report(struct rewrite *w, struct err *err)
{
	struct session *s = &w->session;
	const struct common *c = &w->inv->common;
	const struct optimize_result *r = &w->out.result;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct report_rewrite job = {
		.result = r,
		.command = w->inv->command->name,
		.source = str_of(w->inv->args[0]),
		.destination =
			c->output ? str_of(c->output) : (struct str){ 0 },
		.drops = w->out.dropped,
	};
	bool to_stdout = w->dest && dest_is_stdout(w->dest);
	struct text_style style =
		cli_style_for(c, to_stdout ? STDERR_FILENO : STDOUT_FILENO);
	if (warn_lost(s, r, err) < 0)
		return -1;
	if (c->format->rewrite(&job, &style, &out, err) < 0 ||
	    put_next_step(w, &out, err) < 0)
		return -1;
	if (to_stdout) {
		cli_progress_line_close(&s->line);
		if (!c->quiet)
			fwrite(out.p, 1, out.n, stderr);
		return 0;
	}
	/* Where nothing was written, the text is all that was asked for. */
	if (c->quiet && c->format->people && w->dest)
		return 0;
	return cli_session_print(s, &out, err);
}

int cli_rewrite_run(struct rewrite *w, struct err *err)
{
	if (check_removed(w, err) < 0)
		return -1;
	if (work_optimize_run(&w->job, &w->out, err) < 0)
		return -1;
	if (cli_drop_option_save(&w->drop, &w->out, err) < 0)
		return -1;
	return report(w, err);
}
