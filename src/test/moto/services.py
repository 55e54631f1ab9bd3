"""What blueprints autoscaled and fargate ask of AWS and moto does not know, or forgets.

A fixture and no part of moto: answers as the API references describe them. Nothing here judges a request; what is written is what is read.

Auto Scaling              StartInstanceRefresh, DescribeInstanceRefreshes, CancelInstanceRefresh: a refresh launches as many instances again
                          from the launch template's version that is asked for, terminates the old ones, and is successful at once. The
                          group's default warm-up; lifecycle hooks without a target; policies that are enabled and not predictive; an update
                          that says nothing of mixed instances leaves them as they are
launch templates          the tags of the template itself are none of its instances; later versions have user data, too
EC2                       a change of an instance that says nothing of its groups leaves them; a subnet that goes takes along what ties it
                          to a route table and an ACL; an ACL's rule of ICMP keeps its type and code
Application Auto Scaling  tags of targets
Systems Manager           associations
Backup                    selections; the tags of vaults and plans; how many backups a vault has
CloudFront                a behaviour with a cache policy forwards nothing by values of its own; the default certificate needs no SNI,
                          and is none beside another; the access control of an origin
ECS                       what a service is told beyond its tasks: capacity providers, deployments, health checks, commands
RDS                       which parameters a user has set; the rotation of its secrets ends without a function
tags of all               GetResources finds launch templates, network ACLs, endpoints, listeners, event rules, associations, backup plans,
                          image repositories and database groups, too, and names flow logs as AWS does; not gateways and services that are gone

POST to /moto-api/reset forgets all of it.
"""
import json
import uuid
from urllib.parse import unquote

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.autoscaling.models import FakeAutoScalingGroup, FakeScalingPolicy, LifecycleHook
from moto.autoscaling.responses import AutoScalingResponse
from moto.backup import urls as backup_urls
from moto.backup.models import Vault
from moto.backup.responses import BackupResponse
from moto.cloudfront.models import DefaultCacheBehaviour, Origin, ViewerCertificate
from moto.backends import get_backend
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.models.launch_templates import LaunchTemplate
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.responses.launch_templates import LaunchTemplates
from moto.ec2.responses.network_acls import NetworkACLs
from moto.ec2.utils import parse_user_data
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.rds.models import DBParameterGroup
from moto.resourcegroupstaggingapi.models import ResourceGroupsTaggingAPIBackend
from moto.secretsmanager.models import SecretsManagerBackend
from moto.ssm.models import SimpleSystemManagerBackend
from moto.ssm.responses import SimpleSystemManagerResponse

_refreshes = {}
_target_tags = {}
_associations = {}
_selections = {}


# --- Auto Scaling ---


def _refresh(backend, name, configuration):
    group = backend.autoscaling_groups[name]
    if configuration:
        backend.update_auto_scaling_group(
            name=name,
            availability_zones=[],
            desired_capacity=None,
            max_size=None,
            min_size=None,
            launch_config_name=None,
            launch_template=configuration.get("LaunchTemplate", {}),
            vpc_zone_identifier=None,
            health_check_period=None,
            health_check_type=None,
            new_instances_protected_from_scale_in=None,
            mixed_instances_policy=configuration.get("MixedInstancesPolicy"),
        )
    old = [state.instance.id for state in group.instance_states]
    size, most = group.desired_capacity, group.max_size
    group.max_size = most + len(old)
    group.set_desired_capacity(size + len(old))
    for each in old:
        backend.terminate_instance(each, True)
    group.max_size = most


def start_instance_refresh(self):
    params = self._get_params()
    name = params["AutoScalingGroupName"]
    _refresh(self.autoscaling_backend, name, params.get("DesiredConfiguration"))
    refresh = {
        "InstanceRefreshId": str(uuid.uuid4()),
        "AutoScalingGroupName": name,
        "Status": "Successful",
        "StartTime": utcnow(),
        "EndTime": utcnow(),
        "PercentageComplete": 100,
        "InstancesToUpdate": 0,
        "Preferences": params.get("Preferences", {}),
        "DesiredConfiguration": params.get("DesiredConfiguration", {}),
    }
    _refreshes.setdefault(name, []).insert(0, refresh)
    return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})


def describe_instance_refreshes(self):
    return ActionResult({"InstanceRefreshes": _refreshes.get(self._get_params()["AutoScalingGroupName"], [])})


def cancel_instance_refresh(self):
    return ActionResult({"InstanceRefreshId": _refreshes[self._get_params()["AutoScalingGroupName"]][0]["InstanceRefreshId"]})


def _keeping_warmup(carry_out):
    def keep(self):
        answer = carry_out(self)
        params = self._get_params()
        if "DefaultInstanceWarmup" in params:
            group = self.autoscaling_backend.autoscaling_groups[params["AutoScalingGroupName"]]
            group.default_instance_warmup = int(params["DefaultInstanceWarmup"])
        return answer

    return keep


_update_group = FakeAutoScalingGroup.update


def update_group(self, availability_zones, desired_capacity, max_size, min_size, launch_config_name, launch_template, *args,
                 mixed_instances_policy=None, **kwargs):
    kept = None if launch_config_name or launch_template or mixed_instances_policy else self.mixed_instances_policy
    # As it is told, its template is named by id and name, of which a request may have one.
    if kept:
        template = dict(kept["LaunchTemplate"]["LaunchTemplateSpecification"])
        template.pop("LaunchTemplateName", None)
        mixed_instances_policy = dict(kept, LaunchTemplate=dict(kept["LaunchTemplate"], LaunchTemplateSpecification=template))
    return _update_group(self, availability_zones, desired_capacity, max_size, min_size, launch_config_name, launch_template, *args,
                         mixed_instances_policy=mixed_instances_policy, **kwargs)


_new_hook = LifecycleHook.__init__


def new_hook(self, *args, **kwargs):
    _new_hook(self, *args, **kwargs)
    self.role_arn = self.notification_target_arn = None


_new_policy = FakeScalingPolicy.__init__


def new_policy(self, *args, **kwargs):
    _new_policy(self, *args, **kwargs)
    self.enabled = True
    self.predictive_scaling_configuration = self.predictive_scaling_configuration or None


AutoScalingResponse.start_instance_refresh = start_instance_refresh
AutoScalingResponse.describe_instance_refreshes = describe_instance_refreshes
AutoScalingResponse.cancel_instance_refresh = cancel_instance_refresh
AutoScalingResponse.create_auto_scaling_group = _keeping_warmup(AutoScalingResponse.create_auto_scaling_group)
AutoScalingResponse.update_auto_scaling_group = _keeping_warmup(AutoScalingResponse.update_auto_scaling_group)
FakeAutoScalingGroup.default_instance_warmup = None
FakeAutoScalingGroup.update = update_group
LifecycleHook.__init__ = new_hook
FakeScalingPolicy.__init__ = new_policy


# --- launch templates ---

_create_launch_template = LaunchTemplates.create_launch_template


def create_launch_template(self):
    answer = _create_launch_template(self)
    template = self.ec2_backend.get_launch_template_by_name(self._get_param("LaunchTemplateName"))
    for version in template.versions:
        specifications = version.data.get("TagSpecifications", [])
        version.data["TagSpecifications"] = [each for each in specifications if each["ResourceType"] != "launch-template"]
    return answer


LaunchTemplates.create_launch_template = create_launch_template

_create_version = LaunchTemplate.create_version


def create_version(self, data, description):
    if isinstance(data.get("UserData"), str):
        data["UserData"] = parse_user_data(data["UserData"])
    return _create_version(self, data, description)


LaunchTemplate.create_version = create_version


# --- EC2 ---

_modify_instance_security_groups = InstanceBackend.modify_instance_security_groups


def modify_instance_security_groups(self, instance_id, new_group_id_list):
    return _modify_instance_security_groups(self, instance_id, new_group_id_list) if new_group_id_list else self.get_instance(instance_id)


InstanceBackend.modify_instance_security_groups = modify_instance_security_groups

_delete_subnet = SubnetBackend.delete_subnet


def delete_subnet(self, subnet_id):
    subnet = _delete_subnet(self, subnet_id)
    for table in self.route_tables.values():
        table._associations = {key: value for key, value in table._associations.items() if value != subnet_id}
    for acl in self.network_acls.values():
        acl._associations = {key: value for key, value in acl._associations.items() if value.subnet_id != subnet_id}
    return subnet


SubnetBackend.delete_subnet = delete_subnet


_get_param = NetworkACLs._get_param


def get_param(self, name, *args, **kwargs):
    return _get_param(self, name.replace("Icmp.", "IcmpTypeCode."), *args, **kwargs)


NetworkACLs._get_param = get_param


# --- Application Auto Scaling ---


def tag_resource(self):
    params = json.loads(self.body)
    _target_tags.setdefault(params["ResourceARN"], {}).update(params["Tags"])
    return json.dumps({})


def untag_resource(self):
    params = json.loads(self.body)
    for key in params["TagKeys"]:
        _target_tags.get(params["ResourceARN"], {}).pop(key, None)
    return json.dumps({})


def list_tags_for_resource(self):
    return json.dumps({"Tags": _target_tags.get(json.loads(self.body)["ResourceARN"], {})})


_register_scalable_target = ApplicationAutoScalingResponse.register_scalable_target


def register_scalable_target(self):
    answer = _register_scalable_target(self)
    tags = json.loads(self.body).get("Tags")
    if tags:
        _target_tags.setdefault(json.loads(answer)["ScalableTargetARN"], {}).update(tags)
    return answer


ApplicationAutoScalingResponse.tag_resource = tag_resource
ApplicationAutoScalingResponse.untag_resource = untag_resource
ApplicationAutoScalingResponse.list_tags_for_resource = list_tags_for_resource
ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target


# --- Systems Manager ---


def create_association(self):
    params = json.loads(self.body)
    association = {
        **{key: params[key] for key in ("Name", "AssociationName", "Parameters", "Targets") if key in params},
        "AssociationId": str(uuid.uuid4()),
        "AssociationVersion": "1",
        "DocumentVersion": params.get("DocumentVersion", "$DEFAULT"),
        "ApplyOnlyAtCronInterval": False,
        "Overview": {"Status": "Success", "DetailedStatus": "Success"},
    }
    _associations[association["AssociationId"]] = association
    tags = {each["Key"]: each["Value"] for each in params.get("Tags", [])}
    self.ssm_backend.add_tags_to_resource("Association", association["AssociationId"], tags)
    return ActionResult({"AssociationDescription": association})


def describe_association(self):
    found = _associations.get(json.loads(self.body)["AssociationId"])
    if found is None:
        return json.dumps({"__type": "AssociationDoesNotExist", "message": "no such association"}), {"status": 400}
    return ActionResult({"AssociationDescription": found})


def update_association(self):
    params = json.loads(self.body)
    association = _associations[params["AssociationId"]]
    association.update({key: params[key] for key in ("Name", "AssociationName", "Parameters", "Targets") if key in params})
    return ActionResult({"AssociationDescription": association})


def delete_association(self):
    _associations.pop(json.loads(self.body)["AssociationId"], None)
    return EmptyResult()


for _each in (create_association, describe_association, update_association, delete_association):
    setattr(SimpleSystemManagerResponse, _each.__name__, _each)


_validate_resource_type_and_id = SimpleSystemManagerBackend._validate_resource_type_and_id


def validate_resource_type_and_id(self, resource_type, resource_id):
    return resource_id if resource_type == "Association" else _validate_resource_type_and_id(self, resource_type, resource_id)


SimpleSystemManagerBackend._validate_resource_type_and_id = validate_resource_type_and_id


# --- Backup ---


def list_tags(self):
    return json.dumps({"Tags": self.backup_backend.list_tags(unquote(self.path.split("/tags/")[1].rstrip("/")))})


BackupResponse.list_tags = list_tags


def create_backup_selection(self):
    selection = {
        "BackupSelection": json.loads(self.body)["BackupSelection"],
        "SelectionId": str(uuid.uuid4()),
        "BackupPlanId": self.path.split("/plans/")[1].split("/")[0],
        "CreationDate": 1700000000,
    }
    _selections[selection["SelectionId"]] = selection
    return json.dumps({key: selection[key] for key in ("SelectionId", "BackupPlanId", "CreationDate")})


def get_backup_selection(self):
    found = _selections.get(self.path.rstrip("/").split("/")[-1])
    if found is None:
        return json.dumps({"Code": "ERROR_3103", "Message": "Cannot find Backup selection"}), {"status": 400}
    return json.dumps(found)


def delete_backup_selection(self):
    _selections.pop(self.path.rstrip("/").split("/")[-1], None)
    return json.dumps({})


Vault.number_of_recovery_points = property(lambda self: self.num_of_recovery_points)


def list_backup_selections(self):
    plan = self.path.split("/plans/")[1].split("/")[0]
    return json.dumps({"BackupSelectionsList": [each for each in _selections.values() if each["BackupPlanId"] == plan]})


for _each in (create_backup_selection, get_backup_selection, delete_backup_selection, list_backup_selections):
    setattr(BackupResponse, _each.__name__, _each)
# Before moto's own, whose path of plans takes in whatever stands behind.
backup_urls.url_paths = {
    "{0}/backup/plans/(?P<plan>[^/]+)/selections/?$": BackupResponse.dispatch,
    "{0}/backup/plans/(?P<plan>[^/]+)/selections/(?P<selection>[^/]+)$": BackupResponse.dispatch,
    **backup_urls.url_paths,
}


# --- CloudFront ---

_new_behaviour = DefaultCacheBehaviour.__init__
_new_certificate = ViewerCertificate.__init__


def new_behaviour(self, config):
    _new_behaviour(self, config)
    if self.cache_policy_id:
        self.forwarded_values = None


def new_certificate(self, config):
    _new_certificate(self, config)
    self.ssl_support_method = config.get("SSLSupportMethod")
    self.cloud_front_default_certificate = config.get("CloudFrontDefaultCertificate", not config.get("ACMCertificateArn"))


_new_origin = Origin.__init__


def new_origin(self, origin):
    _new_origin(self, origin)
    self.origin_access_control_id = origin.get("OriginAccessControlId")


DefaultCacheBehaviour.__init__ = new_behaviour
Origin.__init__ = new_origin
ViewerCertificate.__init__ = new_certificate


# --- ECS ---

_TOLD = {
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
    "networkConfiguration": "network_configuration",
}


def _telling(carry_out):
    def tell(self):
        answer = carry_out(self)
        params = json.loads(self.body)
        cluster, name = params["cluster"].split("/")[-1], params.get("serviceName") or params["service"].split("/")[-1]
        service = self.ecs_backend.services[f"{cluster}:{name}"]
        service.availability_zone_rebalancing = "DISABLED"
        if params.get("capacityProviderStrategy"):
            service.launch_type = None
        for key, attribute in _TOLD.items():
            if key in params:
                setattr(service, attribute, params[key])
        return answer

    return tell


EC2ContainerServiceResponse.create_service = _telling(EC2ContainerServiceResponse.create_service)
EC2ContainerServiceResponse.update_service = _telling(EC2ContainerServiceResponse.update_service)


# --- RDS ---

_update_parameters = DBParameterGroup.update_parameters


def update_parameters(self, new_parameters):
    new_parameters = list(new_parameters)
    _update_parameters(self, new_parameters)
    for each in new_parameters:
        self.parameters[each["ParameterName"]]["Source"] = "user"


DBParameterGroup.update_parameters = update_parameters

_cancel_rotate_secret = SecretsManagerBackend.cancel_rotate_secret


def cancel_rotate_secret(self, secret_id):
    """A secret of RDS is rotated by RDS: docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_managed.html."""
    if not self._is_valid_identifier(secret_id) or not self.secrets[secret_id].name.startswith("rds!"):
        return _cancel_rotate_secret(self, secret_id)
    self.secrets[secret_id].rotation_enabled = False
    return self.secrets[secret_id].to_short_dict()


SecretsManagerBackend.cancel_rotate_secret = cancel_rotate_secret


# --- tags of all ---

_find_tagged = ResourceGroupsTaggingAPIBackend._get_resources_generator


def _more(self):
    def arn(service, resource):
        return f"arn:aws:{service}:{self.region_name}:{self.account_id}:{resource}"

    def backend(name):
        return get_backend(name)[self.account_id][self.region_name]

    ec2, elb, events, backup, rds, ssm = (backend(each) for each in ("ec2", "elbv2", "events", "backup", "rds", "ssm"))
    for kind, found in (("launch-template", ec2.launch_templates), ("network-acl", ec2.network_acls), ("vpc-endpoint", ec2.vpc_end_points)):
        for each in (key for key in found if getattr(found[key], "state", "") != "deleted"):
            yield arn("ec2", f"{kind}/{each}"), ec2.tags.get(each, {})
    for balancer in elb.load_balancers.values():
        for each in balancer.listeners:
            yield each, elb.tagging_service.get_tag_dict_for_resource(each)
    for bus in events.event_buses.values():
        for each in bus.rules.values():
            yield each.arn, events.tagger.get_tag_dict_for_resource(each.arn)
    for each in _associations:
        yield arn("ssm", f"association/{each}"), ssm.list_tags_for_resource("Association", each)
    for each in (plan for plan in backup.plans.values() if not getattr(plan, "deletion_date", None)):
        yield each.backup_plan_arn, backup.tagger.get_tag_dict_for_resource(each.backup_plan_arn)
    for each in backend("ecr").repositories.values():
        yield each.arn, {tag["Key"]: tag["Value"] for tag in backend("ecr").tagger.list_tags_for_resource(each.arn)["tags"]}
    for each in [*rds.subnet_groups.values(), *rds.db_parameter_groups.values()]:
        yield each.arn, {tag["Key"]: tag["Value"] for tag in each.tags}


def find_tagged(self, tag_filters=None, resource_type_filters=None):
    seen = set()
    gone = {each.id for each in get_backend("ec2")[self.account_id][self.region_name].nat_gateways.values() if each.state == "deleted"}
    gone |= {each.arn for each in get_backend("ecs")[self.account_id][self.region_name].services.values() if each.status == "INACTIVE"}
    for each in _find_tagged(self, tag_filters, resource_type_filters):
        if each["ResourceARN"].split("/")[-1] in gone or each["ResourceARN"] in gone:
            continue
        each["ResourceARN"] = each["ResourceARN"].replace(":flow-logs/", ":vpc-flow-log/")
        seen.add(each["ResourceARN"])
        yield each
    wanted = {each["Key"]: each.get("Values", []) for each in tag_filters or []}
    for arn, tags in _more(self):
        if arn not in seen and all(key in tags and (not values or tags[key] in values) for key, values in wanted.items()):
            yield {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


ResourceGroupsTaggingAPIBackend._get_resources_generator = find_tagged


class Fixture:
    """Stands before moto, and hears of resets."""

    def __init__(self, moto):
        self.moto = moto

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO", "") == "/moto-api/reset":
            for known in (_refreshes, _target_tags, _associations, _selections):
                known.clear()
        return self.moto(environ, start_response)
