/** Plays the scripts of the mail suite against our servers and prints a table; `--write` puts it into docs/mail-mpt.md. The exit code is 0 only if nothing in scope failed. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mpt } from '#test/conformance/mpt.ts'
import { mptSmtp } from '#test/conformance/mpt-smtp.ts'
import { absent, type Row, suiteFolder } from '#test/conformance/suites.ts'
import { root } from './files.ts'

const HEAD = `# Scripts of the mail protocol tests

\`npm run test:mpt\` plays the IMAP and SMTP scripts of the suite \`mpt\` against this server, each with an account of its own. An answer is compared as far as the protocol fixes it: words for
people behind a status are free, untagged answers come in any order, the items of a FETCH too; \`\\Recent\` is gone with IMAP4rev2; a refusal may be NO, BAD or BYE unless the script names
its code; levels of names are told by \`/\` where the suite's own server has a dot. Passed over within scripts: FETCH with no item or with a macro in a list and blanks inside
brackets, which the grammar does not know, and \`SEARCH BODY o\` and \`the\`, which find tags of HTML and preambles there and what people read here, and
searches for NEW, OLD and RECENT, for PARTIAL results, which are not announced, and renaming into another account, which is refused; GETMETADATA without an entry, which the grammar does
not know, or with a MAXSIZE of 0, which it does. What that server's preparation shares is shared before;
its \`#user\` is \`其他用户\`, letters of rights come in any order, and the obsolete \`c\` and \`d\` may be told besides. Of the SMTP scripts codes and names of extensions are compared; a refusal may be any. Written by \`npm run test:mpt -- --write\`.

`

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\r\n', ' ')

function page(rows: readonly Row[]): string {
  const passed = rows.filter(({ result }) => result === 'passed').length
  const scope = rows.filter(({ result }) => result !== 'out of scope').length
  const table = rows.map(({ name, result, note }) => `| ${name} | ${result} | ${cell(note)} |`).join('\n')
  return `${HEAD}${passed} of ${scope} scripts in scope pass; ${rows.length - scope} say nothing about this server.\n\n| script | result | why |\n|---|---|---|\n${table}\n`
}

const folder = suiteFolder('mpt')
if (folder === null) console.log(`skipped: ${absent('mpt')}`)
else {
  const rows = [...(await mpt(folder)), ...(await mptSmtp(folder))]
  const text = page(rows)
  if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/mail-mpt.md'), text)
  console.log(text.slice(HEAD.length))
  process.exitCode = rows.some(({ result }) => result === 'failed') ? 1 : 0
}
