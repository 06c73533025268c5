/* SPDX-License-Identifier: Apache-2.0 */
/* ALGORITHM:HEX (OCI image specification, "Digests"): three algorithms are
 * implemented, each with its length, in lower case. */
#include "base/chars.h"
#include "lint/builder/builder.h"

const char *lint_checksum_fault(struct str digest)
{
	static const struct {
		const char *name;
		size_t n;
		const char *length;
	} known[] = {
		{ "sha256", 64, "a sha256 has 64 hexadecimal digits" },
		{ "sha384", 96, "a sha384 has 96 hexadecimal digits" },
		{ "sha512", 128, "a sha512 has 128 hexadecimal digits" },
	};
	struct str name, hex;
	if (!str_cut(digest, ':', &name, &hex) || name.n == 0 || hex.n == 0)
		return "a checksum is written ALGORITHM:HEX, say sha256:...";
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (!str_eqz(name, known[i].name))
			continue;
		if (hex.n != known[i].n)
			return known[i].length;
		for (size_t k = 0; k < hex.n; k++)
			if (!is_digit(hex.p[k]) &&
			    !(hex.p[k] >= 'a' && hex.p[k] <= 'f'))
				return "a checksum has the digits 0 to 9 and a "
				       "to f, in lower case";
		return NULL;
	}
	return "the algorithms are sha256, sha384 and sha512";
}
