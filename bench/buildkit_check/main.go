// SPDX-License-Identifier: Apache-2.0

// buildkit_check says what BuildKit's own front end says of Dockerfiles.
//
//	buildkit_check FILE...    or names on standard input, one a line
//
// One line of JSON a file: {"file", "error", "line", "warnings"}. It lays out
// the build of every stage, as `docker build --check` does, with a resolver
// that knows every image: no network, no daemon. So it says what is refused
// because of the file, and nothing of what a registry would refuse.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

var amd64 = ocispecs.Platform{OS: "linux", Architecture: "amd64"}

// An image of one empty layer that sets PATH, whatever its name.
const imageConfig = `{"architecture":"amd64","os":"linux",` +
	`"config":{"Env":["PATH=/usr/bin:/bin"]},` +
	`"rootfs":{"type":"layers","diff_ids":[]}}`

type anyImage struct{}

func (anyImage) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	return ref, digest.FromString(ref), []byte(imageConfig), nil
}

type warning struct {
	Rule string `json:"rule"`
	Text string `json:"text"`
	Line int    `json:"line"`
}

type answer struct {
	File     string    `json:"file"`
	Error    string    `json:"error,omitempty"`
	Line     int       `json:"line,omitempty"`
	Warnings []warning `json:"warnings,omitempty"`
}

func lineOf(ranges []*pb.Range) int {
	if len(ranges) == 0 {
		return 0
	}
	return int(ranges[0].Start.Line)
}

func options(text []byte) (dockerfile2llb.ConvertOpt, error) {
	caps := pb.Caps.CapSet(pb.Caps.All())
	state := llb.Scratch().File(llb.Mkfile("Dockerfile", 0o644, text))
	source := llb.NewSourceMap(&state, "Dockerfile", "Dockerfile", text)
	def, err := state.Marshal(context.Background())
	if err != nil {
		return dockerfile2llb.ConvertOpt{}, err
	}
	source.Definition = def
	return dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{
			LinterConfig:   &linter.Config{},
			BuildPlatforms: []ocispecs.Platform{amd64},
		},
		MetaResolver:   anyImage{},
		LLBCaps:        &caps,
		TargetPlatform: &amd64,
		SourceMap:      source,
		AllStages:      true,
	}, nil
}

// A panic of the front end is an answer, too.
func check(name string) (a answer) {
	a.File = name
	defer func() {
		if r := recover(); r != nil {
			a.Error = fmt.Sprint("panic: ", r)
		}
	}()
	text, err := os.ReadFile(name)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	opt, err := options(text)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	// As without a "# check=" line of its own: the file's then counts.
	opt.Config.LinterConfig = nil
	said, err := dockerfile2llb.DockerfileLint(context.Background(), text, opt)
	if err != nil {
		a.Error = err.Error()
		return a
	}
	for _, w := range said.Warnings {
		a.Warnings = append(a.Warnings, warning{w.RuleName, w.Detail, lineOf(w.Location.Ranges)})
	}
	if said.Error != nil {
		a.Error = said.Error.Message
		a.Line = lineOf(said.Error.Location.Ranges)
	}
	return a
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, name := range os.Args[1:] {
		lines.Encode(check(name))
	}
	if len(os.Args) > 1 {
		return
	}
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		lines.Encode(check(names.Text()))
	}
}
