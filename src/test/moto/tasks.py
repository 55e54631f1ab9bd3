"""Tasks of ECS services, which moto does not start.

A fixture and no part of moto. Unless told otherwise all tasks that a service wants run what it was last told to at once, and each is a healthy
target of the service's target group. Told by POST, which answers 204, to

/ec2-docker-fixture/rollout/SERVICE     JSON, the deployments that DescribeServices shows of it; an empty body goes back to all being well

POST to /moto-api/reset resets this as well.
"""
import json

from moto.ecs.models import EC2ContainerServiceBackend
from moto.elbv2.models import elbv2_backends

PATH = "/ec2-docker-fixture/rollout/"

_rollouts = {}


def _run(service) -> None:
    if not service.deployments:
        return
    primary = dict(service.deployments[-1])
    primary.update(
        status="PRIMARY",
        taskDefinition=service.task_definition,
        desiredCount=service.desired_count,
        runningCount=service.desired_count,
        pendingCount=0,
        rolloutState="COMPLETED",
        rolloutStateReason=f"ECS deployment {primary['id']} completed.",
    )
    service.deployments = _rollouts.get(service.name, [primary])
    service.running_count, service.pending_count = service.desired_count, 0
    for each in service.load_balancers:
        group = elbv2_backends[service._account_id][service.region_name].target_groups[each["targetGroupArn"]]
        group.targets = {f"10.0.64.{4 + i}": {"Id": f"10.0.64.{4 + i}", "Port": each["containerPort"]} for i in range(service.desired_count)}


_describe_services = EC2ContainerServiceBackend.describe_services


def describe_services(self, cluster_str, service_names_or_arns):
    services, failures = _describe_services(self, cluster_str, service_names_or_arns)
    for service in services:
        _run(service)
    return services, failures


EC2ContainerServiceBackend.describe_services = describe_services


class Fixture:
    """Stands before moto, and hears of resets."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            _rollouts.clear()
        if not path.startswith(PATH):
            return self.moto(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if body:
            _rollouts[path[len(PATH):]] = json.loads(body)
        else:
            _rollouts.pop(path[len(PATH):], None)
        start_response("204 No Content", [])
        return []
