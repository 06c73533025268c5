/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/copy/broad_copy.h"

#include "dockerfile/access.h"
#include "lint/rules/copy/context_source.h"

bool copies_context(const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = df_copy_sources(in, &n);
	if (df_flag(in, "from"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_eqz(w[i].text, ".") || str_eqz(w[i].text, "./") ||
		    str_eqz(w[i].text, "/"))
			return true;
	return false;
}

/* A directory, and the file beside it that tells it is made by a tool. */
static const struct {
	const char *name, *beside;
} waste[] = {
	{ ".git", NULL },
	{ ".hg", NULL },
	{ ".svn", NULL },
	{ "node_modules", NULL },
	{ "bower_components", NULL },
	{ ".venv", NULL },
	{ "venv", "venv/pyvenv.cfg" },
	{ "__pycache__", NULL },
	{ ".tox", NULL },
	{ ".mypy_cache", NULL },
	{ ".pytest_cache", NULL },
	{ ".ruff_cache", NULL },
	{ ".gradle", NULL },
	{ ".terraform", NULL },
	{ "target", "Cargo.toml" },
	{ "target", "pom.xml" },
	{ ".idea", NULL },
	{ ".vscode", NULL },
	{ ".DS_Store", NULL },
	{ "coverage", "package.json" },
};

static int add_name(struct waste *w, const char *name, uint64_t bytes,
		    struct err *err)
{
	return buf_addf(&w->names, err, "%s%s (%.1f MB)",
			w->names.n ? ", " : "", name, (double)bytes / 1e6);
}

int context_waste(const struct lint_file *f, struct waste *out, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(waste); i++) {
		struct sent sent;
		int r = sent_look(f, str_of(waste[i].name), &sent, err);
		if (r > 0 && waste[i].beside)
			r = sent_has(f, str_of(waste[i].beside), err);
		if (r < 0)
			return -1;
		if (r == 0 || sent.files == 0)
			continue;
		if (add_name(out, waste[i].name, sent.bytes, err) < 0)
			return -1;
		out->bytes += sent.bytes;
		out->n++;
	}
	return 0;
}
