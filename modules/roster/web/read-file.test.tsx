import { expect, test } from 'vitest'
import { csvRows, decoded } from '#base/csv.ts'
import { fileRows } from './read-file.ts'

test('quotes hold commas, line ends and quotes; empty lines are left out', () => {
  expect(csvRows('姓名,职务\r\n"周,明远","科""员"\n\n"两\n行",\n')).toEqual([['姓名', '职务'], ['周,明远', '科"员'], ['两\n行', '']])
})

test('UTF-8 with or without a mark, and GB 18030 as spreadsheet programs save it', () => {
  const gb = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb])
  expect(decoded(gb.buffer)).toBe('姓名')
  expect(decoded(new TextEncoder().encode('\uFEFF姓名').buffer as ArrayBuffer)).toBe('姓名')
})

test('a workbook: days as days, numbers as text', async () => {
  const { default: Excel } = await import('exceljs')
  const book = new Excel.Workbook()
  book.addWorksheet('人员').addRows([['姓名', '任职日期', '手机'], ['周明远', new Date('2026-07-01T00:00:00Z'), 16_900_001_234]])
  const bytes = await book.xlsx.writeBuffer()
  expect(await fileRows(new File([bytes as ArrayBuffer], '人员.xlsx'))).toEqual([['姓名', '任职日期', '手机'], ['周明远', '2026-07-01', '16900001234']])
})
