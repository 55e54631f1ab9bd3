"""What moto does not show of an instance, and a test can say: a boot on its console, its status checks, and AWS taking it away.

A fixture and no part of moto. Unless told otherwise every instance has booted well at once: its console holds the lines that the boot script
in its user data would end with. Told by POST, which answers 204, to

/ec2-docker-fixture/booter          a URL; from now on the user data of each new instance is sent there, to URL/INSTANCE, and the console shows
                                    what is answered once it has been; an empty body goes back to boots that went well
/ec2-docker-fixture/console/INSTANCE    what its console shows
/ec2-docker-fixture/checks/INSTANCE     what EC2's check of the instance says: impaired, initializing, ok …
/ec2-docker-fixture/taken/INSTANCE      CODE: MESSAGE, why AWS has terminated it

POST to /moto-api/reset resets all of this as well.
"""
import base64
import gzip
import re
import threading
import urllib.request

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.models.instances import Instance, InstanceBackend, StateReason
from moto.ec2.responses.general import SAMPLE_CONSOLE_OUTPUT, General
from moto.ec2.utils import Base64EncodedString

PATH = "/ec2-docker-fixture/"
# What moto writes where a caller gives none.
NO_TOKEN = "ABCDE"

_instances = {}
_consoles = {}
_checks = {}
_launched = {}
_launching = threading.Lock()
_booter = [""]


def booter() -> str:
    """Where instances are booted; empty for nowhere."""
    return _booter[0]


def user_data(instance) -> bytes:
    return base64.b64decode(instance.user_data.as_bytes()) if instance.user_data else b""


def console(instance) -> str:
    if instance.id in _consoles:
        return _consoles[instance.id]
    data = user_data(instance)
    script = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    run = re.search(rb"^RUN_ID='([^']+)'$", script, re.MULTILINE)
    if not run:
        return SAMPLE_CONSOLE_OUTPUT
    return "".join(f"ec2-docker: {what} (run {run[1].decode()})\r\n" for what in ("started", "ready"))


def get_console_output(self):
    instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    output = Base64EncodedString.from_raw_string(console(instance))
    return ActionResult({"InstanceId": instance.id, "Timestamp": utcnow(), "Output": output})


def boot(url: str, instance) -> None:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{url}/{instance.id}", data=user_data(instance)), timeout=300) as answer:
            _consoles[instance.id] = answer.read().decode("utf-8")
    except Exception as e:  # the test that waits for the console is to see it
        _consoles[instance.id] = f"the fixture could not boot it: {e}\r\n"


_run_instances = InstanceBackend.run_instances


def run_instances(self, *args, **kwargs):
    # EC2 launches once for one token, however often a caller that heard no answer asks.
    token = kwargs.get("client_token")
    if token in (None, NO_TOKEN):
        return launch(self, *args, **kwargs)
    with _launching:
        if token not in _launched:
            _launched[token] = launch(self, *args, **kwargs)
        return _launched[token]


def launch(self, *args, **kwargs):
    reservation = _run_instances(self, *args, **kwargs)
    for instance in reservation.instances:
        _instances[instance.id] = instance
        if _booter[0]:
            _consoles[instance.id] = ""
            threading.Thread(target=boot, args=(_booter[0], instance), daemon=True).start()
    return reservation


_instance_status = Instance.instance_status.fget


def instance_status(self):
    seen = _instance_status(self)
    return {**seen, "Status": _checks[self.id]} if self.id in _checks and seen["Status"] == "ok" else seen


def take(instance, why: str) -> None:
    instance.terminate()
    instance._reason = ""
    instance.state_reason = StateReason(why, why.partition(":")[0])


def told(what: str, instance_id: str, text: str) -> bool:
    if what == "booter":
        _booter[0] = text
    elif what == "console":
        _consoles[instance_id] = text
    elif what == "checks":
        _checks[instance_id] = text
    elif what == "taken" and instance_id in _instances:
        take(_instances[instance_id], text)
    else:
        return False
    return True


def reset() -> None:
    for known in (_instances, _consoles, _checks, _launched):
        known.clear()
    _booter[0] = ""


class Fixture:
    """Stands before moto: takes what is meant for the fixture, and hears of resets."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            reset()
        if not path.startswith(PATH):
            return self.moto(environ, start_response)
        what, _, instance_id = path[len(PATH):].partition("/")
        text = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode("utf-8")
        known = environ["REQUEST_METHOD"] == "POST" and told(what, instance_id, text)
        start_response("204 No Content" if known else "404 Not Found", [])
        return []


General.get_console_output = get_console_output
InstanceBackend.run_instances = run_instances
Instance.instance_status = property(instance_status)
