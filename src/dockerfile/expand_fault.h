/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/expand_fault.h - what is wrong in a text that is to be expanded. */
#pragma once
#include "base/span.h"

/* Why a text cannot be expanded, and which of its bytes: a quote or a $ up to
 * where reading stopped. */
struct expand_fault {
	enum expand_why {
		EXPAND_READABLE,
		EXPAND_NO_BRACE,    /* ${b */
		EXPAND_NO_NAME,	    /* ${}, ${:-x} */
		EXPAND_NO_MODIFIER, /* ${b!c}, ${1b} */
		EXPAND_NO_SLASH,    /* ${b/x} */
		EXPAND_NO_SINGLE,   /* 'b */
		EXPAND_NO_DOUBLE,   /* "b */
		EXPAND_UNSET,	    /* ${b:?x} */
		EXPAND_PATTERN,	    /* a pattern that is none */
	} why;
	struct span at;
	struct str name; /* of the variable; empty: of none */
};
