/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/base_option.h"
#include "cli/session.h"
#include "report/report.h"

struct optimize_cli {
	const char *base, *tag;
	struct compression {
		bool named; /* else keep */
		struct codec_spec spec;
	} compression;
	bool recompress;
	int64_t long_log;
	struct min_gain {
		uint64_t bytes;
		unsigned pct;
	} min_gain;
};

static const struct optimize_cli defaults = {
	.min_gain = { .bytes = 1000000, .pct = 2 },
};

static int parse_compression(const char *value, void *target, struct err *err)
{
	struct compression *c = target;
	if (strcmp(value, "keep") == 0) {
		*c = (struct compression){ 0 };
		return 0;
	}
	if (codec_spec_parse(str_of(value), &c->spec, err) < 0)
		return -1;
	c->named = true;
	return 0;
}

/* "N" bytes (K, M, G), "P%", or both: "P%,N". */
static int parse_min_gain(const char *value, void *target, struct err *err)
{
	struct min_gain g = { 0 };
	struct str rest = str_of(value), part;
	while (rest.n) {
		uint64_t v, unit = 1;
		if (!str_cut(rest, ',', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		struct str digits = part;
		char last = digits.n ? digits.p[digits.n - 1] : 0;
		if (last == '%' || last == 'K' || last == 'M' || last == 'G')
			digits.n--;
		unit = last == 'K'   ? 1000
		       : last == 'M' ? 1000000
		       : last == 'G' ? 1000000000
				     : 1;
		if (!str_to_u64(digits, &v) || v > UINT64_MAX / unit ||
		    (last == '%' && v > 100))
			return err_set(err, ERR_USAGE,
				       "takes bytes (1000000, 1M) or a part of "
				       "the layer (2%%), not \"%s\"",
				       str_quoted(str_of(value)).text);
		if (last == '%')
			g.pct = (unsigned)v;
		else
			g.bytes = v * unit;
	}
	*(struct min_gain *)target = g;
	return 0;
}

static const char *const compressions[] = { "keep", "none",    "gzip", "gzip:9",
					    "zstd", "zstd:12", NULL };

static const struct option options[] = {
	{ .name = "base",
	  .arg = "REF|N|none|auto",
	  .type = OPT_STRING,
	  .kind = VALUE_IMAGE,
	  .at = offsetof(struct optimize_cli, base),
	  .help = "which lowest layers pass bit for bit, so that they stay "
		  "shared: those of an image, a number, none, or told from the "
		  "history",
	  .initial = "auto",
	  .since = "0.1" },
	{ .name = "compression",
	  .arg = "keep|none|gzip[:L]|zstd[:L]",
	  .type = OPT_PARSED,
	  .parse = parse_compression,
	  .choices = compressions,
	  .at = offsetof(struct optimize_cli, compression),
	  .help = "how rewritten layers are compressed, and layers that are "
		  "not yet; zstd needs docker 23, containerd 1.5 or podman",
	  .initial = "keep",
	  .since = "0.1" },
	{ .name = "recompress",
	  .type = OPT_FLAG,
	  .at = offsetof(struct optimize_cli, recompress),
	  .help = "compress kept layers anew, too; their DiffIDs stay, their "
		  "digests change",
	  .since = "0.1" },
	{ .name = "long",
	  .arg = "N",
	  .type = OPT_INT,
	  .min = 10,
	  .max = 31,
	  .at = offsetof(struct optimize_cli, long_log),
	  .help = "let zstd look 2^N bytes back; past 27 engines need to be "
		  "told",
	  .since = "0.1" },
	{ .name = "min-gain",
	  .arg = "BYTES|P%",
	  .type = OPT_PARSED,
	  .parse = parse_min_gain,
	  .at = offsetof(struct optimize_cli, min_gain),
	  .help = "rewrite a layer only when it loses that much; with both, "
		  "the larger counts",
	  .initial = "2%,1M",
	  .since = "0.1" },
	{ .name = "tag",
	  .arg = "NAME",
	  .type = OPT_STRING,
	  .at = offsetof(struct optimize_cli, tag),
	  .help = "name of the result; the source's is never taken by itself",
	  .since = "0.1" },
};

static int find_base(void *self, const struct image *img,
		     struct base_guess *out, struct err *err)
{
	return base_option_find(self, img, out, err);
}

static int report(struct session *s, const struct optimize_result *r,
		  struct err *err)
{
	const struct common *c = &s->inv->common;
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	struct str source = str_of(s->inv->args[0]);
	struct str dst = c->output ? str_of(c->output) : (struct str){ 0 };
	bool to_stdout = c->output && strcmp(c->output, "-") == 0;
	struct text_style style = {
		.color = option_color(c, to_stdout ? STDERR_FILENO
						   : STDOUT_FILENO),
		.verbose = c->verbose,
	};
	if (r->n_attestations_dropped)
		session_warn(s,
			     "%zu attestations spoke of other bytes and were "
			     "dropped: make them anew for the result, for "
			     "example with `cosign attest` or `docker buildx "
			     "imagetools create`",
			     r->n_attestations_dropped);
	int done = c->format == FORMAT_JSON
			   ? report_optimize_json(r, source, dst, &out, err)
			   : report_optimize_text(r, source, dst, &style, &out,
						  err);
	if (done < 0)
		return -1;
	if (to_stdout) {
		if (!c->quiet)
			fwrite(out.p, 1, out.n, stderr);
		return 0;
	}
	if (c->quiet && c->format == FORMAT_TEXT)
		return 0;
	return session_print(s, &out, err);
}

static int run(const struct invocation *inv, struct err *err)
{
	const struct optimize_cli *cli = inv->options;
	scoped(session_close) struct session s = { 0 };
	scoped(source_close) struct source *src = NULL;
	scoped(dest_close) struct dest *dst = NULL;
	scoped(base_option_done) struct base_option base = { 0 };
	scoped(optimize_result_done) struct optimize_result result = { 0 };
	struct ref ref;
	if (session_open(inv, &s, err) < 0)
		return -1;
	struct optimize_options opt = {
		.load = s.load,
		.find_base = find_base,
		.find_base_self = &base,
		.min_gain_bytes = cli->min_gain.bytes,
		.min_gain_pct = cli->min_gain.pct,
		.keep_codec = !cli->compression.named,
		.spec = cli->compression.spec,
		.recompress = cli->recompress,
		.tag = cli->tag ? str_of(cli->tag) : (struct str){ 0 },
	};
	opt.spec.long_window_log = (unsigned)cli->long_log;
	if (session_source(&s, inv->args[0], &src, err) < 0 ||
	    base_option_open(&s, cli->base, &base, err) < 0)
		return -1;
	if (inv->common.output &&
	    (oci_parse_ref(str_of(inv->common.output), &s.arena, &ref, err) <
		     0 ||
	     dest_open(&ref, s.load.limits, &dst, err) < 0))
		return -1;
	if (optimize_run(src, dst, &opt, &result, err) < 0)
		return -1;
	return report(&s, &result, err);
}

const struct command command_optimize = {
	.name = "optimize",
	.summary = "write a smaller image with the same files, and prove it",
	.description =
		"Drops every byte of IMAGE that no container can see: copies "
		"that later layers overwrite, remove, hide or replace. What "
		"stays is written as layers that old and new engines unpack "
		"to the same tree. The result is read back, and it appears at "
		"the destination only when its tree digest and its config are "
		"those of IMAGE.\n\n"
		"The base image's layers pass bit for bit, so that they stay "
		"shared with other images. Without -o nothing is written: all "
		"is computed, and the figures are exact.\n\n"
		"A bare -o PATH is an OCI layout when it is a directory or "
		"ends in a slash, else one file that `docker load` of any age, "
		"podman and skopeo read; \"-\" is standard output.",
	.since = "0.1",
	.operands = { { "IMAGE", VALUE_IMAGE, .required = true } },
	.examples = { { "pare optimize app.tar -o small.tar",
			"the base is kept, the rest loses its dead bytes" },
		      { "pare optimize app.tar", "what that would win" },
		      { "pare optimize --base none --recompress "
			"--compression zstd:12 oci:build -o oci:small:app",
			"as small as it gets without touching a file" } },
	.options = options,
	.n_options = ARRAY_LEN(options),
	.defaults = &defaults,
	.options_size = sizeof(struct optimize_cli),
	.common = COMMON_READ | COMMON_OUTPUT,
	.run = run,
};
