// Evaluates checks against policies as AWS would, with @cloud-copilot/iam-simulate.
//
//   node evaluate.mjs < {"policies": {NAME: POLICY, …}, "checks": [CHECK, …]} > {"answers": [ANSWER, …]}
//
// Each check is a line of authorise.mjs, with the names of the policies that the role has as "with". Each answer says whether the check is allowed,
// by which statements, and, for one that is not, how close each statement for its action comes.

import { isWildcardOnlyAction, runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate'
import { ACCOUNT } from './world.mjs'

/** What a key's policy says that nobody has changed (AWS KMS developer guide, "Default key policy"). */
const DEFAULT_KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }]
}

/**
 * What the services' own user guides say, and the data lacks: tags of listeners and target groups, because two services share a prefix, and
 * parameters and documents that are AWS's own, in no account.
 */
const NOT_IN_DATA = /^elasticloadbalancing:(AddTags|RemoveTags) .*:(listener|targetgroup)\/|^ssm:[A-Za-z]+ arn:aws:ssm:[^:]*::/

/** An ARN in no account, for what has no resource level: only a statement on everything matches it. */
async function resourceOf(check) {
  const [service, action] = check.action.split(':')
  return check.resource !== '*' || await isWildcardOnlyAction(service, action) ? check.resource : undefined
}

/** Most checks come several times, for roles that differ in statements for other actions alone. */
const known = new Map()

async function answer(policies, check) {
  // Policies name actions in full.
  const statements = check.with.flatMap(name => policies[name].Statement.filter(each => names(each, check.action))
    .map(statement => ({ policy: name, statement })))
  const key = JSON.stringify([check.action, check.resource, check.context, statements.map(({ policy, statement }) => [policy, statement.Sid])])
  if (!known.has(key)) known.set(key, await decision(check, statements))
  return { ...check, ...known.get(key) }
}

async function decision(check, statements) {
  const resource = await resourceOf(check)
  // Where the reference names a resource but the call has none, what allows it must allow everything.
  const usable = statements.filter(({ statement }) => resource || list(statement.Resource).includes('*'))
  const request = {
    principal: `arn:aws:iam::${ACCOUNT}:role/ec2-docker-provisioner`,
    action: check.action,
    resource: { resource: resource ?? '*', accountId: ACCOUNT },
    contextVariables: check.context
  }
  const identityPolicies = usable.map(({ policy, statement }) =>
    ({ name: `${policy}#${statement.Sid}`, policy: { Version: '2012-10-17', Statement: [statement] } }))
  const simulation = {
    request, identityPolicies, serviceControlPolicies: [], resourceControlPolicies: [],
    resourcePolicy: check.action.startsWith('kms:') && resource && resource !== '*' ? DEFAULT_KEY_POLICY : undefined
  }
  const result = await runSimulation(simulation, {})
  if (result.resultType === 'error') {
    return result.errors.message === 'multiple.resource.types' || NOT_IN_DATA.test(`${check.action} ${resource}`)
      ? unvalidated(simulation, statements) : { allowed: false, by: [], denied: [], error: JSON.stringify(result.errors) }
  }
  const results = result.resultType === 'single' ? [result.result] : result.results
  const sids = key => [...new Set(results.flatMap(each => (each.analysis?.identityAnalysis?.[key] ?? []).map(each => each.policyId)))]
  const ignored = results.flatMap(each => each.ignoredContextKeys ?? [])
  if (ignored.length) throw new Error(`${check.action} has no ${ignored.join(', ')}, which authorise.mjs gives it`)
  const allowed = results.length > 0 && result.overallResult === 'Allowed'
  return { allowed, by: sids('allowStatements'), denied: sids('denyStatements'), near: allowed ? [] : near(statements) }
}

/** Where the data cannot say which type of resource an ARN is. */
function unvalidated(simulation, statements) {
  const by = simulation.identityPolicies.filter(policy => runUnsafeSimulation({ ...simulation, identityPolicies: [policy] }, {}) === 'Allowed')
  return { allowed: by.length > 0, by: by.map(policy => policy.name), denied: [], near: by.length ? [] : near(statements) }
}

const list = value => value === undefined ? [] : [].concat(value)
const names = (statement, action) => list(statement.Action).some(each => each.toLowerCase() === action.toLowerCase())

/** The statements that name the action, for the message to whoever has to change one. */
const near = statements => statements.map(({ policy, statement }) =>
  `${policy}.json ${statement.Sid}: ${list(statement.Resource).join(', ')} ${JSON.stringify(statement.Condition ?? {})}`)

const input = JSON.parse(await new Response(process.stdin).text())
const answers = []
for (const check of input.checks) answers.push(await answer(input.policies, check))
console.log(JSON.stringify({ answers }))
