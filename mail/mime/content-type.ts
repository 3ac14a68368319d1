import { done, peek, readQuoted, readToken, type Scan, scan, skipBlanks, take } from './scan.ts'

/** Parameters in their order, encoded ones (RFC 2231) last, as octets; parts of one value are joined, an encoded one keeps its encoding under `name*`. */
export type Parameters = readonly (readonly [name: string, value: string])[]
export type ContentType = { readonly type: string; readonly subtype: string; readonly parameters: Parameters }

/** A Content-Type value; null when it is none (RFC 2045 5.1, 5.2: the default of the place applies). */
export function parseContentType(value: string): ContentType | null {
  const one = scan(value)
  skipBlanks(one)
  const type = readToken(one)
  skipBlanks(one)
  if (type === '' || !take(one, '/')) return null
  skipBlanks(one)
  const subtype = readToken(one)
  return subtype === '' ? null : { type, subtype, parameters: readParameters(one) }
}

export type Disposition = { readonly kind: string; readonly parameters: Parameters }

/** A Content-Disposition value (RFC 2183); null when it names no kind. */
export function parseDisposition(value: string): Disposition | null {
  const one = scan(value)
  skipBlanks(one)
  const kind = readToken(one)
  return kind === '' ? null : { kind, parameters: readParameters(one) }
}

const MOST_PARAMETERS = 100

function readParameters(one: Scan): Parameters {
  const found: [string, string][] = []
  for (skipBlanks(one); !done(one) && found.length < MOST_PARAMETERS; skipBlanks(one)) {
    if (!take(one, ';')) {
      one.at++
      continue
    }
    skipBlanks(one)
    const name = readToken(one)
    skipBlanks(one)
    if (name === '' || !take(one, '=')) continue
    skipBlanks(one)
    found.push([name, peek(one) === '"' ? readQuoted(one) : readBare(one)])
  }
  return joined(found)
}

/** An unquoted value; characters that should have been quoted are taken along, up to the next blank or semicolon. */
function readBare(one: Scan): string {
  const from = one.at
  while (!done(one) && !/[;\s(]/.test(peek(one))) one.at++
  return one.text.slice(from, one.at)
}

type Piece = { readonly name: string; readonly order: number; readonly encoded: boolean; readonly value: string }

function piece([key, value]: readonly [string, string]): Piece | null {
  const match = /^(.+?)\*(\d{1,3})(\*?)$/.exec(key)
  return match === null ? null : { name: match[1] ?? '', order: Number(match[2]), encoded: match[3] === '*', value }
}

/** Joins `name*0`, `name*1*` … into one (RFC 2231 3). */
function joined(found: readonly (readonly [string, string])[]): Parameters {
  const pieces = found.map(piece).filter((one) => one !== null)
  const whole = [...Map.groupBy(pieces, (one) => one.name.toLowerCase()).values()].map((group) => joinPieces(group))
  const single = found.filter((one) => piece(one) === null)
  return [...single.filter(([name]) => !name.endsWith('*')), ...whole, ...single.filter(([name]) => name.endsWith('*'))]
}

function joinPieces(group: readonly Piece[]): readonly [string, string] {
  const sorted = group.toSorted((a, b) => a.order - b.order)
  const run = sorted.filter((one, index) => one.order === index)
  const encoded = run.some((one) => one.encoded)
  const name = sorted[0]?.name ?? ''
  return [encoded ? `${name}*` : name, run.map((one) => one.value).join('')]
}

/** A parameter's octets by name, plain form first. */
export const parameter = (parameters: Parameters, name: string): string | undefined => parameters.find(([key]) => key.toLowerCase() === name)?.[1]
