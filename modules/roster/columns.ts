export type SheetKind = 'people' | 'units'

export interface SheetColumn {
  readonly key: string
  readonly title: string
  readonly required: boolean
  /** As an administrator would fill it in. */
  readonly example: string
}

const column = (key: string, title: string, example: string, required = false): SheetColumn => ({ key, title, example, required })

/** Columns of the sheets that are taken in, in the order of the template; others are left alone. */
export const SHEET_COLUMNS = {
  people: [
    column('name', '姓名', '周明远', true), column('login', '账号', 'zhoumingyuan', true), column('phone', '手机', '16900001234'), column('officePhone', '办公电话', '62050000'),
    column('organisation', '单位', '区应急局', true), column('department', '部门', '办公室'), column('title', '职务', '科员', true), column('kind', '任职类型', '主职'),
    column('dutyRank', '领导职务', ''), column('gradeRank', '职级', '一级科员'), column('order', '排序', '100'), column('from', '任职日期', '2026-07-01'),
  ],
  units: [
    column('name', '名称', '应急宣传科', true), column('shortName', '简称', '宣传科'), column('parent', '上级', '区应急局', true), column('kind', '类型', '内设机构', true),
    column('organisation', '独立单位', '否'), column('docCode', '机关代字', ''), column('code', '统一社会信用代码', ''), column('order', '排序', '100'),
  ],
} as const satisfies Readonly<Record<SheetKind, readonly SheetColumn[]>>

export const sheetTitle: Readonly<Record<SheetKind, string>> = { people: '人员', units: '机构' }
