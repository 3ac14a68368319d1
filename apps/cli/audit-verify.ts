import { Audit } from '#platform/audit/contract.ts'
import type { AuditProblem } from '#platform/audit/contract.ts'
import { OperatorError } from '../explain.ts'
import type { Command } from './command.ts'

const KINDS: Readonly<Record<AuditProblem['kind'], string>> = {
  missing: '记录被删除', changed: '记录被改动或换位', rewritten: '与锚点不符，链被重写', truncated: '末尾被截断', anchor: '锚点文件中有伪造或损坏的行',
}

const describe = ({ kind, chain, seq, count }: AuditProblem): string =>
  kind === 'anchor' ? `  ${KINDS[kind]}：${count} 行` : `  ${KINDS[kind]}：链 ${chain}，自第 ${seq} 条起 ${count} 条`

export const auditVerify: Command = {
  name: 'audit verify',
  usage: '',
  title: '核验审计日志：删除、改动、换位、截断都会被发现；有问题时退出码为 1',
  async run({ withRuntime, say }) {
    const { chains, rows, problems } = await withRuntime((runtime) => runtime.query(null, (ctx) => ctx.use(Audit).verify()))
    if (problems.length > 0) throw new OperatorError([`审计日志有 ${problems.length} 处问题：`, ...problems.map(describe)].join('\n'))
    say(`审计日志完好：${chains} 条链，${rows} 条记录。`)
  },
}
