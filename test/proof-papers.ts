/** Papers of the proof module over HTTP: handed in, found among to-dos, approved. */
import assert from 'node:assert/strict'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TodoWire } from '#kit/wire/task.ts'
import type { Answer, Client } from './http.ts'
import { personId } from './world/world.ts'

/** People of one department whom the flows of the proof module name, its administrator of models and its manager of flows. */
export const PROOF_CAST = { writer: 'jiangheping', head: 'songyiran', signer: 'luzhengyang', side: 'xujingxing', admin: 'sysadmin', manager: 'panyueming' } as const

/** The body of an answer that must be 200. */
export function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}

export const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

export interface ProofPapers {
  /** A paper of the writer's whose case has started; `more` are further values. */
  started(more?: object): Promise<RecordDetailWire & { caseId: string }>
  todo(login: string, recordId: string): Promise<TodoWire | undefined>
  approve(login: string, recordId: string): Promise<Answer>
}

export function proofPapers(as: (login: string) => Promise<Client>): ProofPapers {
  const { writer, head, signer, side } = PROOF_CAST
  const todo = async (login: string, recordId: string): Promise<TodoWire | undefined> =>
    ok<{ items: TodoWire[] }>(await (await as(login))('GET', '/api/todos?box=todo&limit=100')).items.find((item) => item.recordId === recordId)
  return {
    todo,
    async started(more = {}) {
      const client = await as(writer)
      const values = { subject: '关于防汛的请示', head: personId(head), signers: [personId(signer)], side: personId(side), chain: [personId(signer)], until: '2026-12-01', ...more }
      const { id, version } = ok<RecordDetailWire>(await client('POST', '/api/records/proof_paper', { values }))
      return ok(await client('POST', `/api/records/proof_paper/${id}/start`, { version }))
    },
    async approve(login, recordId) {
      const item = (await todo(login, recordId)) ?? assert.fail(`${login} has nothing to do`)
      return (await as(login))('POST', `/api/tasks/${item.id}/act`, { operation: 'complete', revision: item.revision, outcome: 'approve' })
    },
  }
}
