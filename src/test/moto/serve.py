#!/usr/bin/env python3
"""AWS for tests and demonstrations: a moto server on a free port of 127.0.0.1.

Usage: serve.py [PORT] (0, the default: any free port). Prints one line, the port, once the server listens; moto's own log goes to
stderr. Ends when its standard input ends, which the kernel sees to however its parent dies, SIGKILL included.

What differs from a bare `moto_server`: IAM's managed policies that blueprints name are loaded, instance types and key pairs must exist, and
amis.json (Ubuntu, under Canonical's account) stands in for moto's old list of images; the Amazon Linux images of each region stay moto's
own, but for those of ECS. And instances boot, see instances.py, and run what Systems Manager sends them, see commands.py; calls can be held, see held_calls.py; there
are prices, see prices.py; and what moto lacks for the blueprints of several instances or tasks is in services.py and tasks.py.

POST to /ec2-docker-fixture/copy answers with the port and the process of another such AWS, which has all that this one holds and goes its
own way from there; it ends with the same standard input. A fork, so that it costs no time: importing moto takes seconds. Nothing else may
be asked of this server meanwhile.
"""
import functools
import json
import os
import random
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "true")
os.environ.setdefault("MOTO_ENABLE_KEYPAIR_VALIDATION", "true")

from werkzeug.serving import make_server  # noqa: E402

from moto import backends  # noqa: E402
from moto.core import responses, serialize  # noqa: E402
from moto.ec2.models import amis  # noqa: E402
from moto.ec2.models.instances import InstanceBackend  # noqa: E402
from moto.iam import models as iam  # noqa: E402
from moto.moto_api._internal import mock_random  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

# MOTO_AMIS_PATH would drop the regions' Amazon Linux images as well, which the public SSM parameters name.
amis.AMIS[:] = json.loads(Path(__file__).with_name("amis.json").read_text(encoding="utf-8"))

# Nor does it need all that AWS has: moto makes each of a thousand images of ECS and of 1,500 managed policies for each region or partition and
# after each reset, which took seconds of every test. The policies are those that a blueprint names.
_load_resource = amis.load_resource
amis.load_resource = lambda package, path: [] if "/ecs/" in path else _load_resource(package, path)
_configurations = "".join(file.read_text(encoding="utf-8") for file in (Path(__file__).parents[3] / "terraform-templates").rglob("*.tf"))
iam.aws_managed_policies_data = json.dumps({
    name: policy for name, policy in json.loads(iam.aws_managed_policies_data).items() if name in _configurations})

# And it finds these out again for each call, which is half of what most calls take.
_modules = list(backends.list_of_moto_modules())
backends.list_of_moto_modules = lambda: _modules
responses.method_names_from_class = functools.cache(responses.method_names_from_class)

# It also adds to a class's transformers while other threads go through them. These then answer 500 to a call that was carried out.
_pick = serialize.AttributePicker.__init__


def pick_by_copy(self, alias_providers=None, response_transformers=None):
    _pick(self, alias_providers, dict(response_transformers or {}))


serialize.AttributePicker.__init__ = pick_by_copy

# moto puts the parsed date back into that list and then cannot parse it for the next region, or after a reset.
_parse = amis.parse_timestamp
amis.parse_timestamp = lambda value: value if isinstance(value, datetime) else _parse(value)

# moto forgets the security groups of an instance that is launched with a network interface, as it is when the caller says whether it gets
# a public address; EC2 takes them as the instance's.
_run_instances = InstanceBackend.run_instances


def run_instances_in_groups_of_interface(self, *args, **kwargs):
    for interface in kwargs.get("nics") or []:
        if int(interface["DeviceIndex"]) == 0 and not kwargs.get("security_group_ids"):
            kwargs["security_group_ids"] = interface.get("Groups", [])
    return _run_instances(self, *args, **kwargs)


InstanceBackend.run_instances = run_instances_in_groups_of_interface

sys.dont_write_bytecode = True
import commands  # noqa: E402
import held_calls  # noqa: E402
import instances  # noqa: E402
import prices  # noqa: E402
import services  # noqa: E402
import tasks  # noqa: E402


def end_with_parent() -> None:
    # Not through a buffer, which a copy could find locked.
    while os.read(0, 4096):
        pass
    os._exit(0)


class Copies:
    """Stands before the rest, in a thread of each request, which in the copy becomes the one that serves."""

    def __init__(self, aws):
        self.aws = aws

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") != "/ec2-docker-fixture/copy" or environ["REQUEST_METHOD"] != "POST":
            return self.aws(environ, start_response)
        told, tell = os.pipe()
        process = os.fork()
        if process == 0:
            self.go_own_way(tell)
        os.close(tell)
        with open(told, encoding="ascii") as copy:
            answer = f"{copy.readline().strip()} {process}"
        start_response("200 OK", [])
        return [answer.encode("ascii")]

    def go_own_way(self, tell) -> None:
        try:
            # The connections of the other stay its own. Not closed: what thinks that it owns such a number would close it a second time.
            null = os.open(os.devnull, os.O_RDWR)
            for number in map(int, os.listdir("/dev/fd")):
                if number > 2 and number not in (null, tell):
                    os.dup2(null, number)
            random.seed()
            mock_random.seed()
            serve(self, 0, lambda port: os.write(tell, f"{port}\n".encode("ascii")))
        finally:
            os._exit(1)


class Answers:
    """Stands before the rest. Writes down each call that is refused, and answers a call that is made again as it was answered before.

    On a busy machine a caller now and then does not get an answer that was sent, and its SDK calls again. AWS would refuse that too, for the rule or
    the association is there already; but it is not what a test that did not ask for it is about. SDKs give all attempts of a call one id.
    """

    MOST = 200

    def __init__(self, aws):
        self.aws = aws
        self.given = {}

    def __call__(self, environ, start_response):
        call = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if call in self.given:
            print("answered again:", *self.named(environ), file=sys.stderr, flush=True)
            status, headers, body = self.given[call]
            start_response(status, headers)
            return body
        begun = []

        def start(status, headers, *more):
            begun[:] = status, headers
            if status >= "4":
                print(status, *self.named(environ), file=sys.stderr, flush=True)
            return start_response(status, headers, *more)

        body = list(self.aws(environ, start))
        if call and begun[0].startswith("2"):
            self.given[call] = (*begun, body)
            while len(self.given) > self.MOST:
                self.given.pop(next(iter(self.given)), None)
        return body

    @staticmethod
    def named(environ):
        return [environ.get("HTTP_" + each, "-") for each in ("X_AMZ_TARGET", "AMZ_SDK_REQUEST", "AMZ_SDK_INVOCATION_ID")]


def serve(aws, port, announce) -> None:
    server = make_server("127.0.0.1", port, aws, threaded=True)
    os.environ["MOTO_PORT"] = str(server.port)
    threading.Thread(target=end_with_parent, daemon=True).start()
    announce(server.port)
    server.serve_forever()


def main() -> None:
    # Copies that have ended are not waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    aws = commands.Fixture(instances.Fixture(DomainDispatcherApplication(create_backend_app)))
    aws = Copies(Answers(held_calls.Fixture(services.Fixture(tasks.Fixture(prices.Fixture(aws))))))
    serve(aws, int(sys.argv[1]) if len(sys.argv) > 1 else 0, lambda port: print(port, flush=True))


if __name__ == "__main__":
    main()
