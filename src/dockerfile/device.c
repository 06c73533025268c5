/* SPDX-License-Identifier: Apache-2.0 */
/* RUN --device=NAME[,required[=BOOL]] or --device=name=NAME,...: one CSV line.
 * The first field of no known key is the name, with the = that it may have:
 * vendor.com/gpu=0 is a device. */
#include "dockerfile/device.h"

#include "base/chars.h"
#include "dockerfile/csv.h"

static bool is_bool(struct str v)
{
	static const char *const words[] = {
		"1", "t", "T", "true",	"TRUE",	 "True",
		"0", "f", "F", "false", "FALSE", "False"
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqz(v, words[i]))
			return true;
	return false;
}

/* NULL: the field is right. */
static const char *field_fault(struct str field, bool *named)
{
	struct str key = field, value = STR("");
	bool has_value = str_cut(field, '=', &key, &value);
	if (str_eq_nocase(key, STR("required")))
		return has_value && !is_bool(value)
			       ? "required is true or false"
			       : NULL;
	bool first = !*named;
	*named = true;
	if (!has_value || !str_eq_nocase(key, STR("name")))
		return first ? NULL
			     : "behind the name of a device stands required, "
			       "or nothing";
	return first ? NULL : "a device has one name";
}

int dockerfile_device_check(const struct df_flag *flag, struct arena *a,
			    struct span *at, const char **why, struct err *err)
{
	struct str text = flag->text, field;
	bool named = false;
	char *room = arena_bytes(a, text.n + 1, err);
	if (!room)
		return -1;
	for (size_t pos = 0, from; pos <= text.n;) {
		*at = flag->value;
		*why = "a quote stands wrong";
		if (!dockerfile_csv_field(text, &pos, room, &field, &from))
			return 0;
		*why = field_fault(field, &named);
		*at = dockerfile_flag_span(flag, from, from + field.n);
		if (*why)
			return 0;
	}
	return 1;
}
