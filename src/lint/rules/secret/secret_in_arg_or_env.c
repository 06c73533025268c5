/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/words.h"

/* hadolint's list. */
static bool is_listed(struct str key)
{
	return lint_word_in_nocase(
		key,
		"ACCESS_TOKEN APPLICATION_KEY APP_SECRET AUTH_TOKEN "
		"AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY BITTREX_API_KEY "
		"BITTREX_API_SECRET CF_PASSWORD CF_USERNAME CIRCLE_TOKEN "
		"CI_DEPLOY_PASSWORD CI_DEPLOY_USER DOCKERHUB_PASSWORD "
		"DOCKER_EMAIL DOCKER_PASSWORD DOCKER_USERNAME "
		"FACEBOOK_ACCESS_TOKEN FACEBOOK_APP_ID FACEBOOK_APP_SECRET "
		"FIREBASE_API_TOKEN FIREBASE_TOKEN FOSSA_API_KEY "
		"GH_ENTERPRISE_TOKEN GH_TOKEN GITHUB_ENTERPRISE_TOKEN "
		"GITHUB_TOKEN HEROKU_API_KEY HEROKU_API_USER NPM_AUTH_TOKEN "
		"NPM_TOKEN OKTA_AUTHN_GROUPID OKTA_CLIENT_ORGURL "
		"OKTA_CLIENT_TOKEN OKTA_OAUTH2_CLIENTID "
		"OKTA_OAUTH2_CLIENTSECRET OPENAI_API_KEY OS_PASSWORD "
		"OS_USERNAME POSTGRES_PASSWORD SLACK_TOKEN STRIPE_API_KEY "
		"STRIPE_DEVICE_NAME TRAVIS_OS_NAME TRAVIS_SECURE_ENV_VARS "
		"TRAVIS_SUDO VAULT_CLIENT_KEY VAULT_TOKEN");
}

static bool is_suspicious(struct str key)
{
	static const char *const parts[] = { "api_key",	 "client_key",
					     "password", "private",
					     "secret",	 "token",
					     "username" };
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (lint_word_contains_nocase(key, parts[i]))
			return true;
	return false;
}

/* A word between underscores is one of the list's. */
static bool has_word(struct str key, const char *list)
{
	struct str word, rest = key;
	for (bool more = true; more;) {
		more = str_cut(rest, '_', &word, &rest);
		if (lint_word_in_nocase(more ? word : rest, list))
			return true;
	}
	return false;
}

/* BuildKit's way. */
static bool is_secret(struct str key)
{
	return has_word(key, "apikey auth credential credentials key password "
			     "pword passwd secret token") &&
	       !has_word(key, "public file version");
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	bool global =
		dockerfile_graph_stage_of(f->graph, in->index) == DF_NO_STAGE;
	for (size_t i = 0; i < in->n_pairs; i++) {
		struct str key = lint_word_unquoted(in->pairs[i].key.text);
		bool ours = is_listed(key) || is_suspicious(key);
		/* BuildKit looks at stages, not at triggers. */
		bool theirs = !global && !in->in_onbuild && is_secret(key);
		if (!ours && !theirs)
			continue;
		struct finding found =
			lint_finding_at(out, in->pairs[i].key.at);
		if (ours != theirs)
			lint_finding_named(&found,
					   ours ? "DL3064"
						: "SecretsUsedInArgOrEnv");
		if (lint_report(out, &found, err,
				"%s %s may be a secret: its value stays in the "
				"image's history",
				dockerfile_kind_name(in->kind),
				str_quoted(key).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_secret_in_arg_or_env = {
	.id = "DL3064",
	.alias = "SecretsUsedInArgOrEnv",
	.severity = SEV_WARN,
	.on = DF_ARG | DF_ENV,
	.on_onbuild = true,
	.summary = "secret in ARG or ENV",
	.check_instr = check,
};
