#!/bin/bash
set -Eeuo pipefail
umask 022
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
app=/opt/app
log=/var/log/ec2-docker.log
imds=http://169.254.169.254/latest
compose=(env -i PATH="$PATH" HOME="$HOME" docker compose --project-name app --project-directory "$app" --file "$app/docker-compose.yml")
docker_key=060A61C51B558A7F742B77AAC52FEB6B621E9F35
current_step=start
closed=no
answer=''
token=''
work=''
say() {
printf '%s\n' "$1" || true
{ printf '%s\n' "$1" >>/dev/console; } 2>/dev/null || true
}
step() {
current_step=$1
say "ec2-docker: $1"
}
close() {
[ "$closed" = no ] || return 0
closed=yes
mark "$1"
}
mark() {
{ printf '\n' >>/dev/console; } 2>/dev/null || true
say "ec2-docker: $1 (run $RUN_ID)"
}
fail() {
trap - ERR
local reason="$*"
reason=${reason//[^[:print:]]/ }
close "failed: ${reason:0:200}"
exit 1
}
on_error() {
[ "$BASHPID" = "$$" ] || exit "$1"
fail "$current_step: \`$2\` ended with status $1"
}
on_exit() {
close "failed: $current_step: the boot script ended early"
rm -rf "$work"
}
printable() {
tr -d '\000-\010\013-\037\177' | cut -b 1-400
}
show_tail() {
local line
tail -n 20 "$2" | printable >"$work/tail"
while IFS= read -r line || [ -n "$line" ]; do
say "ec2-docker: $1| $line"
done <"$work/tail"
}
last_line() {
grep -v '^[[:space:]]*$' "$1" | tail -n 1 || true
}
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
must() {
attempt "${@:2}" || give_up "$1" "$2"
}
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
ask() {
local try status=000
for ((try = 1; try <= 5; try++)); do
status=$(curl -sS --noproxy '*' --max-time 5 -o "$work/answer" -w '%{http_code}' \
-H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1" 2>>"$log") || status=000
case $status in
200)
answer=$(<"$work/answer")
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
need() {
ask "$1"
[ -n "$answer" ] || fail "$current_step: the instance metadata service has no $1"
}
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
id=$(. /etc/os-release && printf %s "$ID")
version=$(. /etc/os-release && printf %s "${VERSION_ID:-}")
case "$id $version" in
ubuntu\ *) install_with_apt docker.io docker-compose-v2 ;;
debian\ *) install_with_apt docker.io docker-compose ;;
amzn\ 2023*) install_on_amazon_linux ;;
*)
fail "$current_step: no way known to install Docker with the Compose plugin on $id $version;" \
'use ubuntu-22.04, ubuntu-24.04, al2023 or an AMI that has both'
;;
esac
docker compose version >>"$log" 2>&1 || fail "$current_step: Docker is installed on $id $version, but \`docker compose\` does not work"
}
install_with_apt() {
local apt=(apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3) try
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
must 'fetching the signing key of Docker' 5 10 curl -fsSL --max-time 60 -o "$key" https://download.docker.com/linux/centos/gpg
found=$(GNUPGHOME=$work gpg --batch --with-colons --show-keys "$key" 2>>"$log" \
| awk -F: '$1 == "pub" { key = 1 } $1 == "fpr" && key { print $10; key = 0 }')
[ "$found" = "$docker_key" ] \
|| fail "$current_step: download.docker.com serves a signing key that is not Docker's (fingerprint ${found:-none})"
put /etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker 0644 <"$key"
printf '%s\n' '[ec2-docker]' 'name=Docker Compose plugin' "baseurl=https://download.docker.com/linux/centos/9/\$basearch/stable" \
enabled=0 gpgcheck=1 gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-ec2-docker includepkgs=docker-compose-plugin \
| put /etc/yum.repos.d/ec2-docker.repo 0644
must 'dnf install docker-compose-plugin' 3 15 \
dnf -q -y --enablerepo=ec2-docker --setopt=install_weak_deps=False install docker-compose-plugin
}
put() {
rm -f "$1.new"
(umask 077 && cat >"$1.new")
chmod "$2" "$1.new"
mv -f -T "$1.new" "$1"
}
decode() {
printf %s "$1" | base64 -d | gzip -dc
}
lay_files_down() {
mkdir -p "$app"
chmod 0755 "$app"
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
look() {
local ids
local policy='{{or .HostConfig.RestartPolicy.Name "no"}}'
local health='{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}'
: >"$work/look"
ids=$(timeout 60 docker ps --all --quiet --no-trunc --filter label=com.docker.compose.project=app 2>>"$log") || return 0
[ -n "$ids" ] || return 0
timeout 60 docker inspect --format '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} '"$policy $health" \
$ids 2>>"$log" | sort >"$work/look" || : >"$work/look"
}
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
restarting\ *) if (($3 < 10)); then echo wait; else echo "restarted $3 times, last with code $2"; fi ;;
*) echo wait ;;
esac
}
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
RUN_ID='20260101-120000-0a1b2c3d'
CONTAINERS='2'
HEALTH_SECONDS='90'
ELASTIC_IP='yes'
HEALTH_URL='packed: http://127.0.0.1:8080/health?full=1'
COMPOSE='packed: SHA-256 2dd6560ec047e68864b079928edda6d8faaa873ea40c47eacd532050c8049c90'
USERS='packed: SHA-256 799bf31c387e6184502d9352681bc303c10f28f237d59c9806f2c1e341b343a5'
main
