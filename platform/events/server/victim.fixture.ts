/** A process that takes a delivery in hand, says so, and never ends: the kill test ends it. */
import { tmpdir } from 'node:os'
import { openRuntime } from '#test/runtime.ts'
import { startDispatcher } from './dispatcher.ts'

const runtime = openRuntime(process.argv[2] ?? '', tmpdir(), {
  services: [{
    id: 'victim',
    listeners: {
      'test.happened': () => {
        process.stdout.write('in hand')
        return Promise.withResolvers<void>().promise
      },
    },
  }],
})
await startDispatcher(runtime)
