// What the calls so far say of the account: the tags of each resource, and which resource belongs to which. Tags outlive their resource, because
// AWS still answers for a while to calls about what has just gone.

export const ACCOUNT = '123456789012'

export class World {
  /** Of each ARN its tags. */
  tags = new Map()
  /** Of each id that stands for others, such as of an association, those others. */
  links = new Map()
  /** By name: ARN of a role or an instance profile, and the role of a profile. */
  roles = new Map()
  profiles = new Map()
  roleOfProfile = new Map()
  /** Of a role's ARN its permissions boundary. */
  boundaries = new Map()
  /** By id and by name: what a launch template says, newest last, and its ARN. */
  templates = new Map()
  /** By the id of a key pair, its name. */
  keyNames = new Map()

  tagsOf(arn) {
    return this.tags.get(arn) ?? {}
  }

  tag(arn, tags) {
    this.tags.set(arn, { ...this.tagsOf(arn), ...tags })
  }

  untag(arn, keys) {
    const left = { ...this.tagsOf(arn) }
    keys.forEach(key => delete left[key])
    this.tags.set(arn, left)
  }
}

/** All strings of a value, however deep. */
export function strings(value) {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}

/** All objects of a value, itself included. */
export function objects(value) {
  if (!value || typeof value !== 'object') return []
  return [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objects)]
}

/** Tags however a service writes them. */
export function asTags(written) {
  if (!written) return {}
  if (!Array.isArray(written)) {
    return written.Items ? asTags(written.Items) : written.TagSet ? asTags(written.TagSet) : written
  }
  return Object.fromEntries(written.map(tag => [tag.Key ?? tag.key ?? tag.TagKey, tag.Value ?? tag.value ?? tag.TagValue ?? '']))
}
