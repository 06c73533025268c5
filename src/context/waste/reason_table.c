/* SPDX-License-Identifier: Apache-2.0 */
#include "base/macros.h"
#include "context/waste/reason.h"

#define VC REASON_VERSION_CONTROL
#define DEP REASON_DEPENDENCIES
#define OUT REASON_BUILD_OUTPUT
#define TST REASON_TEST_DATA
#define ARC REASON_ARCHIVES
#define MED REASON_MEDIA
#define SEC REASON_SECRETS
#define LOG REASON_LOGS
#define DOC REASON_DOCKER

/* See words.h for the form. */
#define JS                                                       \
	"npm+ci+install+i+add+clean-install yarn+-+install+add " \
	"pnpm+install+i+add bun+install+i+add lerna+bootstrap "  \
	"rush+install+update"
#define JS_BUILD                                                \
	"npm+build yarn+build pnpm+build bun+build vite+build " \
	"webpack next+build nuxt+build+generate ng+build tsc "  \
	"turbo+build nx+build"
#define VENV                                                          \
	"venv virtualenv uv+sync+venv poetry+install pipenv+install+" \
	"sync pdm+install+sync"
#define PIP "pip+install pip3+install uv+pip conda+install+update"
#define PY_BUILD                                                        \
	"build poetry+build uv+build hatch+build pdm+build flit+build " \
	"setup.py+bdist_wheel+sdist"
#define JVM                                                               \
	"mvn+package+install+verify+deploy+compile mvnw+package+install+" \
	"verify+deploy+compile gradle gradlew sbt ant lein bazel"
#define DOTNET "dotnet+build+publish+run+pack+test msbuild"
#define PICTURE .bytes_min = 1 << 20

#define ROW(n, r, t, ...) { .name = n, .reason = r, .type = t, __VA_ARGS__ },
#define DIR(n, r, ...) ROW(n, r, 'd', __VA_ARGS__)
#define FILE_(n, r, ...) ROW(n, r, 'f', __VA_ARGS__)
#define MADE(words) .surety = IF_MADE, .made_by = words

/* clang-format off */
const struct reason_row context_reasons[] = {
	/* A .git file stands for a worktree or a submodule. */
	ROW(".git", VC, 0, .surety = NO_GIT)
	DIR(".hg", VC, .surety = NO_GIT)
	DIR(".svn", VC, .surety = NO_GIT)
	DIR(".bzr", VC, .surety = NO_GIT)
	DIR("CVS", VC, .surety = NO_GIT, .inside = "Entries")
	DIR(".jj", VC, .surety = NO_GIT)
	FILE_(".gitignore", VC, .surety = NEVER)
	FILE_(".gitattributes", VC, .surety = NEVER)
	FILE_(".gitmodules", VC, .surety = NEVER)
	FILE_(".mailmap", VC, .surety = NEVER)
	DIR(".github", VC, .surety = SURE)
	DIR(".gitlab", VC, .surety = SURE)
	FILE_(".gitlab-ci.yml", VC, .surety = SURE)
	DIR(".circleci", VC, .surety = SURE)
	FILE_(".travis.yml", VC, .surety = SURE)
	FILE_("Jenkinsfile", VC, .surety = SURE)

	DIR("node_modules", DEP, MADE(JS))
	DIR("bower_components", DEP, MADE("bower+install"))
	DIR("jspm_packages", DEP, MADE("jspm+install"))
	DIR(".pnpm-store", DEP, .surety = SURE)
	DIR(".npm", DEP, .surety = SURE)
	DIR(".venv", DEP, MADE(VENV), .made_else = PIP)
	DIR("venv", DEP, MADE(VENV), .made_else = PIP, .inside = "pyvenv.cfg")
	DIR("env", DEP, MADE(VENV), .made_else = PIP, .inside = "pyvenv.cfg")
	DIR(".virtualenv", DEP, MADE(VENV), .made_else = PIP)
	DIR("__pypackages__", DEP, MADE("pdm+install+sync"))
	DIR(".eggs", DEP, .surety = SURE)
	DIR("vendor", DEP, MADE("composer+install+update composer.phar+install+update"),
	    .beside = "composer.json")
	DIR("bundle", DEP, MADE("bundle+-+install bundler+install"), .inside = "ruby")
	DIR(".bundle", DEP, .surety = NEVER)
	DIR("Pods", DEP, MADE("pod+install"), .beside = "Podfile")
	DIR(".m2", DEP, .surety = NEVER)
	DIR(".gradle", DEP, .surety = SURE)
	DIR(".ivy2", DEP, .surety = NEVER)
	DIR("deps", DEP, MADE("mix+deps.get rebar3"), .beside = "mix.exs rebar.config")
	DIR("elm-stuff", DEP, MADE("elm"))
	DIR(".dart_tool", DEP, MADE("dart flutter"))
	DIR(".terraform", DEP, MADE("terraform+init tofu+init"))
	DIR(".stack-work", DEP, MADE("stack"))

	DIR("__pycache__", OUT, .surety = SURE)
	FILE_("*.pyc", OUT, .surety = NEVER)
	FILE_("*.pyo", OUT, .surety = NEVER)
	DIR("*.egg-info", OUT, MADE(PY_BUILD " " PIP))
	DIR(".pytest_cache", OUT, .surety = SURE)
	DIR(".mypy_cache", OUT, .surety = SURE)
	DIR(".ruff_cache", OUT, .surety = SURE)
	DIR(".hypothesis", OUT, .surety = SURE)
	DIR(".ipynb_checkpoints", OUT, .surety = SURE)
	DIR(".tox", OUT, .surety = SURE)
	DIR(".nox", OUT, .surety = SURE)
	DIR("htmlcov", OUT, .surety = SURE)
	FILE_(".coverage", OUT, .surety = SURE)
	DIR(".nyc_output", OUT, .surety = SURE)
	DIR("coverage", OUT, .surety = NEVER,
	    .beside = "package.json Cargo.toml pyproject.toml composer.json")
	DIR(".next", OUT, MADE(JS_BUILD))
	DIR(".nuxt", OUT, MADE(JS_BUILD))
	DIR(".output", OUT, MADE(JS_BUILD), .beside = "nuxt.config.ts nuxt.config.js")
	DIR(".svelte-kit", OUT, MADE(JS_BUILD))
	DIR(".angular", OUT, .surety = SURE)
	DIR(".turbo", OUT, .surety = SURE)
	DIR(".parcel-cache", OUT, .surety = SURE)
	DIR(".vite", OUT, .surety = SURE)
	DIR(".nx", OUT, .surety = SURE)
	DIR(".docusaurus", OUT, MADE(JS_BUILD))
	FILE_("*.tsbuildinfo", OUT, MADE(JS_BUILD))
	FILE_(".eslintcache", OUT, .surety = SURE)
	DIR("dist", OUT, MADE(JS_BUILD), .beside = "package.json")
	DIR("dist", OUT, MADE(PY_BUILD), .beside = "pyproject.toml setup.py setup.cfg")
	/* A build may hold scripts as well; gradle's does not. */
	DIR("build", OUT, MADE(JVM), .beside = "build.gradle build.gradle.kts")
	DIR("build", OUT, MADE("cmake"), .inside = "CMakeCache.txt")
	DIR("build", OUT, MADE("meson ninja"), .inside = "build.ninja")
	DIR("build", OUT, .surety = NEVER,
	    .beside = "package.json pyproject.toml setup.py setup.cfg")
	DIR("out", OUT, MADE(JS_BUILD), .beside = "next.config.js next.config.mjs next.config.ts")
	DIR("target", OUT, MADE("cargo+build+install+run+test+b+rustc"), .beside = "Cargo.toml")
	DIR("target", OUT, MADE(JVM), .beside = "pom.xml build.sbt")
	DIR("_build", OUT, MADE("mix rebar3 dune make sphinx-build"),
	    .beside = "mix.exs rebar.config dune-project conf.py")
	DIR("bin", OUT, MADE(DOTNET), .beside = "*.csproj *.fsproj *.vbproj")
	DIR("obj", OUT, MADE(DOTNET), .beside = "*.csproj *.fsproj *.vbproj")
	DIR("dist-newstyle", OUT, MADE("cabal"))
	DIR("zig-cache", OUT, MADE("zig"))
	DIR(".zig-cache", OUT, MADE("zig"))
	DIR("zig-out", OUT, MADE("zig"))
	DIR("cmake-build-*", OUT, .surety = SURE)
	DIR(".build", OUT, MADE("swift"), .beside = "Package.swift")
	DIR("bazel-out", OUT, MADE("bazel"))
	ROW("bazel-bin", OUT, 0, MADE("bazel"))
	DIR(".sass-cache", OUT, .surety = SURE)
	FILE_("*.o", OUT, MADE("make gcc g++ cc clang cmake ninja meson"))
	FILE_("*.class", OUT, MADE(JVM " javac"))

	DIR("test", TST, .surety = NEVER)
	DIR("tests", TST, .surety = NEVER)
	DIR("__tests__", TST, .surety = NEVER)
	DIR("spec", TST, .surety = NEVER)
	DIR("testdata", TST, .surety = NEVER)
	DIR("test-data", TST, .surety = NEVER)
	DIR("test_data", TST, .surety = NEVER)
	DIR("fixtures", TST, .surety = NEVER)
	DIR("__fixtures__", TST, .surety = NEVER)
	DIR("__snapshots__", TST, .surety = NEVER)
	DIR("__mocks__", TST, .surety = NEVER)
	DIR("e2e", TST, .surety = NEVER)
	DIR("cypress", TST, .surety = NEVER)
	DIR("playwright-report", TST, .surety = SURE)
	DIR("test-results", TST, .surety = SURE)
	DIR("benchmarks", TST, .surety = NEVER)

	FILE_("*.zip", ARC, .surety = NEVER)
	FILE_("*.tar", ARC, .surety = NEVER)
	FILE_("*.tgz", ARC, .surety = NEVER)
	FILE_("*.tbz2", ARC, .surety = NEVER)
	FILE_("*.txz", ARC, .surety = NEVER)
	FILE_("*.gz", ARC, .surety = NEVER)
	FILE_("*.bz2", ARC, .surety = NEVER)
	FILE_("*.xz", ARC, .surety = NEVER)
	FILE_("*.zst", ARC, .surety = NEVER)
	FILE_("*.7z", ARC, .surety = NEVER)
	FILE_("*.rar", ARC, .surety = NEVER)
	FILE_("*.iso", ARC, .surety = NEVER)
	FILE_("*.img", ARC, .surety = NEVER)
	FILE_("*.qcow2", ARC, .surety = NEVER)
	FILE_("*.vmdk", ARC, .surety = NEVER)
	FILE_("*.dmg", ARC, .surety = NEVER)
	FILE_("*.dump", ARC, .surety = NEVER)

	FILE_("*.mp4", MED, .surety = NEVER)
	FILE_("*.mov", MED, .surety = NEVER)
	FILE_("*.avi", MED, .surety = NEVER)
	FILE_("*.mkv", MED, .surety = NEVER)
	FILE_("*.webm", MED, .surety = NEVER)
	FILE_("*.mpg", MED, .surety = NEVER)
	FILE_("*.mpeg", MED, .surety = NEVER)
	FILE_("*.m4v", MED, .surety = NEVER)
	FILE_("*.wmv", MED, .surety = NEVER)
	FILE_("*.mp3", MED, .surety = NEVER)
	FILE_("*.wav", MED, .surety = NEVER)
	FILE_("*.flac", MED, .surety = NEVER)
	FILE_("*.ogg", MED, .surety = NEVER)
	FILE_("*.m4a", MED, .surety = NEVER)
	FILE_("*.psd", MED, .surety = NEVER)
	FILE_("*.xcf", MED, .surety = NEVER)
	FILE_("*.sketch", MED, .surety = NEVER)
	FILE_("*.fig", MED, .surety = NEVER)
	FILE_("*.blend", MED, .surety = NEVER)
	FILE_("*.tif", MED, .surety = NEVER)
	FILE_("*.tiff", MED, .surety = NEVER)
	FILE_("*.png", MED, .surety = NEVER, PICTURE)
	FILE_("*.jpg", MED, .surety = NEVER, PICTURE)
	FILE_("*.jpeg", MED, .surety = NEVER, PICTURE)
	FILE_("*.gif", MED, .surety = NEVER, PICTURE)
	FILE_("*.bmp", MED, .surety = NEVER, PICTURE)

	/* Examples of secrets are none: see reason.c. */
	FILE_(".env", SEC, .surety = SURE)
	FILE_(".env.*", SEC, .surety = NEVER)
	FILE_("*.env", SEC, .surety = NEVER)
	FILE_(".envrc", SEC, .surety = SURE)
	FILE_("id_rsa", SEC, .surety = SURE)
	FILE_("id_dsa", SEC, .surety = SURE)
	FILE_("id_ecdsa", SEC, .surety = SURE)
	FILE_("id_ed25519", SEC, .surety = SURE)
	DIR(".ssh", SEC, .surety = SURE)
	DIR(".aws", SEC, .surety = SURE)
	DIR(".azure", SEC, .surety = SURE)
	DIR(".gcloud", SEC, .surety = SURE)
	DIR(".kube", SEC, .surety = SURE)
	DIR(".gnupg", SEC, .surety = SURE)
	DIR(".docker", SEC, .surety = NEVER, .inside = "config.json")
	FILE_(".git-credentials", SEC, .surety = SURE)
	FILE_(".netrc", SEC, .surety = NEVER)
	FILE_(".npmrc", SEC, .surety = NEVER)
	FILE_(".yarnrc", SEC, .surety = NEVER)
	FILE_(".pypirc", SEC, .surety = SURE)
	FILE_(".htpasswd", SEC, .surety = NEVER)
	FILE_(".pgpass", SEC, .surety = SURE)
	FILE_(".my.cnf", SEC, .surety = NEVER)
	FILE_(".vault-token", SEC, .surety = SURE)
	FILE_("credentials.json", SEC, .surety = NEVER)
	FILE_("service-account*", SEC, .surety = NEVER)
	FILE_("client_secret*", SEC, .surety = NEVER)
	FILE_("secrets.yml", SEC, .surety = NEVER)
	FILE_("secrets.yaml", SEC, .surety = NEVER)
	FILE_("secrets.json", SEC, .surety = NEVER)
	FILE_("*.tfstate", SEC, .surety = SURE)
	FILE_("*.tfvars", SEC, .surety = NEVER)
	FILE_("*.pem", SEC, .surety = NEVER)
	FILE_("*.key", SEC, .surety = NEVER)
	FILE_("*.p12", SEC, .surety = NEVER)
	FILE_("*.pfx", SEC, .surety = NEVER)
	FILE_("*.jks", SEC, .surety = NEVER)
	FILE_("*.keystore", SEC, .surety = NEVER)
	FILE_("*.kdbx", SEC, .surety = SURE)
	FILE_("*.ppk", SEC, .surety = SURE)

	DIR(".idea", REASON_IDE, .surety = SURE)
	DIR(".vscode", REASON_IDE, .surety = SURE)
	DIR(".vs", REASON_IDE, .surety = SURE)
	DIR(".fleet", REASON_IDE, .surety = SURE)
	DIR(".zed", REASON_IDE, .surety = SURE)
	DIR(".settings", REASON_IDE, .surety = SURE)
	DIR("nbproject", REASON_IDE, .surety = SURE)
	DIR(".devcontainer", REASON_IDE, .surety = SURE)
	FILE_(".project", REASON_IDE, .surety = SURE)
	FILE_(".classpath", REASON_IDE, .surety = SURE)
	FILE_("*.iml", REASON_IDE, .surety = SURE)
	FILE_("*.sublime-project", REASON_IDE, .surety = SURE)
	FILE_("*.sublime-workspace", REASON_IDE, .surety = SURE)
	FILE_("*.code-workspace", REASON_IDE, .surety = SURE)
	FILE_("*.swp", REASON_IDE, .surety = SURE)
	FILE_("*.swo", REASON_IDE, .surety = SURE)
	FILE_("*~", REASON_IDE, .surety = SURE)
	FILE_(".DS_Store", REASON_IDE, .surety = SURE)
	FILE_("Thumbs.db", REASON_IDE, .surety = SURE)
	FILE_("desktop.ini", REASON_IDE, .surety = SURE)

	FILE_("*.log", LOG, .surety = SURE)
	FILE_("*.tmp", LOG, .surety = SURE)
	FILE_("*.temp", LOG, .surety = SURE)
	FILE_("*.bak", LOG, .surety = NEVER)
	FILE_("*.orig", LOG, .surety = NEVER)
	FILE_("*.rej", LOG, .surety = SURE)
	FILE_("*.pid", LOG, .surety = SURE)
	FILE_("npm-debug.log*", LOG, .surety = SURE)
	FILE_("yarn-debug.log*", LOG, .surety = SURE)
	FILE_("yarn-error.log*", LOG, .surety = SURE)
	DIR("logs", LOG, .surety = NEVER)
	DIR("tmp", LOG, .surety = NEVER)
	DIR("temp", LOG, .surety = NEVER)
	DIR(".cache", LOG, .surety = NEVER)
	DIR(".tmp", LOG, .surety = NEVER)

	FILE_("Dockerfile", DOC, .surety = SURE)
	FILE_("Dockerfile.*", DOC, .surety = SURE)
	FILE_("*.Dockerfile", DOC, .surety = SURE)
	FILE_("*.dockerfile", DOC, .surety = SURE)
	FILE_("Containerfile", DOC, .surety = SURE)
	FILE_("Containerfile.*", DOC, .surety = SURE)
	FILE_(".dockerignore", DOC, .surety = SURE)
	FILE_("*.dockerignore", DOC, .surety = SURE)
	FILE_(".containerignore", DOC, .surety = SURE)
	FILE_("*.containerignore", DOC, .surety = SURE)
	FILE_("docker-compose*", DOC, .surety = SURE)
	FILE_("compose.yaml", DOC, .surety = SURE)
	FILE_("compose.yml", DOC, .surety = SURE)
	FILE_("compose.*.yaml", DOC, .surety = SURE)
	FILE_("compose.*.yml", DOC, .surety = SURE)
	FILE_("docker-bake.hcl", DOC, .surety = SURE)
	FILE_("docker-bake.json", DOC, .surety = SURE)
};
/* clang-format on */
const size_t context_n_reasons = ARRAY_LEN(context_reasons);

const char *context_reason_name(enum context_reason r)
{
	static const char *const names[REASONS] = {
		[REASON_NONE] = "other",
		[REASON_VERSION_CONTROL] = "version control",
		[REASON_DEPENDENCIES] = "reinstalled dependencies",
		[REASON_BUILD_OUTPUT] = "build output",
		[REASON_TEST_DATA] = "test data",
		[REASON_ARCHIVES] = "archives",
		[REASON_MEDIA] = "media",
		[REASON_SECRETS] = "secrets",
		[REASON_IDE] = "IDE",
		[REASON_LOGS] = "logs and temporary files",
		[REASON_DOCKER] = "docker",
	};
	return names[r];
}
