#!/usr/bin/env python3
"""AWS for tests and demonstrations: a moto server on a free port of 127.0.0.1.

Usage: serve.py [PORT] (0, the default: any free port). Prints one line, the port, once the server listens; moto's own log goes to
stderr. Ends when its standard input ends, which the kernel sees to however its parent dies, SIGKILL included.

What differs from a bare `moto_server`: IAM's managed policies are loaded, instance types and key pairs must exist, and amis.json
(Ubuntu, under Canonical's account) stands in for moto's old list of images; the Amazon Linux images of each region stay moto's own.
And instances boot, see instances.py, and run what Systems Manager sends them, see commands.py; calls can be held, see held_calls.py; there
are prices, see prices.py; and what moto lacks for the blueprints of several instances or tasks is in services.py and tasks.py.
"""
import json
import os
import sys
import threading
from datetime import datetime
from pathlib import Path

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
os.environ.setdefault("MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION", "true")
os.environ.setdefault("MOTO_ENABLE_KEYPAIR_VALIDATION", "true")

from werkzeug.serving import make_server  # noqa: E402

from moto.ec2.models import amis  # noqa: E402
from moto.ec2.models.instances import InstanceBackend  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

# MOTO_AMIS_PATH would drop the regions' Amazon Linux images as well, which the public SSM parameters name.
amis.AMIS[:] = json.loads(Path(__file__).with_name("amis.json").read_text(encoding="utf-8"))

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
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    aws = commands.Fixture(instances.Fixture(DomainDispatcherApplication(create_backend_app)))
    aws = held_calls.Fixture(services.Fixture(tasks.Fixture(prices.Fixture(aws))))
    server = make_server("127.0.0.1", port, aws, threaded=True)
    os.environ["MOTO_PORT"] = str(server.port)
    threading.Thread(target=end_with_parent, daemon=True).start()
    print(server.port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
