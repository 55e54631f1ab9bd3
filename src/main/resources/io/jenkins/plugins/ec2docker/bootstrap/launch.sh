# What an instance of an Auto Scaling group does beside: stands before main of boot.sh. It completes its launch: the group lets an instance
# serve once it has heard CONTINUE, and replaces one at once of which it hears ABANDON. And it asks AWS, as its role, for what the containers
# need of it: a way into Amazon ECR, and into the database.
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
    log_out
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

# RESULT
call_group() {
    local id where body
    id=$(metadata instance-id) && where=$(metadata placement/region) || return 1
    body="Action=CompleteLifecycleAction&AutoScalingGroupName=$GROUP&InstanceId=$id&LifecycleActionResult=$1"
    body+='&LifecycleHookName=containers-healthy&Version=2011-01-01'
    call_aws autoscaling "$where" autoscaling application/x-www-form-urlencoded '' "$body"
}

# SERVICE REGION HOST TYPE TARGET BODY: the answer into $work/output; false where that is no success. A form has no target.
# Signature Version 4, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
call_aws() {
    local domain role keys session host stamp scope signed headers hash signature status
    domain=$(metadata services/domain) && role=$(metadata iam/security-credentials/) || return 1
    keys=$(metadata "iam/security-credentials/$role") || return 1
    session=$(field Token "$keys")
    host=$3.$2.$domain
    stamp=$(date -u +%Y%m%dT%H%M%SZ)
    scope=${stamp%T*}/$2/$1/aws4_request
    signed='content-type;host;x-amz-date;x-amz-security-token'
    headers=$(printf 'content-type:%s\nhost:%s\nx-amz-date:%s\nx-amz-security-token:%s' "$4" "$host" "$stamp" "$session")
    if [ -n "$5" ]; then
        signed+=';x-amz-target'
        headers+=$(printf '\nx-amz-target:%s' "$5")
    fi
    hash=$(printf %s "$6" | digest)
    hash=$(printf 'POST\n/\n\n%s\n\n%s\n%s' "$headers" "$signed" "$hash" | digest)
    signature=$(printf '%s\n%s\n%s\n%s\nAWS4-HMAC-SHA256\n%s\n%s\n%s' "$(field SecretAccessKey "$keys")" "${stamp%T*}" "$2" "$1" \
        "$stamp" "$scope" "$hash" | sign 2>>"$log") || return 1
    # A header without a value is one that curl leaves out.
    status=$(printf 'header = "X-Amz-Security-Token: %s"\nheader = "Authorization: AWS4-HMAC-SHA256 %s"\n' "$session" \
        "Credential=$(field AccessKeyId "$keys")/$scope, SignedHeaders=$signed, Signature=$signature" \
        | curl -sS --max-time 20 --config - -H "X-Amz-Date: $stamp" -H "Content-Type: $4" -H "X-Amz-Target: $5" \
            --data "$6" -o "$work/output" -w '%{http_code}' "https://$host/" 2>>"$log") || return 1
    [ "$status" = 200 ] || { printf '\n' >>"$work/output"; cat "$work/output" >>"$log"; return 1; }
}

# WHAT COMMAND...: five times, for it takes AWS some seconds until a new policy of the role holds everywhere
persist() {
    local what=$1 try
    shift
    for ((try = 1; try <= 5; try++)); do
        if "$@"; then
            return 0
        fi
        ((try == 5)) || sleep 3
    done
    give_up "$what" 5
}

# Docker gets a password of twelve hours for each registry of Amazon ECR that images come from, until this script ends.
log_in() {
    local registry
    [ -n "$REGISTRIES" ] || return 0
    step 'logging in to Amazon ECR'
    for registry in ${REGISTRIES//\// }; do
        persist "logging in to $registry" log_in_to "$registry"
    done
}

log_in_to() {
    local where=${1#*.dkr.ecr.} password
    where=${where%%.*}
    call_aws ecr "$where" api.ecr application/x-amz-json-1.1 AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken '{}' || return 1
    password=$(field authorizationToken "$(<"$work/output")" | base64 -d)
    printf %s "${password#*:}" | docker login --username AWS --password-stdin "$1" >"$work/output" 2>&1
}

log_out() {
    local registry
    for registry in ${REGISTRIES//\// }; do
        docker logout "$registry" >>"$log" 2>&1
    done
}

# What the containers learn of the database: Terraform has written down where it is, and Secrets Manager has who may use it.
add_database() {
    [ -n "$DATABASE" ] || return 0
    step 'asking for the database'
    persist 'GetParameter of the database' call_aws ssm "$region" ssm application/x-amz-json-1.1 AmazonSSM.GetParameter \
        "{\"Name\":\"/ec2-docker/$GROUP/database\"}"
    environment 'd = json.loads(d["Parameter"]["Value"]); s = d.pop("secret")' >"$work/place"
    persist 'GetSecretValue of the database' call_aws secretsmanager "$region" secretsmanager application/x-amz-json-1.1 \
        secretsmanager.GetSecretValue "{\"SecretId\":\"$(tail -n 1 "$work/place")\"}"
    environment 'd = json.loads(d["SecretString"]); d = {k: d[k] for k in ("username", "password")}; s = ""' >"$work/user"
    : >"$work/output"
    {
        cat "$app/.env"
        grep -h '^DATABASE_' "$work/place" "$work/user"
    } | put "$app/.env" 0600
}

# PROGRAM: Python that makes of the answer d the values by their names, and s for a last line. RDS puts no quote into a password.
environment() {
    local program='import sys, json; d = json.load(sys.stdin); '$1
    program+='; v = ["DATABASE_%s=\x27%s\x27" % (k.upper(), d[k]) for k in sorted(d)]; assert not any(c in d[k] for k in d for c in "\x27\n")'
    program+='; print("\n".join(v + [s]))'
    python3 -c "$program" <"$work/output" 2>>"$log" || fail "$current_step: the answer is not as it should be"
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
