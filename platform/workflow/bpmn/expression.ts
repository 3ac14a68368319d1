import { and, type Condition, type ConditionValue, holds, or, type Operator } from '#kit/where.ts'

/**
 * The text form of conditions in BPMN: `amount > 1000 and (kind = "urgent" or tags contains "red") and note filled`. A field alone means
 * that it is true, with `!` before it that it is not; a value may stand on the left (`1000 < amount`), `true` and `false` alone. A wrapper as other tools write it (`${…}`, a leading `=`) is taken off. There are no functions, and nothing is evaluated but by `holds`.
 * @throws Error that says at which sign
 */
export function parseCondition(text: string): Condition {
  const inner = /^\s*(?:[$#]\{([\s\S]*)\}|=(?!=)([\s\S]*))\s*$/u.exec(text)
  const tokens = scan(inner?.[1] ?? inner?.[2] ?? text)
  const reader = new Reader(tokens)
  const condition = reader.either()
  reader.end()
  return condition
}

type Token = { readonly kind: 'name' | 'value' | 'sign'; readonly text: string; readonly at: number }

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['value', /"(?:[^"\\]|\\.)*"|'[^'\\]*'|-?\d+(?:\.\d+)?(?![\p{L}\d_])|\[[^\]]*\]/uy],
  ['name', /[\p{L}_][\p{L}\p{N}_]*(?:[.-][\p{L}\p{N}_]+)*/uy],
  ['sign', /[!<>=]=?|&&|\|\||[()]/uy],
]

function scan(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    if (/\s/u.test(text[at] ?? '')) {
      at++
      continue
    }
    const found = patterns.map(([kind, pattern]) => {
      pattern.lastIndex = at
      return { kind, text: pattern.exec(text)?.[0] }
    }).find((one) => one.text !== undefined)
    if (found?.text === undefined) throw new Error(`第 ${at + 1} 个字符“${text[at] ?? ''}”无法识别`)
    tokens.push({ kind: found.kind, text: found.text, at })
    at += found.text.length
  }
  return tokens
}

const signs: Readonly<Record<string, Operator>> = { '=': '=', '==': '=', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' }
/** The sign that means the same with both sides exchanged. */
const mirrored: Readonly<Partial<Record<Operator, Operator>>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }
const constants: ReadonlySet<string> = new Set(['true', 'false', 'null'])
const words: readonly Operator[] = ['in', 'not-in', 'contains', 'overlaps', 'empty', 'filled']

const reserved: ReadonlySet<string> = new Set([...words, 'and', 'or', 'not'])

class Reader {
  private readonly tokens: readonly Token[]
  private next = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  either(): Condition {
    const any = [this.both()]
    while (this.take('or', '||')) any.push(this.both())
    return any.length === 1 ? (any[0] as Condition) : { kind: 'or', any }
  }

  end(): void {
    if (this.next < this.tokens.length) this.refuse('多余的内容')
  }

  private both(): Condition {
    const all = [this.single()]
    while (this.take('and', '&&')) all.push(this.single())
    return all.length === 1 ? (all[0] as Condition) : { kind: 'and', all }
  }

  private single(): Condition {
    if (this.take('(')) {
      const inner = this.either()
      if (!this.take(')')) this.refuse('缺少右括号')
      return inner
    }
    const negated = this.take('!', 'not')
    const name = this.tokens[this.next]
    if (!negated && name !== undefined && (name.kind === 'value' || constants.has(name.text))) return this.constant()
    if (name?.kind !== 'name' || reserved.has(name.text)) return this.refuse('应为字段名或值')
    this.next++
    const sign = this.tokens[this.next]
    const op = sign?.kind === 'sign' ? signs[sign.text] : words.find((word) => word === sign?.text)
    if (op === undefined) return { kind: 'field', field: name.text, op: negated ? '!=' : '=', value: true }
    if (negated) return this.refuse('“!”之后只能是字段名')
    this.next++
    return { kind: 'field', field: name.text, op, value: op === 'empty' || op === 'filled' ? null : this.value() }
  }

  /** What begins with a value: alone when it is true or false, else compared with a field or another value. */
  private constant(): Condition {
    const left = this.value()
    const sign = this.tokens[this.next]
    const op = sign?.kind === 'sign' ? signs[sign.text] : undefined
    if (op === undefined) return left === true ? and() : left === false ? or() : this.refuse('应为比较符号')
    this.next++
    const right = this.tokens[this.next]
    if (right?.kind === 'value' || constants.has(right?.text ?? '')) return holds({ kind: 'field', field: 'left', op, value: this.value() }, { left }) ? and() : or()
    if (right?.kind !== 'name' || reserved.has(right.text)) return this.refuse('应为字段名或值')
    this.next++
    return { kind: 'field', field: right.text, op: mirrored[op] ?? op, value: left }
  }

  private value(): ConditionValue {
    const token = this.tokens[this.next]
    this.next++
    if (token?.kind === 'name' && constants.has(token.text)) return token.text === 'null' ? null : token.text === 'true'
    if (token?.kind !== 'value') {
      this.next--
      return this.refuse('应为值（文字请加引号）')
    }
    try {
      return JSON.parse(token.text.startsWith("'") ? JSON.stringify(token.text.slice(1, -1)) : token.text) as ConditionValue
    } catch {
      return this.refuse('值的写法有误')
    }
  }

  private take(...texts: readonly string[]): boolean {
    const found = texts.includes(this.tokens[this.next]?.text ?? '') && this.tokens[this.next]?.kind !== 'value'
    if (found) this.next++
    return found
  }

  private refuse(message: string): never {
    const token = this.tokens[this.next]
    throw new Error(token === undefined ? `结尾处${message}` : `第 ${token.at + 1} 个字符处${message}`)
  }
}

/** A condition as text; `parseCondition` reads it back the same. */
export function conditionText(condition: Condition): string {
  if (condition.kind === 'field') return `${condition.field} ${condition.op}${condition.op === 'empty' || condition.op === 'filled' ? '' : ` ${JSON.stringify(condition.value)}`}`
  const parts = condition.kind === 'and' ? condition.all : condition.any
  if (parts.length === 0) return String(condition.kind === 'and')
  return parts.map((part) => (part.kind === 'field' ? conditionText(part) : `(${conditionText(part)})`)).join(condition.kind === 'and' ? ' and ' : ' or ')
}
