import type { Client } from 'pg'
import { SCHEMA as JOBS_SCHEMA } from '#platform/jobs/server/boss.ts'

/** Schemas a backup holds: our tables and those of the job queue. */
const SCHEMAS = ['public', JOBS_SCHEMA]

export interface Table {
  readonly schema: string
  readonly name: string
  /** Those that are stored: computed ones make themselves. */
  readonly columns: readonly string[]
}

export interface Partition {
  readonly schema: string
  readonly name: string
  readonly parent: string
  /** `FOR VALUES …` or `DEFAULT`. */
  readonly bound: string
}

export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly value: string
}

const rowsOf = async <R extends object>(client: Client, text: string): Promise<R[]> => (await client.query<R>(text, [SCHEMAS])).rows

/** Tables by name; partitions count as part of their parent. */
export const tablesOf = (client: Client): Promise<Table[]> =>
  rowsOf<Table>(client, `
    select n.nspname as schema, c.relname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition order by 1, 2`)

export const partitionsOf = (client: Client): Promise<Partition[]> =>
  rowsOf<Partition>(client, `
    select n.nspname as schema, c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any($1) and c.relispartition and c.relkind in ('r', 'p') order by 1, 2`)

export const sequencesOf = (client: Client): Promise<Sequence[]> =>
  rowsOf<Sequence>(client, `select schemaname as schema, sequencename as name, last_value::text as value from pg_sequences where schemaname = any($1) and last_value is not null order by 1, 2`)

/** Foreign keys as statements that take them away and bring them back; those of partitions follow their parents. */
export const foreignKeysOf = (client: Client): Promise<{ drop: string; add: string }[]> =>
  rowsOf(client, `
    select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as drop,
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as add
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where n.nspname = any($1) and k.contype = 'f' and k.conparentid = 0 order by 1`)

export const quoted = ({ schema, name }: { schema: string; name: string }): string => [schema, name].map((part) => `"${part.replaceAll('"', '""')}"`).join('.')

const columnList = ({ columns }: Table): string => columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')

/** A partitioned table can only be copied out as a query. */
export const copyOut = (table: Table): string => `copy (select ${columnList(table)} from ${quoted(table)}) to stdout`
export const copyIn = (table: Table): string => `copy ${quoted(table)} (${columnList(table)}) from stdin`
