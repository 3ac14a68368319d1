/** A mail server that kills itself at a named point, the nth time it comes there: `victim <database> <data folder> <other server's port> <point> <nth>`. */
import { service as registry } from '#platform/registry/server/index.ts'
import { openRuntime } from '#test/runtime.ts'
import { listening } from '../../smtp/test/client.ts'
import { service as store } from '../../store/server/index.ts'
import { noteAnswered } from '../server/answered.ts'
import { service as transport } from '../server/index.ts'
import { transportParts } from '../server/parts.ts'
import { queueLimits, startQueue } from '../server/queue/run.ts'
import { smtpService } from '../server/smtp-service.ts'

const [, , url = '', dataDir = '', port = '0', wanted = '', nth = '1'] = process.argv
const runtime = openRuntime(url, dataDir, { services: [registry, store, transport] })
let left = Number(nth)
const parts = transportParts(runtime, {
  host: 'mail.cn.example',
  async at(point) {
    if (point !== wanted || --left > 0) return
    process.stdout.write('there\n')
    process.kill(process.pid, 'SIGKILL')
    await Promise.withResolvers<void>().promise
  },
})
startQueue(parts, { dns: async (_name, type) => (type === 'A' ? ['127.0.0.1'] : []), port: Number(port), sts: async () => null, relay: null }, { ...queueLimits, everyMs: 20, leaseMs: 400 })
const server = await listening(smtpService(parts, () => ({ login: async () => null }), noteAnswered(runtime)), { kind: 'mx', name: 'mail.cn.example', tls: null, plainLogin: false, log: (error) => runtime.log.error({ err: error }, 'session') })
process.stdout.write(`${server.port}\n`)
