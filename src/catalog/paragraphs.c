/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/paragraphs.h"

#include <string.h>

bool catalog_next_line(struct str *text, struct str *line)
{
	if (text->n == 0)
		return false;
	if (!str_cut(*text, '\n', line, text)) {
		*line = *text;
		text->n = 0;
	}
	return true;
}

static struct str trim(struct str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

struct paragraph {
	struct catalog_package package;
	bool installed;
};

static void read_line(struct paragraph *p, const struct catalog_keys *keys,
		      struct str line)
{
	struct str key, value;
	if (!str_cut(line, ':', &key, &value))
		return;
	value = trim(value);
	if (str_eqz(key, keys->name))
		p->package.name = value;
	else if (str_eqz(key, keys->version))
		p->package.version = value;
	else if (str_eqz(key, keys->architecture))
		p->package.architecture = value;
	else if (keys->status && str_eqz(key, keys->status))
		p->installed = str_ends(value, STR(" installed"));
}

/* The paragraph has ended. dpkg keeps those of removed packages whose
 * configuration files are left: "Status: deinstall ok config-files". */
static int end_paragraph(struct paragraph *p, catalog_package_fn *fn,
			 void *self, struct err *err)
{
	struct paragraph one = *p;
	*p = (struct paragraph){ .installed = true };
	if (!one.installed || one.package.name.n == 0)
		return 0;
	return fn(self, &one.package, err);
}

int catalog_read_paragraphs(struct str text, const struct catalog_keys *keys,
			    catalog_package_fn *fn, void *self, struct err *err)
{
	struct paragraph p = { .installed = true };
	struct str line;
	while (catalog_next_line(&text, &line)) {
		if (trim(line).n)
			read_line(&p, keys, line);
		else if (end_paragraph(&p, fn, self, err) < 0)
			return -1;
	}
	return end_paragraph(&p, fn, self, err);
}
