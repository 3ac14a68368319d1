import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddresses } from './address.ts'

const show = (value: string): string => parseAddresses(value).map(({ name, route, mailbox, host }) => [name, route, mailbox, host].map((one) => one ?? '-').join('|')).join(' ')

const table: readonly (readonly [string, string])[] = [
  ['a@b.c, "Q. D" <x@y.z>', '-|-|a|b.c Q. D|-|x|y.z'],
  ['Group: a@b.c, d@e.f;, g@h.i', '-|-|Group|- -|-|a|b.c -|-|d|e.f -|-|-|- -|-|g|h.i'],
  ['undisclosed-recipients:;', '-|-|undisclosed-recipients|- -|-|-|-'],
  ['a@b (comment)', 'comment|-|a|b'],
  ['"weird \\"q\\" name"@x.y', '-|-|weird "q" name|x.y'],
  ['John. Q. Public <jp@x>', 'John. Q. Public|-|jp|x'],
  ['<@r1,@r2:u@h>', '-|@r1,@r2|u|h'],
  ['<>', '-|-|MISSING_MAILBOX|MISSING_DOMAIN'],
  ['"n" <a @ b . c>', 'n|-|a|b.c'],
  ['John Doe', 'John Doe|-|MISSING_MAILBOX|MISSING_DOMAIN'],
  ['a b c@d', 'a b c|-|MISSING_MAILBOX|MISSING_DOMAIN'],
  ['root', '-|-|root|MISSING_DOMAIN'],
  ['user@[1.2.3.4]', '-|-|user|[1.2.3.4]'],
  ['Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>', 'Pete|-|pete|silly.test'],
  ['Some.One@x.y (Real (nested) Name)', 'Real (nested) Name|-|Some.One|x.y'],
  ['', ''],
  [', ,', ''],
]

for (const [written, expected] of table) {
  test(`addresses in ${JSON.stringify(written)}`, () => assert.equal(show(written), expected))
}

test('a list without end is cut, and no input makes reading endless', () => {
  assert.equal(parseAddresses('a@b,'.repeat(50_000)).length, 10_000)
  for (const char of ['"', '(', '<', '[', '\\', '@', ':', ';', '.', '\x00', '\xff']) {
    assert.ok(parseAddresses(char.repeat(5_000)).length <= 10_000)
    assert.ok(parseAddresses(`a${char}b`.repeat(2_000)).length <= 10_000)
  }
})
