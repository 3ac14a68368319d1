import { sql } from 'kysely'
import { shanghaiDate, shanghaiInstant } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { sheetBytes, XLSX } from '#platform/http/server/sheet.ts'
import { Org } from '#platform/org/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { syncAccounts } from './accounts/server/sync.ts'
import { compose, type Enclosure, type Letter, type Person } from './seed/compose.ts'
import { type Arrived, noteArrived } from './seed/history.ts'
import { CIRCULARS, type Circular, EXCHANGES, JUNK, OFFICE_LETTER, type Sheet } from './seed/texts.ts'
import { rollDue } from './statistics/server/roll.ts'
import { type Addition, addEntries } from './store/server/entries.ts'
import { keepMessage, keepOctets } from './store/server/messages.ts'
import type { Kept } from './store/server/octets.ts'
import { mailBlobs } from './store/server/parts.ts'

type Owner = Person & { readonly account: string; readonly login: string; readonly organisationId: string | null; readonly organisationName: string; readonly inbox: number; readonly sent: number; readonly junk: number; readonly heads: boolean }
/** A letter on its way: octets, and into which folders it goes with which flags. */
type Posted = { readonly letter: Letter; readonly into: readonly { readonly mailbox: number; readonly flags: readonly string[] }[] }

const DAY = 86_400_000

type Row = { account: string; login: string; name: string; address: string; owner: string; inbox: string; sent: string; junk: string }

/** Everybody with mail, her folders, and who heads an organisation's office. */
async function ownersOf(ctx: ServerContext): Promise<readonly Owner[]> {
  const org = ctx.use(Org)
  const { rows } = await sql<Row>`
    select a.id as account, a.login, a.name, d.address, a.owner_id as owner, i.id as inbox, s.id as sent, j.id as junk from mail_account a join mail_address d on d.account_id = a.id and d.is_primary
    join mail_mailbox i on i.account_id = a.id and i.name = 'INBOX' join mail_mailbox s on s.account_id = a.id and s.special = 'Sent' join mail_mailbox j on j.account_id = a.id and j.special = 'Junk'
    where a.kind = 'person' order by a.login`.execute(ctx.db())
  const posts = await org.mainPosts(rows.map(({ owner }) => owner))
  const heads = await Promise.all((await org.children(null)).map(({ id }) => org.holders('office-head', id, { below: true })))
  const heading = new Set(heads.flat().map(({ personId }) => personId))
  return rows.map(({ owner, ...row }) => ({
    ...row, organisationId: posts.get(owner)?.organisationId ?? null, organisationName: posts.get(owner)?.organisationName ?? '', inbox: Number(row.inbox), sent: Number(row.sent), junk: Number(row.junk), heads: heading.has(owner),
  }))
}

const enclosed = (sheets: readonly Sheet[] = []): Promise<Enclosure[]> =>
  Promise.all(sheets.map(async ({ name, columns, rows }) => ({ name: `${name}.xlsx`, type: XLSX, octets: Buffer.from(await sheetBytes({ name, columns: columns.map((title) => ({ title, width: 18 })), rows: rows.map((row) => [...row]) })) })))

const tableOf = (rows: readonly (readonly string[])[]): string =>
  `<table border="1" cellpadding="6" style="border-collapse:collapse">${rows.map((row, index) => `<tr>${row.map((cell) => (index === 0 ? `<th style="background-color:#e8eff8">${cell}</th>` : `<td>${cell}</td>`)).join('')}</tr>`).join('')}</table>`

/** A letter with a table is written as HTML, too. */
const htmlOf = ({ text, table }: Pick<Circular, 'text' | 'table'>): { readonly html?: string } =>
  table === undefined ? {} : { html: `${text.split('\n\n').map((one) => `<p>${one.replaceAll('\n', '<br>')}</p>`).slice(0, 2).join('')}${tableOf(table)}` }

/** Writes letters as of a day: what was before today is before this very hour. */
function clockOf(runtime: Runtime): (daysAgo: number, hour: number) => Date {
  const now = runtime.clock()
  return (daysAgo, hour) => new Date(Math.min(now.getTime() - 60_000, shanghaiInstant(shanghaiDate(new Date(now.getTime() - daysAgo * DAY)), hour * 60 + 12).getTime()))
}

type Stage = { readonly owners: readonly Owner[]; readonly byLogin: ReadonlyMap<string, Owner>; readonly at: (daysAgo: number, hour: number) => Date; readonly domain: string }

const seenIf = (seen: boolean): readonly string[] => (seen ? ['\\Seen'] : [])

async function circulars({ owners, byLogin, at, domain }: Stage): Promise<readonly Posted[]> {
  const everybody = { name: '全体工作人员', address: `all@${domain}` }
  return Promise.all(CIRCULARS.flatMap((one, index) => {
    const from = byLogin.get(one.from)
    if (from === undefined) return []
    return [(async (): Promise<Posted> => ({
      letter: { id: `circular-${index}@${domain}`, from, to: [everybody], subject: one.subject, at: at(one.daysAgo, one.hour), text: one.text, ...htmlOf(one), enclosures: await enclosed(one.sheets) },
      into: owners.map(({ inbox }, place) => ({ mailbox: inbox, flags: seenIf(one.daysAgo > 3 || (place + index) % 3 === 0) })),
    }))()]
  }))
}

async function officeLetters({ owners, at, domain }: Stage): Promise<readonly Posted[]> {
  const heads = new Map(owners.filter(({ heads: head, organisationId }) => head && organisationId !== null).map((one) => [one.organisationId, one]))
  const enclosures = await enclosed(OFFICE_LETTER.sheets)
  return [...heads].map(([organisationId, from], index): Posted => {
    const staff = owners.filter((one) => one.organisationId === organisationId && one.login !== from.login)
    const fill = (text: string): string => text.replaceAll('{unit}', from.organisationName)
    return {
      letter: { id: `office-${index}@${domain}`, from, to: staff.slice(0, 40), subject: fill(OFFICE_LETTER.subject), at: at(OFFICE_LETTER.daysAgo, OFFICE_LETTER.hour), text: fill(OFFICE_LETTER.text), enclosures },
      into: [...staff.map(({ inbox }, place) => ({ mailbox: inbox, flags: seenIf(place % 2 === 0) })), { mailbox: from.sent, flags: ['\\Seen'] }],
    }
  })
}

const idOf = (index: number, domain: string): string => `exchange-${index}@${domain}`

async function exchanges({ byLogin, at, domain }: Stage): Promise<readonly Posted[]> {
  const answered = new Set(EXCHANGES.flatMap(({ answers }) => answers ?? []))
  const known = (logins: readonly string[] = []): readonly Owner[] => logins.flatMap((login) => byLogin.get(login) ?? [])
  return Promise.all(EXCHANGES.flatMap((one, index) => {
    const [from] = known([one.from])
    if (from === undefined) return []
    const [to, cc] = [known(one.to), known(one.cc)]
    const flags = [...seenIf(one.daysAgo > 1), ...(answered.has(index) ? ['\\Answered'] : []), ...(one.flagged === true ? ['\\Flagged'] : [])]
    return [(async (): Promise<Posted> => ({
      letter: { id: idOf(index, domain), from, to, cc, subject: one.subject, at: at(one.daysAgo, one.hour), text: one.text, enclosures: await enclosed(one.sheets), ...(one.answers !== undefined && { inReplyTo: idOf(one.answers, domain) }) },
      into: [...to.map(({ inbox }) => ({ mailbox: inbox, flags })), ...cc.map(({ inbox }) => ({ mailbox: inbox, flags: seenIf(one.daysAgo > 1) })), { mailbox: from.sent, flags: ['\\Seen'] }],
    }))()]
  }))
}

const junk = ({ owners, at, domain }: Stage): Posted => ({
  letter: { id: `junk-1@${domain}`, ...JUNK, to: [{ name: '', address: `undisclosed@${domain}` }], at: at(4, 3) },
  into: owners.map((one) => ({ mailbox: one.junk, flags: [] })),
})

/** Puts the octets of letters in their places, several at a time. */
async function written(runtime: Runtime, posted: readonly Posted[]): Promise<readonly (Posted & { readonly raw: Buffer; readonly kept: Kept })[]> {
  const blobs = mailBlobs(runtime)
  return Promise.all(posted.map(async (one) => {
    const raw = compose(one.letter)
    return { ...one, raw, kept: await keepOctets(blobs, raw) }
  }))
}

/** Mailboxes of the demonstration district with believable mail: circulars, letters of each office, and what the people known by name write to each other. */
export async function seed(runtime: Runtime): Promise<void> {
  await runtime.command(null, syncAccounts)
  const owners = await runtime.query(null, ownersOf)
  const domain = owners[0]?.address.split('@')[1] ?? ''
  const stage: Stage = { owners, byLogin: new Map(owners.map((one) => [one.login, one])), at: clockOf(runtime), domain }
  const posted = [...(await circulars(stage)), ...(await officeLetters(stage)), ...(await exchanges(stage)), junk(stage)].toSorted((a, b) => a.letter.at.getTime() - b.letter.at.getTime())
  const letters = await written(runtime, posted)
  await runtime.command(null, async (ctx) => {
    const additions: Addition[] = []
    const arrived: Arrived[] = []
    const accountOf = new Map(owners.map(({ address, account }) => [address, account]))
    const addressOf = new Map(owners.flatMap(({ address, inbox, junk: spam }) => [[inbox, address], [spam, address]]))
    for (const { raw, kept, letter, into } of letters) {
      const messageId = await keepMessage(ctx, raw, kept)
      additions.push(...into.map(({ mailbox, flags }) => ({ mailboxId: mailbox, messageId, size: raw.length, flags, internalAt: letter.at, savedAt: letter.at })))
      const { address } = letter.from
      arrived.push({ messageId, size: raw.length, accountId: accountOf.get(address) ?? null, sender: address, recipients: into.flatMap(({ mailbox }) => addressOf.get(mailbox) ?? []), at: letter.at })
    }
    await addEntries(ctx, additions)
    await noteArrived(ctx, arrived)
    await rollDue(ctx)
  })
}
