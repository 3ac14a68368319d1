/** What a piece of work sends to the database, for tests and benchmarks that watch its number. */
import { mock } from 'node:test'
import { Client } from 'pg'

/** The texts of all statements this process sends while `work` runs, in order; transactions' own included. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = mock.method(Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.map(({ arguments: [statement] }) => (statement as unknown as { text: string }).text)
  } finally {
    query.mock.restore()
  }
}
