import { isCivilDate } from '#base/civil-date.ts'
import type { Problem } from '../api.ts'
import { cellWords } from '../words.ts'
import { checkCells, isOrder, twice, within } from './read.ts'
import type { Line } from './read.ts'

export const POST_KINDS = ['主职', '挂职', '借调', '主持工作'] as const

/** What is there already, as far as new people depend on it. */
export interface KnownForPeople {
  /** Organisations within reach, by full and short name, with their departments by path: 办公室, 办公室/文印室. */
  readonly organisations: ReadonlyMap<string, { readonly id: string; readonly departments: ReadonlyMap<string, string> }>
  readonly takenLogins: ReadonlySet<string>
  /** Codes of 领导职务 and 职级 by their names. */
  readonly dutyRanks: ReadonlyMap<string, string>
  readonly gradeRanks: ReadonlyMap<string, string>
}

export const foldLogin = (text: string): string => text.normalize('NFKC').toLowerCase()

const NAME = /^\p{L}[\p{L}\p{M}·. ]{0,48}\p{L}$/u
const LOGIN = /^[a-z][a-z0-9._-]{2,31}$/
const PHONE = /^1\d{10}$/

/** The unit a person is put into: the department, or the organisation itself. */
export function unitOf(known: KnownForPeople, { cells }: Line): string | undefined {
  const organisation = known.organisations.get(cells['organisation'] ?? '')
  return cells['department'] ? organisation?.departments.get(cells['department']) : organisation?.id
}

/** Everything wrong with the cells of a sheet of people. */
export function checkPeople(lines: readonly Line[], known: KnownForPeople): Problem[] {
  const [loginTwice, phoneTwice] = [twice(cellWords.loginTwice), twice(cellWords.phoneTwice)]
  return checkCells('people', lines, {
    name: (text) => (NAME.test(text) ? null : cellWords.name),
    login: (text, { row }) => {
      const login = foldLogin(text)
      if (!LOGIN.test(login)) return cellWords.login
      return known.takenLogins.has(login) ? cellWords.loginTaken : loginTwice(login, row)
    },
    phone: (text, { row }) => (PHONE.test(text) ? phoneTwice(text, row) : cellWords.phone),
    officePhone: within(30),
    organisation: (text) => (known.organisations.has(text) ? null : cellWords.organisation),
    department: (text, { cells }) => (known.organisations.get(cells['organisation'] ?? '')?.departments.has(text) === false ? cellWords.department : null),
    title: within(50),
    kind: (text) => ((POST_KINDS as readonly string[]).includes(text) ? null : cellWords.choice(POST_KINDS)),
    dutyRank: (text) => (known.dutyRanks.has(text) ? null : cellWords.rank),
    gradeRank: (text) => (known.gradeRanks.has(text) ? null : cellWords.rank),
    order: isOrder,
    from: (text) => (isCivilDate(text) ? null : cellWords.date),
  })
}
