/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define KEY "PRIVATE KEY" /* a public one has other words */
#define SETS CATALOG_SETS_SECRET

/* Names come in front of patterns: the first that fits a file counts. */
static const struct catalog_secret_file secret_files[] = {
	{ "id_rsa", KEY, "a private key", true },
	{ "id_dsa", KEY, "a private key", true },
	{ "id_ecdsa", KEY, "a private key", true },
	{ "id_ed25519", KEY, "a private key", true },
	{ "server.key", KEY, "a private key", false },
	{ "private.key", KEY, "a private key", false },
	{ "tls.key", KEY, "a private key", false },
	{ "privkey.pem", KEY, "a private key", false },
	{ "key.pem", KEY, "a private key", false },
	{ ".netrc", NULL, "passwords", false },
	{ ".git-credentials", NULL, "passwords", false },
	{ ".pypirc", NULL, "a token of the index", false },
	{ ".npmrc", "_auth", "a token of the registry", false },
	{ ".env", SETS, "secrets of a deployment", false },
	{ ".git", NULL, "the whole history, with all that was ever removed",
	  false },
	{ ".aws", NULL, "credentials", false },
	{ ".ssh", NULL, "private keys", false },
	{ ".gnupg", NULL, "private keys", false },
	{ ".kube", NULL, "credentials", false },
	{ "service-account.json", "private_key", "a private key", false },
	{ "credentials.json", "private_key", "a private key", false },
	/* A certificate has such a name, too. */
	{ "*.key", KEY, "a private key", false },
	{ "*.pem", KEY, "a private key", false },
	{ "*.ppk", "PuTTY-User-Key-File", "a private key", false },
	{ ".env.*", SETS, "secrets of a deployment", false },
	{ NULL, NULL, NULL, false },
};

/* By names alone: examples of secrets (.env.example) are none, see
 * context/waste/reason.c. */
const struct catalog_tool catalog_secrets = {
	.name = "secrets",
	.traces = TRACES(
		TRACE_FILE(".env", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE(".env.*", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.env", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".envrc", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("id_rsa", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("id_dsa", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("id_ecdsa", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("id_ed25519", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".ssh", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".aws", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".azure", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".gcloud", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".kube", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".gnupg", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_DIR(".docker", REASON_SECRETS, SAFE_NEVER,
			  .inside = "config.json"),
		TRACE_FILE(".git-credentials", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE(".netrc", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".npmrc", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".yarnrc", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".pypirc", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE(".htpasswd", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".pgpass", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE(".my.cnf", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE(".vault-token", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("credentials.json", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("service-account*", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("client_secret*", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("secrets.yml", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("secrets.yaml", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("secrets.json", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.tfstate", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("*.tfvars", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.pem", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.key", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.p12", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.pfx", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.jks", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.keystore", REASON_SECRETS, SAFE_NEVER),
		TRACE_FILE("*.kdbx", REASON_SECRETS, SAFE_ALWAYS),
		TRACE_FILE("*.ppk", REASON_SECRETS, SAFE_ALWAYS)),
	.secret_files = secret_files,
};
