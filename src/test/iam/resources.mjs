// Which resources a call names, as the resource types of AWS's Service Authorization Reference.

import { ACCOUNT, strings } from './world.mjs'

/** EC2's resource types by the prefix of their ids. */
const EC2 = {
  'elastic-ip': 'eipalloc', 'image': 'ami', 'instance': 'i', 'internet-gateway': 'igw', 'launch-template': 'lt', 'natgateway': 'nat',
  'network-acl': 'acl', 'network-interface': 'eni', 'prefix-list': 'pl', 'route-table': 'rtb', 'security-group': 'sg',
  'security-group-rule': 'sgr', 'spot-instances-request': 'sir', 'subnet': 'subnet', 'volume': 'vol', 'vpc': 'vpc', 'vpc-endpoint': 'vpce',
  'vpc-flow-log': 'fl'
}

export function ec2Arn(region, type, id) {
  return `arn:aws:ec2:${region}:${type === 'image' ? '' : ACCOUNT}:${type}/${id}`
}

export function ec2Ids(type, value, world) {
  const pattern = new RegExp(`^${EC2[type]}-[0-9a-f]+$`)
  const all = strings(value).flatMap(text => [text, ...(world?.links.get(text) ?? [])])
  return [...new Set(all.filter(text => pattern.test(text)))]
}

export function templateArn(region, specification, world) {
  const template = world.templates.get(specification.LaunchTemplateId ?? specification.LaunchTemplateName)
  return template && ec2Arn(region, 'launch-template', template.id)
}

function ec2(type, call, world) {
  const { parameters, region } = call
  if (type === 'key-pair') {
    // Its ARN has its name, and some calls its id.
    const names = strings(parameters).filter(text => /^key-[0-9a-f]+$/.test(text)).map(id => world.keyNames.get(id) ?? id)
    return [...new Set([parameters.KeyName ?? [], names].flat())].map(name => ec2Arn(region, type, name))
  }
  if (type === 'launch-template') {
    const specification = parameters.LaunchTemplate ?? parameters
    const arn = templateArn(region, specification, world)
    return arn ? [arn] : ec2Ids(type, parameters, world).map(id => ec2Arn(region, type, id))
  }
  return EC2[type] ? ec2Ids(type, parameters, world).map(id => ec2Arn(region, type, id)) : []
}

/** The ARN of something in the account and a Region. */
const local = (service, region, rest) => `arn:aws:${service}:${region}:${ACCOUNT}:${rest}`
const NO_ID = '00000000-0000-0000-0000-000000000000'
const list = value => value === undefined || value === null ? [] : [].concat(value)
const named = (parameters, ...keys) => keys.flatMap(key => list(parameters[key]))

/** By service and resource type: the ARNs that a call's parameters name. */
const NAMED = {
  autoscaling: {
    autoScalingGroup: ({ parameters: p, region }) =>
      [...new Set([...named(p, 'AutoScalingGroupName'), ...list(p.Tags).map(tag => tag.ResourceId).filter(Boolean)])]
        .map(name => local('autoscaling', region, `autoScalingGroup:${NO_ID}:autoScalingGroupName/${name}`))
  },
  'application-autoscaling': {
    ScalableTarget: ({ parameters: p, region }) =>
      [p.ResourceARN ?? local('application-autoscaling', region, 'scalable-target/new')]
  },
  backup: {
    backupPlan: ({ operation, parameters: p, region }) => (operation === 'CreateBackupPlan' ? [NO_ID] : named(p, 'BackupPlanId'))
      .map(id => local('backup', region, `backup-plan:${id}`)),
    backupVault: ({ parameters: p, region }) => named(p, 'BackupVaultName').map(id => local('backup', region, `backup-vault:${id}`))
  },
  cloudfront: {
    distribution: ({ operation, parameters: p }) => /OriginAccessControl/.test(operation) ? []
      : operation === 'CreateDistributionWithTags' ? [`arn:aws:cloudfront::${ACCOUNT}:distribution/new`]
      : named(p, 'Id').map(id => `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`),
    'origin-access-control': ({ parameters: p }) => named(p, 'Id').map(id => `arn:aws:cloudfront::${ACCOUNT}:origin-access-control/${id}`)
  },
  cloudwatch: {
    alarm: ({ operation, parameters: p, region }) => {
      const names = named(p, 'AlarmName', 'AlarmNames')
      return (operation === 'DescribeAlarms' && !names.length ? ['new'] : names).map(name => local('cloudwatch', region, `alarm:${name}`))
    },
    dashboard: ({ parameters: p }) => named(p, 'DashboardName', 'DashboardNames').map(name => `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`)
  },
  dynamodb: { table: ({ parameters: p, region }) => named(p, 'TableName').map(name => local('dynamodb', region, `table/${name}`)) },
  ec2: {},
  ecr: {
    repository: ({ parameters: p, region }) => named(p, 'repositoryName', 'repositoryNames').map(name => local('ecr', region, `repository/${name}`))
  },
  ecs: {
    cluster: ({ parameters: p, region }) => named(p, 'clusterName', 'cluster', 'clusters')
      .map(name => name.startsWith('arn:') ? name : local('ecs', region, `cluster/${name}`)),
    service: ({ parameters: p, region }) => named(p, 'serviceName', 'service', 'services').map(name => name.startsWith('arn:') ? name
      : local('ecs', region, `service/${p.cluster.replace(/.*\//, '')}/${name}`)),
    task: ({ parameters: p, region }) => named(p, 'tasks').map(name => name.startsWith('arn:') ? name
      : local('ecs', region, `task/${p.cluster.replace(/.*\//, '')}/${name}`)),
    'container-instance': ({ operation, parameters: p, region }) => operation !== 'ListTasks' ? []
      : [local('ecs', region, `container-instance/${p.cluster?.replace(/.*\//, '')}/new`)],
    'task-definition': ({ parameters: p, region }) => named(p, 'family').map(name => local('ecs', region, `task-definition/${name}:1`))
  },
  elasticloadbalancing: {
    loadbalancer: ({ operation, parameters: p, region }) => operation === 'CreateLoadBalancer'
      ? [local('elasticloadbalancing', region, `loadbalancer/app/${p.Name}/0000000000000000`)] : [],
    targetgroup: ({ operation, parameters: p, region }) => operation === 'CreateTargetGroup'
      ? [local('elasticloadbalancing', region, `targetgroup/${p.Name}/0000000000000000`)] : []
  },
  events: {
    'rule-on-default-event-bus': ({ parameters: p, region }) => named(p, 'Rule', 'Name').map(name => local('events', region, `rule/${name}`))
  },
  iam: {
    role: ({ parameters: p }, world) => named(p, 'RoleName').map(name => world.roles.get(name) ?? `arn:aws:iam::${ACCOUNT}:role${p.Path ?? '/'}${name}`),
    'instance-profile': ({ parameters: p }, world) => named(p, 'InstanceProfileName')
      .map(name => world.profiles.get(name) ?? `arn:aws:iam::${ACCOUNT}:instance-profile${p.Path ?? '/'}${name}`)
  },
  kms: {
    key: ({ parameters: p, region }, world) => [...named(p, 'TargetKeyId', 'KeyId'), ...world.links.get(p.AliasName) ?? []].filter(id => !/^alias\//.test(id))
      .map(id => id.startsWith('arn:') ? id : local('kms', region, `key/${id}`)),
    alias: ({ parameters: p, region }) => named(p, 'AliasName').map(name => local('kms', region, `${name}`))
  },
  lambda: {
    function: ({ parameters: p, region }) => named(p, 'FunctionName').map(name => name.startsWith('arn:') ? decodeURIComponent(name)
      : local('lambda', region, `function:${name}`))
  },
  logs: {
    'log-group': ({ operation, parameters: p, region }) =>
      (operation === 'DescribeLogGroups' ? [''] : named(p, 'logGroupName')).map(name => local('logs', region, `log-group:${name}`))
  },
  rds: {
    db: ({ parameters: p, region }) => named(p, 'DBInstanceIdentifier').map(name => local('rds', region, `db:${name}`)),
    pg: ({ parameters: p, region }) => named(p, 'DBParameterGroupName').map(name => local('rds', region, `pg:${name}`)),
    subgrp: ({ parameters: p, region }) => named(p, 'DBSubnetGroupName').map(name => local('rds', region, `subgrp:${name}`)),
    snapshot: ({ parameters: p, region }) => named(p, 'DBSnapshotIdentifier').map(name => local('rds', region, `snapshot:${name}`)),
    'cluster': () => [], 'og': () => [], 'secgrp': () => []
  },
  route53: {
    hostedzone: ({ parameters: p }) => named(p, 'HostedZoneId', 'Id').map(id => `arn:aws:route53:::hostedzone/${id.replace(/.*\//, '')}`),
    change: ({ parameters: p }) => named(p, 'Id').map(id => `arn:aws:route53:::change/${id.replace(/.*\//, '')}`)
  },
  s3: {
    bucket: ({ parameters: p }) => named(p, 'Bucket').map(name => `arn:aws:s3:::${name}`),
    object: ({ parameters: p }) => p.Bucket ? [`arn:aws:s3:::${p.Bucket}/${p.Key ?? 'key'}`] : []
  },
  secretsmanager: {},
  sns: {
    topic: ({ operation, parameters: p, region }) => ['Unsubscribe', 'GetSubscriptionAttributes'].includes(operation) ? []
      : named(p, 'Name').map(name => local('sns', region, `${name}`))
  },
  ssm: {
    association: ({ operation, parameters: p, region }) =>
      operation === 'CreateAssociation' ? [local('ssm', region, `association/${NO_ID}`)]
        : [...named(p, 'AssociationId'), ...(p.ResourceType === 'Association' ? [p.ResourceId] : [])]
          .map(id => local('ssm', region, `association/${id}`)),
    document: ({ operation, parameters: p, region }) => /Parameter/.test(operation) ? []
      : [...(p.DocumentName ? [p.DocumentName] : named(p, 'Name')), ...(p.ResourceType === 'Document' ? [p.ResourceId] : [])]
        .map(name => name.startsWith('arn:') ? name : `arn:aws:ssm:${region}:${/^(AWS|AmazonCloudWatch)-/.test(name) ? '' : ACCOUNT}:document/${name}`),
    instance: ({ parameters: p, region }) => named(p, 'InstanceIds', 'InstanceId').filter(id => /^i-/.test(id)).map(id => ec2Arn(region, 'instance', id)),
    parameter: ({ operation, parameters: p, region }) => {
      const names = [...(/Parameter/.test(operation) ? named(p, 'Name', 'Names') : []), ...(p.ResourceType === 'Parameter' ? [p.ResourceId] : [])]
      return names.map(name => `arn:aws:ssm:${region}:${name.startsWith('/aws/') ? '' : ACCOUNT}:parameter/${name.replace(/^\//, '')}`)
    }
  },
  sts: {},
  wafv2: {
    webacl: ({ parameters: p, region }) => named(p, 'Name').map(name =>
      `arn:aws:wafv2:${region}:${ACCOUNT}:${p.Scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${name}/${p.Id ?? NO_ID}`),
    // As the reference's own examples write it: of the caller's account, whoever manages the rules.
    managedruleset: ({ parameters: p, region }) => strings(p).includes('AWS')
      ? [`arn:aws:wafv2:${region}:${ACCOUNT}:global/managedruleset/AWSManagedRulesCommonRuleSet/new`] : []
  }
}

/** The ARN that a resource type's format describes, as a pattern. */
function pattern(format) {
  const literal = text => text.replace(/[.*+?^()|[\]\\]/g, '\\$&')
  return new RegExp('^' + format.split(/\$\{[^}]+\}/).map(literal).join('[^:]*') + '$')
}

/** Parameters whose ARNs are of what a resource leads to, and not of what the call is about. */
const ELSEWHERE = ['AlarmActions', 'DefaultActions', 'InsufficientDataActions', 'OKActions', 'Policy', 'PolicyDocument', 'SourceArn', 'Targets']

/** ARNs of one resource type that a call names, by name or by ARN. */
export function arns(service, type, format, call, world) {
  if (service === 'ec2') return ec2(type, call, world)
  const find = NAMED[service]?.[type]
  const byName = find ? find(call, world) : []
  if (byName.length) return byName
  // Elastic Load Balancing's own type without a kind is all that the reference names for calls on listeners and groups as well.
  const wanted = service === 'elasticloadbalancing' && type === 'loadbalancer'
    ? /^arn:aws:elasticloadbalancing:[^:]*:[^:]*:(loadbalancer|targetgroup|listener)\/.*$/ : pattern(format)
  const where = { ...call.parameters }
  ELSEWHERE.forEach(key => delete where[key])
  return [...new Set(strings(where).filter(text => wanted.test(text) && text.split(':')[2] === format.split(':')[2]))]
}
