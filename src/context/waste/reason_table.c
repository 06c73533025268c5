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

/* Commands that make something again; command_search.h tells the form. */
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
#define MADE(words) .safe_when = SAFE_IF_MADE, .made_by = words

/* clang-format off */
const struct context_waste context_reasons[] = {
	/* A .git file stands for a worktree or a submodule. */
	ROW(".git", VC, 0, .safe_when = SAFE_WITHOUT_GIT)
	DIR(".hg", VC, .safe_when = SAFE_WITHOUT_GIT)
	DIR(".svn", VC, .safe_when = SAFE_WITHOUT_GIT)
	DIR(".bzr", VC, .safe_when = SAFE_WITHOUT_GIT)
	DIR("CVS", VC, .safe_when = SAFE_WITHOUT_GIT, .inside = "Entries")
	DIR(".jj", VC, .safe_when = SAFE_WITHOUT_GIT)
	FILE_(".gitignore", VC, .safe_when = SAFE_NEVER)
	FILE_(".gitattributes", VC, .safe_when = SAFE_NEVER)
	FILE_(".gitmodules", VC, .safe_when = SAFE_NEVER)
	FILE_(".mailmap", VC, .safe_when = SAFE_NEVER)
	DIR(".github", VC, .safe_when = SAFE_ALWAYS)
	DIR(".gitlab", VC, .safe_when = SAFE_ALWAYS)
	FILE_(".gitlab-ci.yml", VC, .safe_when = SAFE_ALWAYS)
	DIR(".circleci", VC, .safe_when = SAFE_ALWAYS)
	FILE_(".travis.yml", VC, .safe_when = SAFE_ALWAYS)
	FILE_("Jenkinsfile", VC, .safe_when = SAFE_ALWAYS)

	DIR("node_modules", DEP, MADE(JS))
	DIR("bower_components", DEP, MADE("bower+install"))
	DIR("jspm_packages", DEP, MADE("jspm+install"))
	DIR(".pnpm-store", DEP, .safe_when = SAFE_ALWAYS)
	DIR(".npm", DEP, .safe_when = SAFE_ALWAYS)
	DIR(".venv", DEP, MADE(VENV), .made_else = PIP)
	DIR("venv", DEP, MADE(VENV), .made_else = PIP, .inside = "pyvenv.cfg")
	DIR("env", DEP, MADE(VENV), .made_else = PIP, .inside = "pyvenv.cfg")
	DIR(".virtualenv", DEP, MADE(VENV), .made_else = PIP)
	DIR("__pypackages__", DEP, MADE("pdm+install+sync"))
	DIR(".eggs", DEP, .safe_when = SAFE_ALWAYS)
	DIR("vendor", DEP, MADE("composer+install+update composer.phar+install+update"),
	    .beside = "composer.json")
	DIR("bundle", DEP, MADE("bundle+-+install bundler+install"), .inside = "ruby")
	DIR(".bundle", DEP, .safe_when = SAFE_NEVER)
	DIR("Pods", DEP, MADE("pod+install"), .beside = "Podfile")
	DIR(".m2", DEP, .safe_when = SAFE_NEVER)
	DIR(".gradle", DEP, .safe_when = SAFE_ALWAYS)
	DIR(".ivy2", DEP, .safe_when = SAFE_NEVER)
	DIR("deps", DEP, MADE("mix+deps.get rebar3"), .beside = "mix.exs rebar.config")
	DIR("elm-stuff", DEP, MADE("elm"))
	DIR(".dart_tool", DEP, MADE("dart flutter"))
	DIR(".terraform", DEP, MADE("terraform+init tofu+init"))
	DIR(".stack-work", DEP, MADE("stack"))

	DIR("__pycache__", OUT, .safe_when = SAFE_ALWAYS)
	FILE_("*.pyc", OUT, .safe_when = SAFE_NEVER)
	FILE_("*.pyo", OUT, .safe_when = SAFE_NEVER)
	DIR("*.egg-info", OUT, MADE(PY_BUILD " " PIP))
	DIR(".pytest_cache", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".mypy_cache", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".ruff_cache", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".hypothesis", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".ipynb_checkpoints", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".tox", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".nox", OUT, .safe_when = SAFE_ALWAYS)
	DIR("htmlcov", OUT, .safe_when = SAFE_ALWAYS)
	FILE_(".coverage", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".nyc_output", OUT, .safe_when = SAFE_ALWAYS)
	DIR("coverage", OUT, .safe_when = SAFE_NEVER,
	    .beside = "package.json Cargo.toml pyproject.toml composer.json")
	DIR(".next", OUT, MADE(JS_BUILD))
	DIR(".nuxt", OUT, MADE(JS_BUILD))
	DIR(".output", OUT, MADE(JS_BUILD), .beside = "nuxt.config.ts nuxt.config.js")
	DIR(".svelte-kit", OUT, MADE(JS_BUILD))
	DIR(".angular", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".turbo", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".parcel-cache", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".vite", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".nx", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".docusaurus", OUT, MADE(JS_BUILD))
	FILE_("*.tsbuildinfo", OUT, MADE(JS_BUILD))
	FILE_(".eslintcache", OUT, .safe_when = SAFE_ALWAYS)
	DIR("dist", OUT, MADE(JS_BUILD), .beside = "package.json")
	DIR("dist", OUT, MADE(PY_BUILD), .beside = "pyproject.toml setup.py setup.cfg")
	/* A build may hold scripts as well; gradle's does not. */
	DIR("build", OUT, MADE(JVM), .beside = "build.gradle build.gradle.kts")
	DIR("build", OUT, MADE("cmake"), .inside = "CMakeCache.txt")
	DIR("build", OUT, MADE("meson ninja"), .inside = "build.ninja")
	DIR("build", OUT, .safe_when = SAFE_NEVER,
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
	DIR("cmake-build-*", OUT, .safe_when = SAFE_ALWAYS)
	DIR(".build", OUT, MADE("swift"), .beside = "Package.swift")
	DIR("bazel-out", OUT, MADE("bazel"))
	ROW("bazel-bin", OUT, 0, MADE("bazel"))
	DIR(".sass-cache", OUT, .safe_when = SAFE_ALWAYS)
	FILE_("*.o", OUT, MADE("make gcc g++ cc clang cmake ninja meson"))
	FILE_("*.class", OUT, MADE(JVM " javac"))

	DIR("test", TST, .safe_when = SAFE_NEVER)
	DIR("tests", TST, .safe_when = SAFE_NEVER)
	DIR("__tests__", TST, .safe_when = SAFE_NEVER)
	DIR("spec", TST, .safe_when = SAFE_NEVER)
	DIR("testdata", TST, .safe_when = SAFE_NEVER)
	DIR("test-data", TST, .safe_when = SAFE_NEVER)
	DIR("test_data", TST, .safe_when = SAFE_NEVER)
	DIR("fixtures", TST, .safe_when = SAFE_NEVER)
	DIR("__fixtures__", TST, .safe_when = SAFE_NEVER)
	DIR("__snapshots__", TST, .safe_when = SAFE_NEVER)
	DIR("__mocks__", TST, .safe_when = SAFE_NEVER)
	DIR("e2e", TST, .safe_when = SAFE_NEVER)
	DIR("cypress", TST, .safe_when = SAFE_NEVER)
	DIR("playwright-report", TST, .safe_when = SAFE_ALWAYS)
	DIR("test-results", TST, .safe_when = SAFE_ALWAYS)
	DIR("benchmarks", TST, .safe_when = SAFE_NEVER)

	FILE_("*.zip", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.tar", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.tgz", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.tbz2", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.txz", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.gz", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.bz2", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.xz", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.zst", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.7z", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.rar", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.iso", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.img", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.qcow2", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.vmdk", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.dmg", ARC, .safe_when = SAFE_NEVER)
	FILE_("*.dump", ARC, .safe_when = SAFE_NEVER)

	FILE_("*.mp4", MED, .safe_when = SAFE_NEVER)
	FILE_("*.mov", MED, .safe_when = SAFE_NEVER)
	FILE_("*.avi", MED, .safe_when = SAFE_NEVER)
	FILE_("*.mkv", MED, .safe_when = SAFE_NEVER)
	FILE_("*.webm", MED, .safe_when = SAFE_NEVER)
	FILE_("*.mpg", MED, .safe_when = SAFE_NEVER)
	FILE_("*.mpeg", MED, .safe_when = SAFE_NEVER)
	FILE_("*.m4v", MED, .safe_when = SAFE_NEVER)
	FILE_("*.wmv", MED, .safe_when = SAFE_NEVER)
	FILE_("*.mp3", MED, .safe_when = SAFE_NEVER)
	FILE_("*.wav", MED, .safe_when = SAFE_NEVER)
	FILE_("*.flac", MED, .safe_when = SAFE_NEVER)
	FILE_("*.ogg", MED, .safe_when = SAFE_NEVER)
	FILE_("*.m4a", MED, .safe_when = SAFE_NEVER)
	FILE_("*.psd", MED, .safe_when = SAFE_NEVER)
	FILE_("*.xcf", MED, .safe_when = SAFE_NEVER)
	FILE_("*.sketch", MED, .safe_when = SAFE_NEVER)
	FILE_("*.fig", MED, .safe_when = SAFE_NEVER)
	FILE_("*.blend", MED, .safe_when = SAFE_NEVER)
	FILE_("*.tif", MED, .safe_when = SAFE_NEVER)
	FILE_("*.tiff", MED, .safe_when = SAFE_NEVER)
	FILE_("*.png", MED, .safe_when = SAFE_NEVER, PICTURE)
	FILE_("*.jpg", MED, .safe_when = SAFE_NEVER, PICTURE)
	FILE_("*.jpeg", MED, .safe_when = SAFE_NEVER, PICTURE)
	FILE_("*.gif", MED, .safe_when = SAFE_NEVER, PICTURE)
	FILE_("*.bmp", MED, .safe_when = SAFE_NEVER, PICTURE)

	/* Examples of secrets are none: see reason.c. */
	FILE_(".env", SEC, .safe_when = SAFE_ALWAYS)
	FILE_(".env.*", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.env", SEC, .safe_when = SAFE_NEVER)
	FILE_(".envrc", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("id_rsa", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("id_dsa", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("id_ecdsa", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("id_ed25519", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".ssh", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".aws", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".azure", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".gcloud", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".kube", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".gnupg", SEC, .safe_when = SAFE_ALWAYS)
	DIR(".docker", SEC, .safe_when = SAFE_NEVER, .inside = "config.json")
	FILE_(".git-credentials", SEC, .safe_when = SAFE_ALWAYS)
	FILE_(".netrc", SEC, .safe_when = SAFE_NEVER)
	FILE_(".npmrc", SEC, .safe_when = SAFE_NEVER)
	FILE_(".yarnrc", SEC, .safe_when = SAFE_NEVER)
	FILE_(".pypirc", SEC, .safe_when = SAFE_ALWAYS)
	FILE_(".htpasswd", SEC, .safe_when = SAFE_NEVER)
	FILE_(".pgpass", SEC, .safe_when = SAFE_ALWAYS)
	FILE_(".my.cnf", SEC, .safe_when = SAFE_NEVER)
	FILE_(".vault-token", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("credentials.json", SEC, .safe_when = SAFE_NEVER)
	FILE_("service-account*", SEC, .safe_when = SAFE_NEVER)
	FILE_("client_secret*", SEC, .safe_when = SAFE_NEVER)
	FILE_("secrets.yml", SEC, .safe_when = SAFE_NEVER)
	FILE_("secrets.yaml", SEC, .safe_when = SAFE_NEVER)
	FILE_("secrets.json", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.tfstate", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("*.tfvars", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.pem", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.key", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.p12", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.pfx", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.jks", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.keystore", SEC, .safe_when = SAFE_NEVER)
	FILE_("*.kdbx", SEC, .safe_when = SAFE_ALWAYS)
	FILE_("*.ppk", SEC, .safe_when = SAFE_ALWAYS)

	DIR(".idea", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".vscode", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".vs", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".fleet", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".zed", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".settings", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR("nbproject", REASON_IDE, .safe_when = SAFE_ALWAYS)
	DIR(".devcontainer", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_(".project", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_(".classpath", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.iml", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.sublime-project", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.sublime-workspace", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.code-workspace", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.swp", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*.swo", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("*~", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_(".DS_Store", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("Thumbs.db", REASON_IDE, .safe_when = SAFE_ALWAYS)
	FILE_("desktop.ini", REASON_IDE, .safe_when = SAFE_ALWAYS)

	FILE_("*.log", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("*.tmp", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("*.temp", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("*.bak", LOG, .safe_when = SAFE_NEVER)
	FILE_("*.orig", LOG, .safe_when = SAFE_NEVER)
	FILE_("*.rej", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("*.pid", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("npm-debug.log*", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("yarn-debug.log*", LOG, .safe_when = SAFE_ALWAYS)
	FILE_("yarn-error.log*", LOG, .safe_when = SAFE_ALWAYS)
	DIR("logs", LOG, .safe_when = SAFE_NEVER)
	DIR("tmp", LOG, .safe_when = SAFE_NEVER)
	DIR("temp", LOG, .safe_when = SAFE_NEVER)
	DIR(".cache", LOG, .safe_when = SAFE_NEVER)
	DIR(".tmp", LOG, .safe_when = SAFE_NEVER)

	FILE_("Dockerfile", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("Dockerfile.*", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("*.Dockerfile", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("*.dockerfile", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("Containerfile", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("Containerfile.*", DOC, .safe_when = SAFE_ALWAYS)
	FILE_(".dockerignore", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("*.dockerignore", DOC, .safe_when = SAFE_ALWAYS)
	FILE_(".containerignore", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("*.containerignore", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("docker-compose*", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("compose.yaml", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("compose.yml", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("compose.*.yaml", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("compose.*.yml", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("docker-bake.hcl", DOC, .safe_when = SAFE_ALWAYS)
	FILE_("docker-bake.json", DOC, .safe_when = SAFE_ALWAYS)
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
