# Completes the launch of an instance of an Auto Scaling group: stands before main of boot.sh. The group lets an instance serve once it has
# heard CONTINUE, and replaces one at once of which it hears ABANDON.
#
# Signed here and not by curl: the one of Ubuntu 22.04 leaves the session token out of its signature. None of the keys is an argument of a
# process.
launched=no

on_exit() {
    trap '' TERM INT HUP
    trap - ERR
    set +e
    close "failed: $current_step: the boot script ended early"
    [ "$launched" = yes ] || [ -z "$token" ] || complete ABANDON
    rm -rf "$work"
}

# RESULT: false where the group has not taken it
complete() {
    local try
    for ((try = 1; try <= 5; try++)); do
        if call_group "$1"; then
            launched=yes
            return 0
        fi
        ((try == 5)) || sleep 3
    done
    return 1
}

# PATH: of the instance metadata service, on stdout
metadata() {
    curl -fsS --noproxy '*' --max-time 5 -H "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1" 2>>"$log"
}

# NAME JSON: the value of a field
field() {
    printf '%s' "$2" | tr -d '\n' | sed 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/'
}

# stdin: its SHA-256 in hex
digest() {
    sha256sum | cut -d ' ' -f 1
}

# RESULT: Signature Version 4, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
call_group() {
    local id where domain role keys session host body stamp scope signed hash signature status
    id=$(metadata instance-id) && where=$(metadata placement/region) && domain=$(metadata services/domain) || return 1
    role=$(metadata iam/security-credentials/) && keys=$(metadata "iam/security-credentials/$role") || return 1
    session=$(field Token "$keys")
    host=autoscaling.$where.$domain
    body="Action=CompleteLifecycleAction&AutoScalingGroupName=$GROUP&InstanceId=$id&LifecycleActionResult=$1"
    body+='&LifecycleHookName=containers-healthy&Version=2011-01-01'
    stamp=$(date -u +%Y%m%dT%H%M%SZ)
    scope=${stamp%T*}/$where/autoscaling/aws4_request
    signed='content-type;host;x-amz-date;x-amz-security-token'
    hash=$(printf %s "$body" | digest)
    hash=$(printf 'POST\n/\n\ncontent-type:application/x-www-form-urlencoded\nhost:%s\nx-amz-date:%s\nx-amz-security-token:%s\n\n%s\n%s' \
        "$host" "$stamp" "$session" "$signed" "$hash" | digest)
    signature=$(printf '%s\n%s\n%s\nautoscaling\nAWS4-HMAC-SHA256\n%s\n%s\n%s' "$(field SecretAccessKey "$keys")" "${stamp%T*}" "$where" \
        "$stamp" "$scope" "$hash" | sign 2>>"$log") || return 1
    status=$(printf 'header = "X-Amz-Security-Token: %s"\nheader = "Authorization: AWS4-HMAC-SHA256 %s"\n' "$session" \
        "Credential=$(field AccessKeyId "$keys")/$scope, SignedHeaders=$signed, Signature=$signature" \
        | curl -sS --max-time 20 --config - -H "X-Amz-Date: $stamp" -H 'Content-Type: application/x-www-form-urlencoded' \
            --data "$body" -o "$work/output" -w '%{http_code}' "https://$host/" 2>>"$log") || return 1
    [ "$status" = 200 ] || { printf '\n' >>"$work/output"; cat "$work/output" >>"$log"; return 1; }
}

# stdin: secret key, date, region and service on a line each, and then what is to be signed. Whatever runs cloud-init has Python 3.
sign() {
    local program='import sys, hmac, functools; a = sys.stdin.read().split("\n", 4); h = lambda k, m: hmac.new(k, m.encode(), "sha256")'
    program+='; k = functools.reduce(lambda k, m: h(k, m).digest(), a[1:4] + ["aws4_request"], ("AWS4" + a[0]).encode())'
    program+='; print(h(k, a[4]).hexdigest())'
    python3 -c "$program"
}

serve() {
    step 'telling the Auto Scaling group'
    complete CONTINUE || give_up 'CompleteLifecycleAction' 5
}
