# shellcheck shell=bash
# What the scripts beside this one need of the machine. Sourced; everything it says goes to stderr.
#
#   install_missing COMMAND:PACKAGE…   Debian's packages for commands that are not there
#   require_java                       ends the script where there is no JDK
#   find_terraform                     0 with Terraform >= 1.10; else says what is wrong, and 1
#   find_provider_mirror               prints the directory of a local provider mirror, if there is one
#   find_moto                          prints a Python that has moto, after making a virtual environment for it where there is none
#   find_policy_evaluator              0 with what evaluates IAM policies, after installing it where it is not; else says what is wrong, and 1
#   start_moto                         moto for as long as this script lives, and the environment that makes it AWS
#   test_classpath                     brings the engine's classes and its tests' up to date, and prints the class path for programs among them
#   build_command_line                 brings $command_line_jar and $command_line_classes up to date with the sources

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
moto_version=5.2.1

say() { printf 'bin/%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$@"; exit 1; }

install_missing() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "missing and not to be installed from here (that takes root and apt-get): ${missing[*]}"
        return 0
    fi
    say "installing ${missing[*]}"
    apt-get -q update >&2 </dev/null || true
    for pair in "${missing[@]}"; do
        DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$pair" >&2 </dev/null || say "apt-get could not install $pair"
    done
}

require_java() {
    command -v javac >/dev/null || die "no JDK on the PATH; JDK 17 or newer is the one thing that is not installed from here."
}

find_terraform() {
    local version
    command -v terraform >/dev/null || { say "no terraform on the PATH; install 1.10 or newer from https://developer.hashicorp.com/terraform/install"; return 1; }
    version=$(TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1 terraform version | sed -n '1s/^Terraform v//p')
    [ "$(printf '1.10\n%s\n' "$version" | sort -V | head -n 1)" = 1.10 ] || { say "terraform is $version, and 1.10 is the oldest that will do"; return 1; }
}

# A setting first, then the directories that Terraform itself looks into, then those of machine images.
find_provider_mirror() {
    local directory
    for directory in "${EC2_DOCKER_PROVIDER_MIRROR:-}" ~/.terraform.d/plugins "${XDG_DATA_HOME:-$HOME/.local/share}/terraform/plugins" \
        /usr/local/share/terraform/plugins /usr/share/terraform/plugins /opt/* /opt/*/*; do
        if [ -n "$directory" ] && [ -d "$directory/registry.terraform.io/hashicorp/aws" ]; then
            printf '%s\n' "$directory"
            return
        fi
    done
}

has_moto() { "$1" -c 'import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, ["moto", "flask"])))' 2>/dev/null; }

find_moto() {
    local python
    for python in "$top/.venv/bin/python" python3 python; do
        if command -v "$python" >/dev/null && has_moto "$python"; then
            command -v "$python"
            return
        fi
    done
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        install_missing ensurepip:python3-venv
    fi
    say "installing moto $moto_version into .venv"
    {
        rm -rf "$top/.venv" \
            && python3 -m venv "$top/.venv" \
            && "$top/.venv/bin/python" -m pip install --disable-pip-version-check --quiet "moto[server]==$moto_version"
    } >&2 </dev/null || { rm -rf "$top/.venv"; say "moto could not be installed; whatever needs AWS cannot run"; return 1; }
    printf '%s\n' "$top/.venv/bin/python"
}

find_policy_evaluator() {
    local programs=$top/src/test/iam
    install_missing node:nodejs npm:npm
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        say "no node and npm on the PATH; what evaluates IAM policies cannot run"
        return 1
    fi
    [ ! "$programs/node_modules/.package-lock.json" -nt "$programs/package-lock.json" ] || return 0
    say "installing the evaluator of IAM policies into src/test/iam/node_modules"
    npm --prefix "$programs" ci --no-audit --no-fund --ignore-scripts >&2 </dev/null \
        || { rm -rf "$programs/node_modules"; say "the evaluator of IAM policies could not be installed"; return 1; }
}

start_moto() {
    local python port announced
    python=$(find_moto) || exit 1
    # The server ends with its standard input, which is this script's.
    coproc MOTO { exec "$python" "$top/src/test/moto/serve.py" 2>/dev/null; }
    announced=${MOTO[0]}
    read -r -t 60 port <&"$announced" || die "moto did not start; see what $python $top/src/test/moto/serve.py says"
    export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
    export AWS_REGION=${AWS_REGION:-eu-central-1} AWS_EC2_METADATA_DISABLED=true
    export AWS_DEFAULT_REGION=$AWS_REGION
    unset AWS_PROFILE AWS_SESSION_TOKEN
}

# For the scripts that source this.
# shellcheck disable=SC2034
command_line_jar=$top/target/engine/ec2-docker-engine.jar
# The command line's classes as the JVM wants them in memory: a third of its start. Another JVM than the one that wrote it ignores it.
command_line_classes=$top/target/engine/ec2-docker-engine.jsa
# What suits a program that mostly waits for others.
# shellcheck disable=SC2034
command_line_flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)

build_command_line() {
    local lock
    [ -n "$(command_line_outdated)" ] || return 0
    require_java
    mkdir -p "$top/target"
    # Two first uses at once build once.
    exec {lock}>"$top/target/command-line.lock"
    flock "$lock"
    if [ -n "$(command_line_outdated)" ]; then
        say "building the command line; the first time takes a minute"
        (cd "$top" && bin/mvn -B -q -ntp -f pom-engine.xml -Dmaven.test.skip=true package) >&2 </dev/null {lock}>&- || die "the build failed"
        touch "$command_line_jar"
        rm -f "$command_line_classes"
        java "${command_line_flags[@]}" -XX:ArchiveClassesAtExit="$command_line_classes" -jar "$command_line_jar" \
            validate "$top/examples/two-containers/request.yml" >"$top/target/command-line.log" 2>&1 </dev/null {lock}>&- || true
    fi
    exec {lock}>&-
}

command_line_outdated() {
    if [ ! -f "$command_line_jar" ]; then
        echo missing
    else
        find "$top/src/main" "$top/terraform-templates" "$top/pom-engine.xml" -newer "$command_line_jar" -print -quit
    fi
}

test_classpath() {
    local file=$top/target/engine/test-classpath
    mkdir -p "${file%/*}"
    (cd "$top" && bin/mvn -B -q -ntp -f pom-engine.xml test-compile dependency:build-classpath -Dmdep.outputFile="$file") >&2 </dev/null \
        || die "the build failed"
    printf '%s\n' "$top/target/engine/classes:$top/target/engine/test-classes:$(cat "$file")"
}
