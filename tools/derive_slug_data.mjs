// Writes data/slug-code-points.txt: which code points each slug flavour keeps, how they are lower-cased, what MkDocs
// makes of them. It is run by hand when a flavour changes its rule, never in a build, so that slugs stay the same
// whatever Unicode version Python, Rust or the machine has.
//
//     npm pack github-slugger@2.0.0 && tar xzf github-slugger-2.0.0.tgz
//     node tools/derive_slug_data.mjs package/regex.js
//
// GitHub's set is that of github-slugger's expression, evaluated over every code point; the others are the Unicode
// properties that the flavour's own source names (see data/README-slugs.md), as this Node's Unicode version has them.

import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const WIDTH = 112
const { regex } = await import(pathToFileURL(resolve(process.argv[2])))

const codePoints = []
for (let cp = 0; cp <= 0x10ffff; cp++) if (cp < 0xd800 || cp > 0xdfff) codePoints.push(cp)
const hex = (number) => number.toString(16)

function ranges(keeps) {
  const found = []
  for (const cp of codePoints) {
    if (!keeps(String.fromCodePoint(cp))) continue
    const last = found.at(-1)
    if (last && last[1] === cp - 1) last[1] = cp
    else found.push([cp, cp])
  }
  return found.map(([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`))
}

// Rows `first-last/step+delta`: every step-th code point from first to last is lower-cased by adding delta.
function lowerCase() {
  const rows = []
  for (const cp of codePoints) {
    const lower = [...String.fromCodePoint(cp).toLowerCase()]
    if (lower.length > 1 && cp !== 0x130) throw new Error(`${hex(cp)} has a long lower case`)
    const delta = lower[0].codePointAt(0) - cp
    if (delta === 0) continue
    const row = rows.at(-1)
    const step = row && cp - row.last
    if (row && row.delta === delta && cp !== 0x130 && (row.step === step || (row.first === row.last && step <= 2))) {
      row.step = step
      row.last = cp
    } else rows.push({ first: cp, last: cp, step: 1, delta })
  }
  return rows.map(({ first, last, step, delta }) => `${hex(first)}-${hex(last)}/${step}${delta < 0 ? '' : '+'}${delta}`)
}

// Runs `first|text|text…` of consecutive code points: what compatibility decomposition leaves of each in a MkDocs slug.
// A space is written as `+`, which no slug contains.
function asciiForms() {
  const runs = []
  let next = -1
  for (const cp of codePoints.filter((cp) => cp > 0x7f)) {
    const form = String.fromCodePoint(cp).normalize('NFKD').replace(/[^\w\s-]|[^\0-\x7f]/g, '').toLowerCase()
    if (form === '') continue
    if (!/^[a-z0-9_ -]+$/.test(form)) throw new Error(`${hex(cp)} decomposes to ${JSON.stringify(form)}`)
    const text = form.replaceAll(' ', '+')
    const run = runs.at(-1)
    if (cp === next && run.length + text.length < WIDTH - 1) runs[runs.length - 1] += `|${text}`
    else runs.push(`${hex(cp)}|${text}`)
    next = cp + 1
  }
  return runs
}

// The two properties of the Final_Sigma rule (Unicode 3.13), as toLowerCase applies them.
const cased = /\p{Cased}/u
const ignorable = /\p{Case_Ignorable}/u

const sections = {
  github_kept: ranges((text) => text.replace(regex, '') !== ''),
  gitlab_kept: ranges((text) => /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]/u.test(text)),
  hugo_kept: ranges((text) => /[\p{L}\p{Nd}_]/u.test(text)),
  mdbook_kept: ranges((text) => /[\p{Alphabetic}\p{N}_]/u.test(text)),
  white_space: ranges((text) => /\p{White_Space}/u.test(text)),
  cased: ranges((text) => cased.test(text)),
  case_ignorable: ranges((text) => ignorable.test(text)),
  lower_case: lowerCase(),
  ascii_forms: asciiForms()
}

const lines = [`# Written by tools/derive_slug_data.mjs; Unicode ${process.versions.unicode}, GitHub's set as github-slugger has it.`]
for (const [name, entries] of Object.entries(sections)) {
  lines.push(`[${name}]`)
  let line = ''
  for (const entry of entries) {
    if (line && line.length + entry.length + 1 > WIDTH) {
      lines.push(line)
      line = ''
    }
    line += (line && ' ') + entry
  }
  lines.push(line)
}
const root = dirname(dirname(fileURLToPath(import.meta.url)))
writeFileSync(join(root, 'data', 'slug-code-points.txt'), lines.join('\n') + '\n')
