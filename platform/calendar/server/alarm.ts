import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { unconfirmedNextYear } from '../day-table.ts'
import { currentTable } from './days.ts'

/** In December, each working morning until it is done: the coming year has no official calendar, so deadlines cannot reach into it. */
export async function remindOfNextYear(ctx: ServerContext): Promise<void> {
  const year = unconfirmedNextYear(shanghaiDate(ctx.now), (await currentTable(ctx)).confirmedYears)
  if (year === null) return
  ctx.log.warn({ year }, 'calendar of the coming year is not confirmed')
  const roots = await ctx.use(Org).children(null)
  const holders = await Promise.all(roots.map(({ id }) => ctx.use(Org).holders('system-admin', id, { below: true })))
  await ctx.use(Notify).tell(holders.flat().map(({ personId }) => personId), {
    kind: 'system', title: `请导入 ${year} 年节假日安排`, text: '国务院办公厅通知导入之前，跨年的办理期限无法推算。',
  })
}
