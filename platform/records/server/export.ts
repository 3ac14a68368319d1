import Excel from 'exceljs'
import { fieldOf } from '#kit/entity.ts'
import type { Entity, SYSTEM_FIELDS } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { RecordWire } from '#kit/wire/record.ts'

/** A cell that a spreadsheet would run as a formula is written as text with a leading apostrophe's meaning: never evaluated. */
export const formulaSafe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

function cell(entity: Entity, record: RecordWire, key: string): string | number {
  const field = fieldOf(entity, key)
  if (field === undefined) return ''
  const system: Readonly<Record<keyof typeof SYSTEM_FIELDS, unknown>> = {
    number: record.number, title: record.title, state: record.stateLabel, createdBy: record.createdBy, unit: record.unitId, createdAt: record.createdAt, updatedAt: record.updatedAt,
  }
  const value = Object.hasOwn(entity.fields, key) ? record.values[key] : system[key as keyof typeof SYSTEM_FIELDS]
  if (typeof value === 'number') return value
  return value === null || value === undefined ? '' : formulaSafe(kindOf(field).text(value, field, record.labels))
}

/** The records of a list as a workbook with one sheet: a head line and one line a record. */
export async function workbook(entity: Entity, columns: readonly string[], records: readonly RecordWire[]): Promise<Uint8Array> {
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet(entity.label.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.columns = columns.map((key) => ({ header: fieldOf(entity, key)?.label ?? key, key, width: key === 'title' ? 48 : 18 }))
  sheet.getRow(1).font = { bold: true }
  for (const record of records) sheet.addRow(Object.fromEntries(columns.map((key) => [key, cell(entity, record, key)])))
  return new Uint8Array(await book.xlsx.writeBuffer())
}
