import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommandReader, type RawCommand, type ReaderLimits, readerLimits } from './reader.ts'

type Heard = { readonly all: string[]; readonly push: (...chunks: readonly string[]) => string[] }

function reader(limits: Partial<ReaderLimits> = {}): Heard {
  const all: string[] = []
  const show = ({ texts, literals }: RawCommand): string =>
    texts.map((text, index) => `${text}${literals[index] === undefined ? '' : `«${literals[index].kind === 'octets' ? literals[index].octets.toString() : `kept ${literals[index].size} ${String(literals[index].key)}`}»`}`).join('')
  const one = new CommandReader(
    {
      command: (command) => void all.push(show(command)),
      goAhead: () => void all.push('+'),
      refused: (reason, tag, fatal) => void all.push(`${tag} ${reason}${fatal ? ' fatal' : ''}`),
      sink: ({ texts }) => {
        if (!texts[0]?.includes('APPEND')) return null
        let got = 0
        return { write: (chunk) => void (got += chunk.length), end: () => `sink:${got}`, abort: () => void all.push('aborted') }
      },
    },
    { ...readerLimits, ...limits },
  )
  return { all, push: (...chunks) => (chunks.forEach((chunk) => one.push(Buffer.from(chunk))), all) }
}

test('lines end in LF, with or without CR, in whatever pieces they come', () => {
  assert.deepEqual(reader().push('a NOOP\r\nb CAP', 'ABILITY', '\nc', ' X\r', '\n'), ['a NOOP', 'b CAPABILITY', 'c X'])
})

test('literals wait for the go-ahead unless they say that they do not', () => {
  assert.deepEqual(reader().push('a LOGIN {2}\r\n', 'me {0}\r\n', ' \r\nb LOGIN {1+}\r\nx {2+}\r\nyz\r\n'), ['+', '+', 'a LOGIN {2}«me» {0}«» ', 'b LOGIN {1+}«x» {2+}«yz»'])
})

test('a literal holds any octets, also what looks like a command', () => {
  assert.deepEqual(reader().push('a X {9+}\r\nb NOOP\r\nc\r\n'), ['a X {9+}«b NOOP\r\nc»'])
})

test('a large literal goes where the server says, octet by octet the same', () => {
  const pieces = ['a APPEND x {20+}\r\n', ...'0123456789abcdefghij', '\r\n']
  assert.deepEqual(reader({ memory: 8 }).push(...pieces), ['a APPEND x {20+}«kept 20 sink:20»'])
})

const refusals: readonly (readonly [string, Partial<ReaderLimits>, readonly string[], readonly string[]])[] = [
  ['an overlong line is refused, the next one read', { line: 20 }, ['a ' + 'x'.repeat(500), 'y\r\nb NOOP\r\n'], ['a line', 'b NOOP']],
  ['an overlong line without tag', { line: 4 }, ['xxxxxxxxxxxx\r\n'], ['* line']],
  ['NUL in a line', {}, ['a LO\0GIN\r\nb NOOP\r\n'], ['a nul', 'b NOOP']],
  ['a literal too large to wait for', { message: 100, memory: 10 }, ['a APPEND x {101}\r\nb NOOP\r\n'], ['a message', 'b NOOP']],
  ['one that comes all the same is read away', { message: 100, memory: 10 }, ['a APPEND x {150+}\r\n', 'z'.repeat(150), ' {3+}\r\nabc\r\nb NOOP\r\n'], ['a message', 'b NOOP']],
  ['one far too large ends the connection', { message: 100 }, ['a APPEND x {9999999999+}\r\n'], ['a message fatal']],
  ['more memory than allowed', { memory: 10 }, ['a LOGIN {11}\r\nb NOOP\r\n'], ['a memory', 'b NOOP']],
  ['more memory than allowed in several literals', { memory: 10 }, ['a LOGIN {6+}\r\n123456 {6+}\r\n123456\r\nb NOOP\r\n'], ['a memory', 'b NOOP']],
  ['too many literals', { literals: 1 }, ['a X {1+}\r\na {1+}\r\nb\r\nb NOOP\r\n'], ['a literals', 'b NOOP']],
]
for (const [name, limits, chunks, expected] of refusals) test(name, () => assert.deepEqual(reader(limits).push(...chunks), expected))

test('pieces of one octet give the same as one piece', () => {
  const text = 'a NOOP\r\nb LOGIN {2+}\r\nme {3}\r\npwd\r\nc APPEND x {30+}\r\n012345678901234567890123456789\r\n\r\nd Y\n'
  assert.deepEqual(reader({ memory: 20 }).push(...text), reader({ memory: 20 }).push(text))
})
