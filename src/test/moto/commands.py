"""What moto does not do of Systems Manager, and a test needs: agents that really run what SendCommand sends.

A fixture and no part of moto, where DescribeInstanceInformation is missing and every command has succeeded at once with no output. Here an
instance is managed while it runs and has an instance profile whose role has AmazonSSMManagedInstanceCore. A script is sent to where
instances are booted (see instances.py), to URL/commands/INSTANCE, and really executed there; what comes back is what GetCommandInvocation
tells, cut as AWS cuts it. Where instances are booted nowhere every redeployment has gone well at once. Told by POST, which answers 204, to

/ec2-docker-fixture/ping/INSTANCE   its PingStatus from now on, such as ConnectionLost; NotManaged for an instance without an agent

POST to /moto-api/reset resets all of this as well.
"""
import base64
import gzip
import json
import re
import threading
import urllib.request
import uuid

from moto.core.responses import ActionResult
from moto.ec2 import ec2_backends
from moto.ssm.exceptions import SSMException
from moto.ssm.responses import SimpleSystemManagerResponse

import instances

PATH = "/ec2-docker-fixture/ping/"
POLICY = "/AmazonSSMManagedInstanceCore"
# API_GetCommandInvocation, "StandardOutputContent" and "StandardErrorContent".
OUTPUT, ERRORS = 24000, 8000

_pings = {}
_commands = {}


def is_managed(instance) -> bool:
    association = instance.ec2_backend.iam_instance_profile_associations.get(instance.id)
    roles = association.iam_instance_profile.roles if association else []
    return instance.state == "running" and any(policy.endswith(POLICY) for role in roles for policy in role.managed_policies)


def ping(instance) -> str:
    return _pings.get(instance.id, "Online") if is_managed(instance) else "NotManaged"


def known(response, instance_id):
    for reservation in ec2_backends[response.current_account][response.region].all_reservations():
        for instance in reservation.instances:
            if instance.id == instance_id:
                return instance
    return None


def describe_instance_information(self):
    wanted = [value for asked in self._get_param("Filters", []) if asked["Key"] == "InstanceIds" for value in asked["Values"]]
    found = [instance for instance in (known(self, instance_id) for instance_id in wanted) if instance]
    return ActionResult({"InstanceInformationList": [
        {"InstanceId": instance.id, "PingStatus": ping(instance), "AgentVersion": "3.3.0.0"}
        for instance in found if ping(instance) != "NotManaged"]})


def send_command(self):
    instance_id = self._get_param("InstanceIds")[0]
    instance = known(self, instance_id)
    if instance is None or ping(instance) != "Online":
        raise SSMException("InvalidInstanceId", f"Instances [[{instance_id}]] not in a valid state for account {self.current_account}")
    parameters = self._get_param("Parameters")
    command = {"CommandId": str(uuid.uuid4()), "InstanceId": instance_id, "Comment": self._get_param("Comment", ""),
               "DocumentName": self._get_param("DocumentName"), "Status": "Pending",
               "StandardOutputContent": "", "StandardErrorContent": ""}
    _commands[command["CommandId"]] = command
    threading.Thread(target=carry_out, args=(command, "\n".join(parameters["commands"])), daemon=True).start()
    return ActionResult({"Command": {**{key: command[key] for key in ("CommandId", "Comment", "DocumentName", "Status")},
                                     "InstanceIds": [instance_id], "Parameters": parameters}})


def carried_out(instance_id, script):
    url = f"{instances.booter()}/commands/{instance_id}"
    with urllib.request.urlopen(urllib.request.Request(url, data=script.encode("utf-8")), timeout=300) as answer:
        return json.load(answer)


def gone_well(script):
    packed = re.search(r"printf %s '([A-Za-z0-9+/=]+)'", script)
    text = gzip.decompress(base64.b64decode(packed[1])).decode("utf-8") if packed else ""
    run = re.search(r"^RUN_ID='([^']+)'$", text, re.MULTILINE)
    lines = [f"ec2-docker: {what} (run {run[1]})\n" for what in ("started", "ready")] if run else []
    return {"exit": 0, "errors": "", "output": "".join(lines)}


def carry_out(command, script) -> None:
    command["Status"] = "InProgress"
    try:
        told = carried_out(command["InstanceId"], script) if instances.booter() else gone_well(script)
        command["StandardOutputContent"] = told["output"][:OUTPUT]
        command["StandardErrorContent"] = told["errors"][:ERRORS]
        command["Status"] = "Success" if told["exit"] == 0 else "Failed"
    except Exception as e:  # the test that waits for the command is to see it
        command["StandardErrorContent"] = f"the fixture could not run it: {e}"
        command["Status"] = "Undeliverable"


def get_command_invocation(self):
    command = _commands.get(self._get_param("CommandId"))
    if command is None or command["InstanceId"] != self._get_param("InstanceId"):
        raise SSMException("InvocationDoesNotExist", "")
    return ActionResult(dict(command))


class Fixture:
    """Stands before moto: takes what is meant for the fixture, and hears of resets."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            _pings.clear()
            _commands.clear()
        if not path.startswith(PATH) or environ["REQUEST_METHOD"] != "POST":
            return self.moto(environ, start_response)
        _pings[path[len(PATH):]] = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode("utf-8")
        start_response("204 No Content", [])
        return []


SimpleSystemManagerResponse.describe_instance_information = describe_instance_information
SimpleSystemManagerResponse.send_command = send_command
SimpleSystemManagerResponse.get_command_invocation = get_command_invocation
