// Writes recorded.jsonl from lives that RecordedLives and DocumentedPermissionsTest have left in target/lives; see README.md.
//
//   PYTHON=.venv/bin/python node src/test/iam/record.mjs target/lives/*.jsonl

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { checksOfLife, normalised } from './authorise.mjs'

const here = dirname(new URL(import.meta.url).pathname)
const lives = new Map()
for (const file of process.argv.slice(2)) {
  const operations = execFileSync(process.env.PYTHON ?? 'python3', [join(here, 'wire.py')],
    { input: readFileSync(file), maxBuffer: 1 << 30, encoding: 'utf-8' })
  const calls = operations.trim().split('\n').map(line => JSON.parse(line))
  calls.flatMap(call => call.faults.map(fault => `${call.service} ${call.operation}: ${fault}`)).forEach(fault => { throw new Error(fault) })
  const checks = normalised(await checksOfLife(calls))
  checks.forEach(check => lives.set(check, [...lives.get(check) ?? [], basename(file, '.jsonl')]))
}
const lines = [...lives].sort(([a], [b]) => a < b ? -1 : 1).map(([check, names]) => JSON.stringify({ ...JSON.parse(check), lives: names }))
writeFileSync(join(here, 'recorded.jsonl'), lines.join('\n') + '\n')
