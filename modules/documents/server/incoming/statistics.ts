import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Dictionary } from '#platform/dictionary/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { IncomingCountsWire } from '#modules/documents/incoming/api.ts'

type Dimension = 'month' | 'docType' | 'category' | 'sender'

const KEYS: Readonly<Record<Dimension, RawBuilder<string>>> = {
  month: sql<string>`to_char(created_at at time zone 'Asia/Shanghai', 'YYYY-MM')`,
  docType: sql<string>`coalesce(doc_type, '')`,
  category: sql<string>`coalesce(category, '')`,
  sender: sql<string>`coalesce(sender, '')`,
}

const DICTIONARIES: Readonly<Partial<Record<Dimension, string>>> = { docType: 'documents.type', category: 'documents.incoming-category' }

type Row = Omit<IncomingCountsWire, 'label'> & { readonly whole: boolean }

/** Groups and, in the row marked `whole`, everything together. */
async function rowsOf(ctx: ServerContext, year: number, by: Dimension): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select coalesce(key, '') as key, grouping(key) = 1 as whole, count(*)::int as received, count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'returned')::int as returned,
      count(*) filter (where state <> 'returned' and coalesce((finished_at at time zone 'Asia/Shanghai')::date, ${shanghaiDate(ctx.now)}::date) > due_on)::int as overdue,
      round(avg(extract(epoch from finished_at - coalesce(received_at, created_at))) / 86400, 1)::float8 as "averageDays"
    from (select *, ${KEYS[by]} as key from documents_incoming
      where organisation_id = ${actorOf(ctx).organisationId} and state not in ('draft', 'recalled', 'stopped')
        and created_at >= ${`${year}-01-01T00:00:00+08:00`}::timestamptz and created_at < ${`${year + 1}-01-01T00:00:00+08:00`}::timestamptz) d
    group by grouping sets ((key), ()) order by ${by === 'month' ? sql`key` : sql`received desc, key`}`.execute(ctx.db())
  return rows
}

async function labelsOf(ctx: ServerContext, by: Dimension): Promise<(key: string) => string> {
  const dictionary = DICTIONARIES[by]
  const entries = dictionary === undefined ? [] : await ctx.use(Dictionary).entries(dictionary, { withDisabled: true })
  const labels = new Map(entries.map(({ code, label }) => [code, label]))
  return (key) => (key === '' ? '未填写' : (labels.get(key) ?? key))
}

const NOTHING = { key: '', received: 0, done: 0, returned: 0, overdue: 0, averageDays: null }

/** 收文 of the actor's organisation in a year, by one dimension, and the total. */
export async function statistics(ctx: ServerContext, year: number, by: Dimension): Promise<{ items: IncomingCountsWire[]; total: IncomingCountsWire }> {
  const [rows, label] = [await rowsOf(ctx, year, by), await labelsOf(ctx, by)]
  const wire = ({ key, received, done, returned, overdue, averageDays }: Omit<Row, 'whole'>, text: string): IncomingCountsWire => ({ key, label: text, received, done, returned, overdue, averageDays })
  return { items: rows.filter(({ whole }) => !whole).map((row) => wire(row, label(row.key))), total: wire(rows.find(({ whole }) => whole) ?? NOTHING, '合计') }
}
