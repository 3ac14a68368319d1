import { shanghaiDate, shanghaiMinute, formatMinute } from '#base/civil-date.ts'

/** A moment as the phone's own picker writes it, on Shanghai's clock: `2026-11-24T10:03`; empty for none. */
export function toLocal(at: string): string {
  const moment = new Date(at)
  return Number.isNaN(moment.getTime()) ? '' : `${shanghaiDate(moment)}T${formatMinute(shanghaiMinute(moment))}`
}

/** The moment the picker's writing stands for; null while it is incomplete. */
export function fromLocal(local: string): string | null {
  const moment = new Date(`${local}:00+08:00`)
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null
}
