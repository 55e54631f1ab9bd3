"""Calls that AWS takes its time over, so that a test can do something while one is under way.

A fixture and no part of moto. Told by POST, which answers 204, to

/ec2-docker-fixture/hold/ACTION     from now on calls of this action (CreateRole, RunInstances …) are held before they are carried out
/ec2-docker-fixture/held/ACTION     answers once one is held
/ec2-docker-fixture/release/ACTION  carries out all that are held, whether their callers are still there or not, and answers after it

POST to /moto-api/reset releases everything.
"""
import io
import re
import threading

PATH = "/ec2-docker-fixture/"


class _Gate:
    def __init__(self):
        self.changed = threading.Condition()
        self.open = False
        self.inside = 0

    def hold(self, carry_out):
        with self.changed:
            self.inside += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.open)
        try:
            return carry_out()
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def await_held(self):
        with self.changed:
            return self.changed.wait_for(lambda: self.inside > 0, timeout=120)

    def release(self):
        with self.changed:
            self.open = True
            self.changed.notify_all()
            return self.changed.wait_for(lambda: self.inside == 0, timeout=120)


class Fixture:
    """Stands before moto."""

    def __init__(self, moto):
        self.moto = moto
        self.gates = {}

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            self.release_all()
        match = re.fullmatch(PATH + r"(hold|held|release)/(\w+)", path)
        if match and environ["REQUEST_METHOD"] == "POST":
            start_response("204 No Content" if self.told(*match.groups()) else "504 Gateway Timeout", [])
            return []
        gate = self.gates.get(self.action(environ)) if self.gates else None
        # The whole answer is made here: whoever asked may be gone by then.
        return gate.hold(lambda: list(self.moto(environ, start_response))) if gate else self.moto(environ, start_response)

    def told(self, what, action):
        if what == "hold":
            self.gates[action] = _Gate()
            return True
        gate = self.gates.get(action)
        if gate is None:
            return False
        if what == "held":
            return gate.await_held()
        del self.gates[action]
        return gate.release()

    def release_all(self):
        for action in list(self.gates):
            self.gates.pop(action).release()

    @staticmethod
    def action(environ):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        found = re.search(rb"(?:^|&)Action=(\w+)", body)
        return found[1].decode() if found else None
