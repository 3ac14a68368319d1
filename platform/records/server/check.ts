import type { Entity } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import { fieldWords, fill } from '#kit/words.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { labelsOf } from './labels.ts'
import type { Found } from './table.ts'
import { validate } from './validate.ts'
import type { FieldProblem } from './validate.ts'

type Values = Readonly<Record<string, unknown>>

/** Ends with 422 `records.invalid` naming every field that is wrong, when there is any. */
export function refuseProblems(ctx: ServerContext, problems: readonly FieldProblem[]): void {
  if (problems.length > 0) ctx.fail('records.invalid', { problems: problems.map(({ message }) => message).join('；'), fields: problems })
}

/** Ids and codes that point to nothing: people, units, files and dictionary entries must exist and be in use. */
async function dangling(ctx: ServerContext, entity: Entity, values: Values): Promise<readonly FieldProblem[]> {
  const labels = await labelsOf(ctx, entity, [values], [])
  return Object.entries(values).flatMap(([key, value]) => {
    const field = entity.fields[key]
    if (field === undefined || value === null) return []
    const lost = kindOf(field).refers?.ids(value).some((id) => labels[id] === undefined) ?? false
    return lost ? [{ field: key, message: fill(fieldWords['kit.reference.missing'], { label: field.label }) }] : []
  })
}

/** One person's input, checked field by field and then by the module's own rule; answers canonical values. */
export async function checkInput(ctx: ServerContext, found: Found, input: Values, writable: (key: string) => boolean, record: RuleRecord | null): Promise<Values> {
  const { values, problems } = validate(found.entity, input, writable)
  refuseProblems(ctx, problems)
  refuseProblems(ctx, await dangling(ctx, found.entity, values))
  await found.module.server.check?.[found.entity.name]?.(ctx, { ...record?.values, ...values }, record, false)
  return values
}
