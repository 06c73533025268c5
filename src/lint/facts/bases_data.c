/* SPDX-License-Identifier: Apache-2.0 */
/* Zone files and locales of base images.
 *
 * That something lacks can be said of a distribution's own image alone, and of
 * its versions: ubuntu had tzdata up to 14.04. Images built on it bring more
 * than one knows (nginx:1.27-alpine has tzdata), so of those only what they are
 * known to have is told, as their public Dockerfiles install it. */
#include "lint/facts/bases.h"
#include "lint/facts/words.h"

/* Images that install zone files, whatever they stand on. */
static const char bring_zones[] =
	"nginx nginxinc/nginx-unprivileged postgres mariadb redis python ruby "
	"rabbitmq eclipse-temurin swift";

/* Images that generate en_US.UTF-8. */
static const char bring_english[] =
	"postgres eclipse-temurin maven gradle tomcat";

static bool is_old_ubuntu(struct str tag)
{
	return lint_word_starts(tag, "10. 12. 13. 14. lucid precise quantal "
				     "raring saucy trusty utopic");
}

static bool family_is(struct str reference, const char *list)
{
	const char *family = lint_base_family(reference);
	return family && lint_word_in(str_of(family), list);
}

int lint_base_zones(struct str reference)
{
	struct lint_image i = lint_image_of(reference);
	if (lint_word_in(i.repo, bring_zones) ||
	    family_is(reference, "debian centos arch amazon"))
		return 1;
	if (family_is(reference, "rhel"))
		return lint_word_contains(i.repo, "minimal") ||
				       lint_word_contains(i.tag, "minimal")
			       ? -1
			       : 1;
	if (str_eqz(i.repo, "ubuntu") && is_old_ubuntu(i.tag))
		return 1;
	return lint_word_in(i.repo, "alpine ubuntu busybox") ? 0 : -1;
}

/* musl takes every name for UTF-8. centos:7 was made with the English locale
 * alone. */
int lint_base_locales(struct str reference, struct str locale)
{
	struct lint_image i = lint_image_of(reference);
	bool english = str_starts(locale, STR("en_US"));
	if (family_is(reference, "alpine") ||
	    (english && (lint_word_in(i.repo, bring_english) ||
			 family_is(reference, "centos"))))
		return 1;
	return lint_word_in(i.repo, "debian ubuntu") ? 0 : -1;
}
