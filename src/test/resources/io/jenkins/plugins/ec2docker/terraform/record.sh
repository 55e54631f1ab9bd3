#!/usr/bin/env bash
# Records the streams and documents beside this file from the real Terraform and AWS provider against moto. Run it by hand when either changes:
#   PROVIDER_MIRROR=DIR record.sh     DIR holds registry.terraform.io/hashicorp/aws/...
# Recorded last with Terraform 1.11.4, AWS provider 5.100.0, moto 5.2.1. Nothing is edited afterwards.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here" && git rev-parse --show-toplevel)
work=$(mktemp -d)
trap 'rm -rf "$work"; exec 3>&-' EXIT

cp -r "$top/terraform-templates/instance/." "$work"
mkdir -p "$work/bootstrap"
head -c 2000 /dev/zero | tr '\0' 'x' >"$work/bootstrap/user-data"
cat >"$work/cli.tfrc" <<END
disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = "$PROVIDER_MIRROR"
    include = ["registry.terraform.io/hashicorp/*"]
  }
}
END

# The server ends with its standard input.
mkfifo "$work/alive"
python3 "$top/src/test/moto/serve.py" <"$work/alive" >"$work/port" 2>"$work/moto.log" &
exec 3>"$work/alive"
until [ -s "$work/port" ]; do sleep 0.1; done
export TF_CLI_CONFIG_FILE=$work/cli.tfrc TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1 AWS_EC2_METADATA_DISABLED=true
export AWS_ENDPOINT_URL=http://127.0.0.1:$(cat "$work/port") AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=eu-central-1

variables() { # JSON members to change
    python3 - "$@" >"$work/terraform.tfvars.json" <<'END'
import json, sys
generation = dict(instance_type="t3.small", architecture="x86_64", machine_image="ubuntu-22.04", ports=[{"port": 80, "protocol": "tcp"}],
                  ingress_cidrs=["0.0.0.0/0"], elastic_ip=True, url_port=80)
generation.update(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {})
variables = dict(deployment_id="shop-0a1b2c3d", deployment_name="shop", region="eu-central-1", generations={"first": generation},
                 serving="first", tags={"team": "web"}, max_retries=1)
json.dump(variables, sys.stdout)
END
}
record() { # NAME ARGUMENTS...
    local name=$1
    shift
    (cd "$work" && terraform "$@") >"$here/$name" 2>/dev/null || true
}

variables
record init.jsonl init -json -input=false -lockfile=readonly
record validate.json validate -json
record plan-create.jsonl plan -json -input=false -out=p
record show-create.json show -json p
record apply-create.jsonl apply -json -input=false p
record output.json output -json
cp "$work/terraform.tfstate" "$here/state-created.json"
record ignored.json plan -input=false -out=p
record show-unchanged.json show -json p
head -c 2000 /dev/zero | tr '\0' 'y' >"$work/bootstrap/user-data"
record ignored.json plan -input=false -out=p
record show-replace.json show -json p
record apply-replace.jsonl apply -json -input=false p
record ignored.json plan -input=false -destroy -out=p
record show-destroy.json show -json p
record apply-destroy.jsonl apply -json -input=false p
cp "$work/terraform.tfstate" "$here/state-empty.json"

variables '{"key_name": "nobodys-key"}'
record ignored.json plan -input=false -out=p
record apply-no-such-key.jsonl apply -json -input=false p
cp "$work/terraform.tfstate" "$here/state-half.json"
record ignored.json apply -destroy -auto-approve -input=false
variables '{"instance_type": "big"}'
record plan-bad-variable.jsonl plan -json -input=false
variables '{"machine_image": "ami-0123456789abcdef0"}'
AWS_ENDPOINT_URL=http://127.0.0.1:9 record plan-unreachable.jsonl plan -json -input=false
variables
AWS_ACCESS_KEY_ID='' AWS_SECRET_ACCESS_KEY='' HOME=$work record plan-no-credentials.jsonl plan -json -input=false
echo 'resource "aws_instance" "broken" { ami = 1 bmi = 2 }' >"$work/broken.tf"
record validate-broken.json validate -json
printf 'resource "aws_instance" "broken" {\n  amy = 1\n}\n' >"$work/broken.tf"
record validate-unsupported.json validate -json
rm "$work/broken.tf"
sed -i 's/5\.100\.0/5.99.9/' "$work/.terraform.lock.hcl"
rm -rf "$work/.terraform"
record init-no-such-provider.jsonl init -json -input=false -lockfile=readonly
rm "$here/ignored.json"
ls -l "$here"
