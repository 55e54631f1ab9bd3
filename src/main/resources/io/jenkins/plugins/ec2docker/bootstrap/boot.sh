#!/bin/bash
# First boot of a deployment's instance: installs Docker where it is missing, lays the files down, starts the containers, waits until they are
# well, and says how it ended in one closing line on the console. May be run again: the second run changes nothing.
#
# No text of a user is ever part of this script. What depends on the request stands in the assignments at its end, which the engine fills in:
# numbers, and base64 of gzip, which is decoded into files and never evaluated. Lines of comment are left out of what is shipped.
set -Eeuo pipefail
umask 022
# LC_ALL=C makes [:print:] mean ASCII, so that no control character of whatever encoding gets into a closing line.
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l

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

say() { # LINE: to stdout, which cloud-init logs, and to the console, of which EC2 keeps the last 64 KiB
    printf '%s\n' "$1" || true
    { printf '%s\n' "$1" >>/dev/console; } 2>/dev/null || true
}

step() { # NAME
    current_step=$1
    say "ec2-docker: $1"
}

close() { # RESULT: the closing line; the first one is the only one
    [ "$closed" = no ] || return 0
    closed=yes
    mark "$1"
}

mark() { # TEXT: a line with the run's id, on a line of its own even behind a login prompt
    { printf '\n' >>/dev/console; } 2>/dev/null || true
    say "ec2-docker: $1 (run $RUN_ID)"
}

fail() { # REASON
    trap - ERR
    local reason=${1//[^[:print:]]/ }
    close "failed: ${reason:0:200}"
    exit 1
}

on_error() { # STATUS COMMAND: an unforeseen failure; in a subshell only its status counts, for the main shell will see it
    [ "$BASHPID" = "$$" ] || exit "$1"
    fail "$current_step: \`$2\` ended with status $1"
}

on_exit() {
    close "failed: $current_step: the boot script ended early"
    rm -rf "$work"
}

printable() { # cuts each line of stdin to 400 bytes without control characters
    tr -d '\000-\010\013-\037\177' | cut -b 1-400
}

show_tail() { # PREFIX FILE: the last 20 lines of FILE on the console; the prefix keeps them from being taken for a closing line
    local line
    tail -n 20 "$2" | printable >"$work/tail"
    while IFS= read -r line || [ -n "$line" ]; do
        say "ec2-docker: $1| $line"
    done <"$work/tail"
}

last_line() { # FILE: its last line that is not blank
    grep -v '^[[:space:]]*$' "$1" | tail -n 1 || true
}

attempt() { # TRIES PAUSE COMMAND...: runs COMMAND until it succeeds, its output in the log alone; the script fails when no try is left
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

must() { # WHAT TRIES PAUSE COMMAND...: attempt, or the end of the boot with the command's last line as the reason
    attempt "${@:2}" || give_up "$1" "$2"
}

give_up() { # WHAT TRIES
    local times=''
    show_tail "$1" "$work/output"
    if grep -qi toomanyrequests "$work/output"; then
        fail "$current_step: Docker Hub allows no more anonymous pulls from this address (toomanyrequests); wait some hours or use images of another registry"
    fi
    (($2 == 1)) || times=" $2 times"
    fail "$current_step: $1 failed$times: $(last_line "$work/output")"
}

ask() { # PATH: a value of the instance metadata service into $answer; a value that does not exist (404) is empty
    local try status=000
    for ((try = 1; try <= 5; try++)); do
        status=$(curl -sS --noproxy '*' --max-time 5 -o "$work/answer" -w '%{http_code}' -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1" 2>>"$log") || status=000
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

need() { # PATH: as ask, but the value must exist
    ask "$1"
    [ -n "$answer" ] || fail "$current_step: the instance metadata service has no $1"
}

await_metadata_service() { # IMDSv2: a session token first. Up to two minutes, for the network may come up after this script.
    local try
    for ((try = 1; try <= 60 && SECONDS <= 120; try++)); do
        if token=$(curl -fsS --noproxy '*' --max-time 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 21600' "$imds/api/token" 2>>"$log"); then
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
        *) fail "$current_step: no way known to install Docker with the Compose plugin on $id $version; use ubuntu-22.04, ubuntu-24.04, al2023 or an AMI that has both" ;;
    esac
    docker compose version >>"$log" 2>&1 || fail "$current_step: Docker is installed on $id $version, but \`docker compose\` does not work"
}

install_with_apt() { # PACKAGE...
    # unattended-upgrades may hold the lock in the first minutes of a new instance.
    local apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
    must 'apt-get update' 5 15 "${apt[@]}" update
    must 'apt-get install' 3 15 "${apt[@]}" install --no-install-recommends "$@"
}

install_on_amazon_linux() {
    local key=$work/docker.gpg found
    must 'dnf install docker' 3 15 dnf -q -y install docker
    # Amazon Linux has no package of the Compose plugin. Docker's for Enterprise Linux 9 is a single static binary that fits.
    must 'fetching the signing key of Docker' 5 10 curl -fsSL --max-time 60 -o "$key" https://download.docker.com/linux/centos/gpg
    found=$(GNUPGHOME=$work gpg --batch --with-colons --show-keys "$key" 2>>"$log" | awk -F: '$1 == "pub" { key = 1 } $1 == "fpr" && key { print $10; key = 0 }')
    [ "$found" = "$docker_key" ] || fail "$current_step: download.docker.com serves a signing key that is not Docker's (fingerprint ${found:-none})"
    put /etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker 0644 <"$key"
    printf '%s\n' '[ec2-docker]' 'name=Docker Compose plugin' "baseurl=https://download.docker.com/linux/centos/9/\$basearch/stable" \
        enabled=0 gpgcheck=1 gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker includepkgs=docker-compose-plugin | put /etc/yum.repos.d/ec2-docker.repo 0644
    # Its weak dependency, docker-buildx-plugin, has a file that Amazon's docker brings as well.
    must 'dnf install docker-compose-plugin' 3 15 dnf -q -y --enablerepo=ec2-docker --setopt=install_weak_deps=False install docker-compose-plugin
}

put() { # PATH MODE: stdin becomes PATH in one step, so that nobody sees half a file or, before its time, a readable one
    rm -f "$1.new"
    (umask 077 && cat >"$1.new")
    chmod "$2" "$1.new"
    mv -f -T "$1.new" "$1"
}

decode() { # PAYLOAD
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

look() { # one line for each container of the project into $work/look: name state exit-code restarts policy health
    local ids
    : >"$work/look"
    ids=$(timeout 60 docker ps --all --quiet --no-trunc --filter label=com.docker.compose.project=app 2>>"$log") || return 0
    [ -n "$ids" ] || return 0
    # shellcheck disable=SC2086
    timeout 60 docker inspect --format '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{or .HostConfig.RestartPolicy.Name "no"}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' \
        $ids 2>>"$log" | sort >"$work/look" || : >"$work/look"
}

judge() { # STATE EXIT-CODE RESTARTS POLICY HEALTH: prints well, wait, or why the container has failed
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

show_containers() { # state and last words of each container that is not well
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
    # Looks two seconds apart; six in a row that are well and alike are the ten seconds after which Docker itself takes a start for a success.
    # Calm that began in time may end after it.
    local deadline=$((SECONDS + HEALTH_SECONDS)) looks calm=0 before='' now name state code restarts policy health verdict waiting
    for ((looks = 0; (looks <= HEALTH_SECONDS / 2 && SECONDS <= deadline) || (calm > 0 && calm < 6); looks++)); do
        look
        waiting=''
        while read -r name state code restarts policy health; do
            name=${name#/}
            verdict=$(judge "$state" "$code" "$restarts" "$policy" "$health")
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
        if ((calm >= 6)) && answers; then
            return 0
        fi
        before=$now
        sleep 2
    done
    show_containers
    fail "$current_step: after $HEALTH_SECONDS s ${waiting:-the containers run, but the health address of the request does not answer: $(last_line "$work/health")}"
}

answers() { # the request's health address on this machine, when it has one: any status below 400
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
