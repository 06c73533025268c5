/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/next_step.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/slurp.h"
#include "cli/shell_word.h"
#include "oci/doc.h"

int cli_next_step_dry(const struct invocation *inv, struct buf *out,
		      struct err *err)
{
	bool put = false;
	if (buf_addf(out, err, "No image was written: this is what `pare %s",
		     inv->command->name) < 0)
		return -1;
	for (size_t i = 0; i < inv->n_words; i++) {
		/* Behind "--" it would be an operand. */
		if (!put && strcmp(inv->words[i], "--") == 0) {
			put = true;
			if (buf_str_add(out, STR(" -o OUT"), err) < 0)
				return -1;
		}
		if (buf_byte(out, ' ', err) < 0 ||
		    cli_shell_word_add(out, str_of(inv->words[i]), err) < 0)
			return -1;
	}
	return buf_addf(out, err, "%s` gives.\n", put ? "" : " -o OUT");
}

/* Engines name an image by the digest of its config. */
static int put_tag(struct buf *out, const char *engine,
		   const struct image_result *r, struct err *err)
{
	return buf_addf(out, err, "  %s tag %s NAME\n", engine,
			digest_text(&r->config.digest).text);
}

static int put_load(struct buf *out, const char *engine, const struct ref *dest,
		    struct err *err)
{
	if (buf_addf(out, err, "  %s load -i ", engine) < 0 ||
	    cli_shell_word_add(out, dest->path, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

/* Layers that docker takes from version 23 on alone (oci/engines.c). */
static bool has_zstd(const struct optimize_result *r)
{
	for (size_t i = 0; i < r->n; i++)
		for (uint32_t k = 0; k < r->images[i].n_layers; k++)
			if (r->images[i].layers[k].fate != LAYER_VANISHED &&
			    r->images[i].layers[k].codec == CODEC_ZSTD)
				return true;
	return false;
}

/* Docker itself reads no layout: skopeo brings it there, with a name. What
 * docker's own format has no type for goes to podman. */
static int put_copy(struct buf *out, const struct ref *dest, const char *kind,
		    struct str tag, bool zstd, struct err *err)
{
	if (buf_addf(out, err, "  skopeo copy %s:", kind) < 0 ||
	    cli_shell_word_add(out, dest->path, err) < 0 ||
	    (tag.n && (buf_byte(out, ':', err) < 0 ||
		       cli_shell_word_add(out, tag, err) < 0)))
		return -1;
	return buf_addf(out, err, " %s:NAME:TAG\n",
			zstd ? "containers-storage" : "docker-daemon");
}

/* One file that an engine loads by itself. */
static bool is_archive(const char *kind)
{
	return strcmp(kind, "archive") == 0 ||
	       strcmp(kind, "oci-archive") == 0 ||
	       strcmp(kind, "docker-archive") == 0;
}

/* A result without a name joins what a layout holds; skopeo then refuses to
 * choose. What cannot be read is skopeo's to complain about. */
static bool has_others(const struct ref *dest)
{
	const struct limits *lim = &limits_default;
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf path = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf text = BUF_INIT(lim->manifest_max);
	struct err none = { 0 };
	struct oci_doc doc;
	return buf_addf(&path, &none, "%.*s/index.json", STR_ARG(dest->path)) ==
		       0 &&
	       buf_cstr(&path) &&
	       slurp_file(AT_FDCWD, path.p, O_NONBLOCK, &text, &none) == 0 &&
	       oci_parse_doc(buf_str(&text), lim, &a, &doc, &none) == 0 &&
	       doc.n_manifests > 1;
}

/* Bytes that went through a pipe are where the user sent them. */
static bool is_kept(const struct ref *dest)
{
	char path[4096];
	struct stat st;
	if (dest->path.n >= sizeof path || str_eqz(dest->path, "-") ||
	    str_eqz(dest->path, "/dev/stdout") ||
	    str_starts(dest->path, STR("/dev/fd/")) ||
	    str_starts(dest->path, STR("/proc/")))
		return false;
	memcpy(path, dest->path.p, dest->path.n);
	path[dest->path.n] = '\0';
	return stat(path, &st) == 0 &&
	       (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* The lines that bring what is kept into an engine. */
static int put_use(struct buf *out, const struct optimize_result *r,
		   const struct ref *dest, const char *kind, struct str tag,
		   struct err *err)
{
	bool layout = strcmp(kind, "oci") == 0, zstd = has_zstd(r);
	bool oci_archive = strcmp(kind, "oci-archive") == 0;
	bool docker = is_archive(kind) && !oci_archive;
	if (layout && !tag.n && has_others(dest))
		return buf_str_add(
			out,
			STR("other images are there, too, and skopeo finds "
			    "one by its name: write it with --tag NAME to "
			    "give it one.\n"),
			err);
	if (buf_addf(out, err, "To use it in an engine%s:\n",
		     docker && zstd ? " (docker 23 or newer; podman takes "
				      "the same words)"
		     : docker	    ? " (podman takes the same words)"
				    : "") < 0)
		return -1;
	if (!docker && put_copy(out, dest, kind, tag, zstd, err) < 0)
		return -1;
	if (!is_archive(kind))
		return 0;
	return put_load(out, oci_archive ? "podman" : "docker", dest, err);
}

int cli_next_step_written(const struct optimize_result *r,
			  const struct ref *dest, const char *kind,
			  struct str tag, struct buf *out, struct err *err)
{
	bool oci_archive = strcmp(kind, "oci-archive") == 0;
	bool kept = is_kept(dest);
	tag = tag.n ? tag : dest->tag;
	if (buf_str_add(out, STR("written to "), err) < 0 ||
	    buf_shown(out, dest->text, err) < 0 ||
	    buf_str_add(out, STR("\n"), err) < 0)
		return -1;
	if (kept && put_use(out, r, dest, kind, tag, err) < 0)
		return -1;
	if (!is_archive(kind) || tag.n)
		return 0;
	/* Which of them an engine loads is its own choice. */
	if (r->n != 1)
		return buf_str_add(out,
				   STR("It loads without a name: write it with "
				       "--tag NAME to give it one.\n"),
				   err);
	if (!kept &&
	    buf_str_add(out, STR("To name it, once it is loaded:\n"), err) < 0)
		return -1;
	return put_tag(out, oci_archive ? "podman" : "docker", &r->images[0],
		       err);
}
