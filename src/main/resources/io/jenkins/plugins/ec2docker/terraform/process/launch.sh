#!/bin/sh
# Runs one command so that only its own end, or a signal to its own pid, stops it: a session of its own (a terminal's Ctrl-C reaches a
# whole foreground group), input from nowhere, output into files (never a pipe that dies with its reader). The run directory alone then
# tells any later reader what became of it:
#   pid     of the command itself, with the kernel's start time of it, and the same of this guard; appears once, whole, before the command begins
#   exit    its exit code; appears once, whole, after its end
#   stdout, stderr, launcher.log, interrupted (present once an interrupt was sent)
#
#   launch.sh start RUN_DIR WORK_DIR NAMES COMMAND [ARG ...]   NAMES: the environment variables to keep, separated by spaces; others are removed
#   launch.sh interrupt RUN_DIR                                sends SIGINT, at most once; exit 0 sent, 3 was sent before, 4 nothing to send it to
#
# Values of variables appear neither in arguments nor in files.
set -u
umask 077

# Field 22 of /proc/PID/stat counts clock ticks since boot and tells a reused pid from the one we started; elsewhere ps knows it by the second.
start_time() { # PID
    if [ -r "/proc/$1/stat" ]; then
        IFS= read -r stat <"/proc/$1/stat" || return 1
        set -- ${stat##*) }
        case $1 in Z | X) return 1 ;; esac # over, though nobody has asked for its end yet
        shift 19
        printf '%s\n' "$1"
    else
        LC_ALL=C ps -o lstart= -p "$1" | tr -s ' ' '_'
    fi
}

boot_id() {
    if [ -r /proc/sys/kernel/random/boot_id ]; then cat /proc/sys/kernel/random/boot_id; else echo none; fi
}

# Whoever starts a JVM in the background of a script makes all its children ignore SIGINT, until a program asks for the signal itself. Terraform
# does, but not in its first 50 ms, in which an interrupt would be lost for good.
ignores_interrupt() { # PID
    mask=$(sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null)
    case $mask in *[2367abef]) return 0 ;; *) return 1 ;; esac
}

value_of() { # NAME FILE
    sed -n "s/^$1=//p" "$2"
}

case $1 in
start)
    run=$2 work=$3 keep=" $4 "
    shift 4
    exec </dev/null >>"$run/launcher.log" 2>&1
    for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
        case $keep in
        *" $name "*) ;;
        *) command unset "$name" 2>/dev/null || : ;;
        esac
    done
    # A fresh process image, so that the kernel too shows only what was kept.
    # Where setsid can fork, the caller is rid of its child at once: a JVM keeps a thread for each child that lives.
    if setsid --fork true >/dev/null 2>&1; then
        exec setsid --fork sh "$0" guard session "$run" "$work" "$@"
    elif command -v setsid >/dev/null 2>&1; then
        exec setsid sh "$0" guard session "$run" "$work" "$@"
    fi
    exec sh "$0" guard group "$run" "$work" "$@"
    ;;

guard)
    apart=$2 run=$3 work=$4
    shift 4
    ulimit -c 0 2>/dev/null || : # a core file would hold the session's keys
    # Handled, not ignored: what a shell ignores its children would ignore as well, and an early interrupt would be lost.
    trap : HUP INT QUIT TERM
    # Without setsid, job control gives the command a process group of its own. A shell without a terminal may refuse; then no Ctrl-C can come.
    if [ "$apart" = group ] && set -m 2>/dev/null && case $- in *m*) true ;; *) false ;; esac then
        sh "$0" child "$run" "$work" "$@" >"$run/stdout" 2>"$run/stderr" &
        child=$!
        code=0
        while :; do
            wait "$child"
            code=$?
            kill -0 "$child" 2>/dev/null || break # else a signal to this guard ended the wait, not the command
        done
    else
        sh "$0" child "$run" "$work" "$@" >"$run/stdout" 2>"$run/stderr"
        code=$?
    fi
    # A provider outlives a Terraform that was killed. All of this session is the command's and ours, and we handle the signal.
    [ "$apart" != session ] || kill -TERM 0
    printf '%s\n' "$code" >"$run/exit.new" && mv "$run/exit.new" "$run/exit"
    ;;

child)
    run=$2 work=$3
    shift 3
    cd "$work" || exit 125
    printf 'pid=%s\nstart=%s\nguard=%s\nguard_start=%s\nboot=%s\nend\n' \
        $$ "$(start_time $$)" "$PPID" "$(start_time "$PPID")" "$(boot_id)" >"$run/pid.$$" || exit 125
    # A link fails where the name exists: whoever gave up on this run and took the name first has won, and the command does not begin.
    if ln "$run/pid.$$" "$run/pid" 2>/dev/null; then
        rm -f "$run/pid.$$"
    elif [ ! -e "$run/pid" ]; then
        mv "$run/pid.$$" "$run/pid" || exit 125 # a file system without hard links
    else
        rm -f "$run/pid.$$"
        echo "launch.sh: the run was given up before the command began" >&2
        exit 125
    fi
    exec "$@"
    ;;

interrupt)
    run=$2
    [ -s "$run/pid" ] && [ ! -e "$run/exit" ] || exit 4
    pid=$(value_of pid "$run/pid")
    [ -n "$pid" ] && [ "$(value_of boot "$run/pid")" = "$(boot_id)" ] && [ "$(value_of start "$run/pid")" = "$(start_time "$pid" 2>/dev/null)" ] || exit 4
    # Waited for before it is noted: between note and signal there must be no time in which this script can be killed, for the interrupt would be
    # lost for good.
    looks=0
    while [ ! -e "$run/interrupted" ] && ignores_interrupt "$pid" && [ $looks -lt 100 ]; do
        sleep 0.02 2>/dev/null || sleep 1
        looks=$((looks + 1))
    done
    # Noted before it is sent: Terraform exits at once on a second interrupt and may lose what it was creating.
    (set -C && date -u +%Y-%m-%dT%H:%M:%SZ >"$run/interrupted") 2>/dev/null || exit 3
    kill -INT "$pid" || exit 4
    ;;

*)
    echo "launch.sh: unknown command $1" >&2
    exit 2
    ;;
esac
