#!/bin/bash
# Redeploys the containers of an instance that has booted: stands in place of main behind the functions of boot.sh. Runs as root, by the
# Systems Manager agent. The images of the new Compose file are pulled before anything is done to the containers, and where the new ones do
# not get well the file before comes back at once. The engine fills the assignments at the end in, as in boot.sh.
#
# Two of these never work at the same time. The one that was sent last has its way: it asks the other one to stop and waits for it, and one
# that arrives after a later one has begun does nothing.
# None of these names may be one of a local variable of boot.sh: on_exit also runs within its functions.
lock=/run/ec2-docker.lock
file=$app/docker-compose.yml
next=$app/docker-compose.yml.next
previous=$app/docker-compose.yml.before
compose_next=(env -i PATH="$PATH" HOME="$HOME" docker compose --project-name app --project-directory "$app" --file "$next")
compose_previous=(env -i PATH="$PATH" HOME="$HOME" docker compose --project-name app --project-directory "$app" --file "$previous")
switched=no

# TEXT: on stderr as well, because of stdout Systems Manager keeps the beginning alone
mark() {
    say "ec2-docker: $1 (run $RUN_ID)"
    printf '%s\n' "ec2-docker: $1 (run $RUN_ID)" >&2 || true
}

on_exit() {
    trap '' TERM INT HUP
    trap - ERR
    set +e
    close "failed: $current_step: the script ended early"
    [ "$switched" = no ] || bring_back
    rm -rf "$work" "$next"
}

# After the closing line, which says why.
bring_back() {
    [ -f "$previous" ] || return 0
    say 'ec2-docker: bringing the containers before these back'
    put "$file" 0600 <"$previous"
    attempt 1 0 "${compose[@]}" up --detach --no-build --remove-orphans || show_tail 'docker compose up' "$work/output"
}

take_turn() {
    local turn='' holder=''
    exec 9<>"$lock"
    if ! flock --nonblock 9; then
        read -r turn holder <"$lock" || true
        require_turn "$turn"
        step 'waiting for another redeployment to stop'
        if [[ $holder =~ ^[0-9]+$ ]]; then
            # Its child as well, for bash heeds a signal only when that has ended.
            kill -TERM "$holder" 2>>"$log" || true
            pkill -TERM --parent "$holder" 2>>"$log" || true
        fi
        flock --wait 300 9 || fail "$current_step: it has not stopped after 300 s"
    fi
    read -r turn holder <"$lock" || true
    require_turn "$turn"
    printf '%s %s\n' "$TURN" "$$" >"$lock"
}

# TURN: of the one that had the lock last
require_turn() {
    if [[ $1 =~ ^[0-9]+$ ]] && (($1 > TURN)); then
        fail 'a later redeployment has been made'
    fi
}

# The Compose file that counts with other images. What else stands in it, which may be secret, never leaves the instance. The engine writes
# every string in double quotes and none over several lines, so that a service and its image are lines of their own.
write_next() {
    local program='FNR == NR { image[$2] = $4; next }'
    program+=' /^  "[^"]*":$/ { service = $2 }'
    program+=' /^    "image": ".*"$/ && service in image { print "    \"image\": \"" image[service] "\""; found++; next }'
    program+=' { print } END { exit found == services ? 0 : 3 }'
    [ -f "$file" ] || fail "$current_step: there is no $file"
    decode "$IMAGES" >"$work/images"
    awk -F '"' -v services="$CONTAINERS" "$program" "$work/images" "$file" | put "$next" 0600 \
        || fail "$current_step: $file has other containers than were expected"
}

# What ran before what runs now is not gone back to any more. Docker keeps images that containers have.
clear_away() {
    local image
    [ -f "$previous" ] || return 0
    timeout 60 "${compose_previous[@]}" config --images >"$work/images" 2>>"$log" </dev/null || return 0
    while IFS= read -r image; do
        timeout 300 docker image rm "$image" >>"$log" 2>&1 </dev/null || true
    done <"$work/images"
}

main() {
    trap 'on_error "$?" "$BASH_COMMAND"' ERR
    trap on_exit EXIT
    trap 'fail "$current_step: stopped by a signal"' TERM INT HUP
    mark started
    work=$(mktemp -d /run/ec2-docker.XXXXXX)
    (umask 077 && : >>"$log")
    take_turn
    step 'writing files'
    write_next
    # Done once more after it was cut off, the file before is still the one to come back.
    local fresh=no
    cmp --silent "$next" "$file" || fresh=yes
    if [ "$PULL" = yes ]; then
        [ "$fresh" = no ] || clear_away
        step 'pulling images'
        must 'docker compose pull' 3 20 "${compose_next[@]}" pull --quiet
    fi
    step 'starting containers'
    [ "$fresh" = no ] || put "$previous" 0600 <"$file"
    # What is sent without a pull is what is brought back: behind it there is nothing good.
    switched=$PULL
    mv -f -T "$next" "$file"
    start_containers
    step 'waiting for the containers'
    await_health
    switched=no
    close ready
}

RUN_ID=''
TURN=''
PULL=''
CONTAINERS=''
HEALTH_SECONDS=''
HEALTH_URL=''
IMAGES=''
main
