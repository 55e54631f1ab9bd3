#!/bin/bash
# First boot of a deployment's instance: installs Docker where it is missing, lays the files down, starts the containers, waits until they
# are well, and says how it ended in one closing line on the console. May be run again: the second run changes nothing.
#
# No text of a user is ever part of this script. What depends on the request stands in the assignments at its end, which the engine fills
# in: numbers, and base64 of gzip, which is decoded into files and never evaluated. What is shipped is this text without its lines of
# comment and without indentation: no here document and no string of several lines, please. The comment above a function names its
# arguments.
set -Eeuo pipefail
umask 022
# LC_ALL=C makes [:print:] mean ASCII, so that no control character of whatever encoding gets into a closing line.
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l

app=/opt/app
log=/var/log/ec2-docker.log
imds=http://169.254.169.254/latest
# Project and file are named, the environment is empty: neither a variable of cloud-init's nor a file beside can change what Compose reads.
compose=(env -i PATH="$PATH" HOME="$HOME" docker compose --project-name app --project-directory "$app" --file "$app/docker-compose.yml")
# https://docs.docker.com/engine/install/centos/ publishes this fingerprint of the key that signs Docker's rpm packages.
docker_key=060A61C51B558A7F742B77AAC52FEB6B621E9F35

current_step=start
closed=no
answer=''
token=''
work=''

# LINE: goes to stdout, which cloud-init logs, and to the console, of which EC2 keeps the last 64 KiB
say() {
    printf '%s\n' "$1" || true
    { printf '%s\n' "$1" >>/dev/console; } 2>/dev/null || true
}

# NAME: what happens from here on, for the console and for a reason
step() {
    current_step=$1
    say "ec2-docker: $1"
}

# RESULT: becomes the closing line; only the first one does
close() {
    [ "$closed" = no ] || return 0
    closed=yes
    mark "$1"
}

# TEXT: a line with the run's id, on a line of its own even behind a login prompt
mark() {
    { printf '\n' >>/dev/console; } 2>/dev/null || true
    say "ec2-docker: $1 (run $RUN_ID)"
}

# REASON...: ends the boot; one line of at most 200 printable characters
fail() {
    trap - ERR
    local reason="$*"
    reason=${reason//[^[:print:]]/ }
    close "failed: ${reason:0:200}"
    exit 1
}

# STATUS COMMAND: an unforeseen failure; in a subshell only its status counts, for the main shell will see it
on_error() {
    [ "$BASHPID" = "$$" ] || exit "$1"
    fail "$current_step: \`$2\` ended with status $1"
}

on_exit() {
    close "failed: $current_step: the boot script ended early"
    rm -rf "$work"
}

# stdin, each line without control characters and cut to 400 bytes
printable() {
    tr -d '\000-\010\013-\037\177' | cut -b 1-400
}

# PREFIX FILE: the last 20 lines of FILE on the console; the prefix keeps them from being taken for a closing line
show_tail() {
    local line
    tail -n 20 "$2" | printable >"$work/tail"
    while IFS= read -r line || [ -n "$line" ]; do
        say "ec2-docker: $1| $line"
    done <"$work/tail"
}

# FILE: its last line that is not blank
last_line() {
    grep -v '^[[:space:]]*$' "$1" | tail -n 1 || true
}

# TRIES PAUSE COMMAND...: runs COMMAND until it succeeds, its output in the log alone; false when no try is left
attempt() {
    local tries=$1 pause=$2 try
    shift 2
    for ((try = 1; try <= tries; try++)); do
        if timeout 900 "$@" >"$work/output" 2>&1 </dev/null; then
            cat "$work/output" >>"$log"
            return 0
        fi
        cat "$work/output" >>"$log"
        ((try == tries)) || sleep "$pause"
    done
    return 1
}

# WHAT TRIES PAUSE COMMAND...: attempt, or the end of the boot with the command's last line in the reason
must() {
    attempt "${@:2}" || give_up "$1" "$2"
}

# WHAT TRIES: ends the boot after a command whose output is in $work/output
give_up() {
    local times=''
    show_tail "$1" "$work/output"
    if grep -qi toomanyrequests "$work/output"; then
        fail "$current_step: Docker Hub allows no more anonymous pulls from this address (toomanyrequests);" \
            'wait some hours or use images of another registry'
    fi
    (($2 == 1)) || times=" $2 times"
    fail "$current_step: $1 failed$times: $(last_line "$work/output")"
}

# PATH: a value of the instance metadata service into $answer; a value that does not exist (404) is empty
ask() {
    local try status=000
    for ((try = 1; try <= 5; try++)); do
        status=$(curl -sS --noproxy '*' --max-time 5 -o "$work/answer" -w '%{http_code}' \
            -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1" 2>>"$log") || status=000
        case $status in
            200)
                answer=$(<"$work/answer")
                # These values go into a file that Compose reads: refuse what no such value can be made of.
                [[ $answer =~ ^[A-Za-z0-9.:_-]*$ ]] || fail "$current_step: the instance metadata service gave an impossible value for $1"
                return 0
                ;;
            404)
                answer=''
                return 0
                ;;
        esac
        sleep 2
    done
    fail "$current_step: the instance metadata service gave no answer for $1 (status $status)"
}

# PATH: as ask, but the value must exist
need() {
    ask "$1"
    [ -n "$answer" ] || fail "$current_step: the instance metadata service has no $1"
}

# IMDSv2: a session token first. Two minutes at most, for the network may come up after this script begins.
await_metadata_service() {
    local try
    command -v curl >/dev/null || fail "$current_step: this machine image has no curl"
    for ((try = 1; try <= 60 && SECONDS <= 120; try++)); do
        if token=$(curl -fsS --noproxy '*' --max-time 5 -X PUT \
            -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$imds/api/token" 2>>"$log"); then
            return 0
        fi
        sleep 2
    done
    fail "$current_step: the instance metadata service at 169.254.169.254 gives no IMDSv2 token; is HttpEndpoint enabled for this instance?"
}

read_metadata() {
    local mac try
    need instance-id; instance_id=$answer
    need instance-type; instance_type=$answer
    need placement/region; region=$answer
    need placement/availability-zone; availability_zone=$answer
    need mac; mac=$answer
    need "network/interfaces/macs/$mac/vpc-id"; vpc_id=$answer
    ask public-ipv4; public_ip=$answer
    # An Elastic IP is associated only after the instance runs: up to three minutes.
    if [ "$ELASTIC_IP" = yes ]; then
        for ((try = 1; try <= 90; try++)); do
            [ -z "$public_ip" ] || return 0
            sleep 2
            ask public-ipv4; public_ip=$answer
        done
        [ -n "$public_ip" ] || say "ec2-docker: no public address after 180 s; PUBLIC_IP is empty"
    fi
}

install_docker() {
    local id version
    if docker compose version >>"$log" 2>&1; then
        return 0
    fi
    # shellcheck disable=SC1091
    id=$(. /etc/os-release && printf %s "$ID")
    # shellcheck disable=SC1091
    version=$(. /etc/os-release && printf %s "${VERSION_ID:-}")
    case "$id $version" in
        ubuntu\ *) install_with_apt docker.io docker-compose-v2 ;;
        # Since Debian 13 its docker-compose is the Compose plugin.
        debian\ *) install_with_apt docker.io docker-compose ;;
        amzn\ 2023*) install_on_amazon_linux ;;
        *)
            fail "$current_step: no way known to install Docker with the Compose plugin on $id $version;" \
                'use ubuntu-22.04, ubuntu-24.04, al2023 or an AMI that has both'
            ;;
    esac
    docker compose version >>"$log" 2>&1 || fail "$current_step: Docker is installed on $id $version, but \`docker compose\` does not work"
}

# PACKAGE...
install_with_apt() {
    # unattended-upgrades may hold the lock in the first minutes of a new instance.
    local apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3) try
    # That option is for dpkg's lock. The one of the package lists is waited for as long here.
    for ((try = 1; try <= 40; try++)); do
        ! attempt 1 0 "${apt[@]}" update || break
        if ! grep -q lists/lock "$work/output"; then
            must 'apt-get update' 5 15 "${apt[@]}" update
            break
        fi
        sleep 15
    done
    must 'apt-get install' 3 15 "${apt[@]}" install --no-install-recommends "$@"
}

install_on_amazon_linux() {
    local key=$work/docker.gpg found
    must 'dnf install docker' 3 15 dnf -q -y install docker
    # Amazon Linux has no package of the Compose plugin. Docker's for Enterprise Linux 9 is a single static binary that fits.
    must 'fetching the signing key of Docker' 5 10 curl -fsSL --max-time 60 -o "$key" https://download.docker.com/linux/centos/gpg
    found=$(GNUPGHOME=$work gpg --batch --with-colons --show-keys "$key" 2>>"$log" \
        | awk -F: '$1 == "pub" { key = 1 } $1 == "fpr" && key { print $10; key = 0 }')
    [ "$found" = "$docker_key" ] \
        || fail "$current_step: download.docker.com serves a signing key that is not Docker's (fingerprint ${found:-none})"
    put /etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker 0644 <"$key"
    printf '%s\n' '[ec2-docker]' 'name=Docker Compose plugin' "baseurl=https://download.docker.com/linux/centos/9/\$basearch/stable" \
        enabled=0 gpgcheck=1 gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker includepkgs=docker-compose-plugin \
        | put /etc/yum.repos.d/ec2-docker.repo 0644
    # Its weak dependency, docker-buildx-plugin, has a file that Amazon's docker brings as well.
    must 'dnf install docker-compose-plugin' 3 15 \
        dnf -q -y --enablerepo=ec2-docker --setopt=install_weak_deps=False install docker-compose-plugin
}

# PATH MODE: stdin becomes the file PATH in one step, so that nobody sees half of it, or sees it before it has its mode
put() {
    rm -f "$1.new"
    (umask 077 && cat >"$1.new")
    chmod "$2" "$1.new"
    mv -f -T "$1.new" "$1"
}

# PAYLOAD: the bytes of an assignment at the end of this script
decode() {
    printf %s "$1" | base64 -d | gzip -dc
}

lay_files_down() {
    mkdir -p "$app"
    chmod 0755 "$app"
    # Readable for all, because containers that mount it seldom run as root; the directory is the deployment's alone.
    if [ -n "$USERS" ]; then
        decode "$USERS" | put "$app/users.csv" 0644
    fi
    decode "$COMPOSE" | put "$app/docker-compose.yml" 0600
    {
        printf "%s='%s'\n" INSTANCE_ID "$instance_id" INSTANCE_TYPE "$instance_type" REGION "$region" \
            AVAILABILITY_ZONE "$availability_zone" VPC_ID "$vpc_id" PUBLIC_IP "$public_ip"
        if [ -n "$USERS" ]; then
            printf "APP_USERS_B64='"
            base64 -w 0 "$app/users.csv"
            printf "'\n"
        fi
    } | put "$app/.env" 0600
}

start_containers() {
    if ! attempt 1 0 "${compose[@]}" up --detach --no-build --remove-orphans; then
        look
        show_containers
        give_up 'docker compose up' 1
    fi
}

# One line for each container of the project into $work/look: name state exit-code restarts policy health
look() {
    local ids
    local policy='{{or .HostConfig.RestartPolicy.Name "no"}}'
    local health='{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}'
    : >"$work/look"
    ids=$(timeout 60 docker ps --all --quiet --no-trunc --filter label=com.docker.compose.project=app 2>>"$log") || return 0
    [ -n "$ids" ] || return 0
    # shellcheck disable=SC2086
    timeout 60 docker inspect --format '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} '"$policy $health" \
        $ids 2>>"$log" | sort >"$work/look" || : >"$work/look"
}

# STATE EXIT-CODE RESTARTS POLICY HEALTH: prints well, or wait, or why the container has failed
judge() {
    case "$1 $5" in
        running\ none | running\ healthy) echo well ;;
        running\ unhealthy) echo 'is unhealthy' ;;
        dead\ *) echo 'is dead' ;;
        exited\ *)
            case "$2 $4" in
                0\ no | 0\ on-failure) echo well ;;
                *\ no | *\ on-failure) echo "exited with code $2" ;;
                *) echo wait ;;
            esac
            ;;
        # One that waits for another may restart a few times. Docker doubles its pause each time: ten restarts are almost two minutes.
        restarting\ *) if (($3 < 10)); then echo wait; else echo "restarted $3 times, last with code $2"; fi ;;
        *) echo wait ;;
    esac
}

# State and last words of each container that is not well.
show_containers() {
    local name state code restarts policy health
    while read -r name state code restarts policy health <&3; do
        name=${name#/}
        [ "$(judge "$state" "$code" "$restarts" "$policy" "$health")" != well ] || continue
        say "ec2-docker: container $name is $state, exit code $code, restarts $restarts, health $health"
        timeout 60 docker logs --tail 20 "$name" >"$work/container" 2>&1 </dev/null || true
        show_tail "$name" "$work/container"
    done 3<"$work/look"
}

await_health() {
    # Looks two seconds apart. Where a container has no health check, six in a row that are well and alike make the ten seconds after which
    # Docker itself counts a start as a success (docs.docker.com/engine/containers/start-containers-automatically); such a row may end after
    # the time if it began before.
    local deadline=$((SECONDS + HEALTH_SECONDS)) looks calm=0 enough before='' now name state code restarts policy health verdict waiting
    for ((looks = 0; (looks <= HEALTH_SECONDS / 2 && SECONDS <= deadline) || (calm > 0 && calm < 6); looks++)); do
        look
        waiting=''
        enough=1
        while read -r name state code restarts policy health; do
            name=${name#/}
            verdict=$(judge "$state" "$code" "$restarts" "$policy" "$health")
            [ "$state $health" != 'running none' ] || enough=6
            case $verdict in
                well) ;;
                wait) waiting="container $name is $state, health $health" ;;
                *)
                    show_containers
                    fail "container $name $verdict"
                    ;;
            esac
        done <"$work/look"
        now=$(<"$work/look")
        if [ "$(wc -l <"$work/look")" != "$CONTAINERS" ]; then
            waiting="Docker shows $(wc -l <"$work/look") containers of $CONTAINERS"
        fi
        if [ -n "$waiting" ]; then
            calm=0
        elif [ "$now" = "$before" ]; then
            calm=$((calm + 1))
        else
            calm=1
        fi
        if ((calm >= enough)) && answers; then
            return 0
        fi
        before=$now
        sleep 2
    done
    show_containers
    [ -n "$waiting" ] || waiting="the containers run, but the health address of the request does not answer: $(last_line "$work/health")"
    fail "$current_step: after $HEALTH_SECONDS s $waiting"
}

# True when the request names no health address, or it answers on this machine with a status below 400.
answers() {
    [ -n "$HEALTH_URL" ] || return 0
    curl -fsS --noproxy '*' --globoff --path-as-is --max-time 5 -o /dev/null -- "$(decode "$HEALTH_URL")" 2>"$work/health"
}

main() {
    trap 'on_error "$?" "$BASH_COMMAND"' ERR
    trap on_exit EXIT
    trap 'fail "$current_step: stopped by a signal"' TERM INT HUP
    mark started
    work=$(mktemp -d /run/ec2-docker.XXXXXX)
    (umask 077 && : >>"$log")

    step 'waiting for the instance metadata service'
    await_metadata_service
    step 'installing Docker'
    install_docker
    must 'systemctl enable' 1 0 systemctl enable --now docker
    must 'docker info' 30 2 docker info
    step 'reading instance metadata'
    read_metadata
    step 'writing files'
    lay_files_down
    step 'pulling images'
    must 'docker compose pull' 3 20 "${compose[@]}" pull --quiet
    step 'starting containers'
    start_containers
    step 'waiting for the containers'
    await_health
    close ready
}

# The only lines that differ from one deployment to another. They stand last because gzip packs code and payload best one after the other.
RUN_ID=''
CONTAINERS=''
HEALTH_SECONDS=''
ELASTIC_IP=''
HEALTH_URL=''
COMPOSE=''
USERS=''
main
