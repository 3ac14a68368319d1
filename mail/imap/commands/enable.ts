import { type Cursor, atEnd, expect, match, wrong } from '../cursor.ts'
import { type Command, done, type Extension } from '../session.ts'
import { tellAnnotations } from './notify.ts'

const KNOWN: readonly Extension[] = ['CONDSTORE', 'QRESYNC', 'UTF8=ACCEPT', 'IMAP4rev2', 'METADATA']
const NAME = /[^\x80-\xff\s(){%*"\\\]]{1,40}/y
const MOST = 50

function readNames(cursor: Cursor): readonly string[] {
  const names: string[] = []
  while (!atEnd(cursor) && names.length < MOST) {
    expect(cursor, ' ')
    names.push((match(cursor, NAME) ?? wrong('missing extension')).toUpperCase())
  }
  return atEnd(cursor) && names.length > 0 ? names : wrong('missing or too many extensions')
}

/** RFC 5161: what is not known is passed over. QRESYNC switches CONDSTORE on with it (RFC 7162 3.2.3). */
export const enable: Command = {
  name: 'ENABLE', phases: ['known', 'selected'],
  async run(session, cursor) {
    const names = readNames(cursor)
    const asked = KNOWN.filter((one) => names.includes(one.toUpperCase()))
    const fresh = asked.filter((one) => !session.enabled.has(one))
    await session.send(`* ENABLED${fresh.map((one) => ` ${one}`).join('')}\r\n`)
    if (fresh.includes('QRESYNC') || fresh.includes('CONDSTORE')) await session.useCondstore()
    for (const one of fresh) session.enabled.add(one)
    if (fresh.includes('METADATA')) await tellAnnotations(session)
    return done('enabled')
  },
}
