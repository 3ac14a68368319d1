import { Button } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { ScannersWire } from '../../admin-api.ts'
import { useMailCommand, useScanners } from '../commands.ts'

type Scanner = ScannersWire['items'][number]

const NAMES = { clamd: { name: 'ClamAV', purpose: '查毒（收到和发出的邮件）', setting: 'MAIL_CLAMD' }, rspamd: { name: 'Rspamd', purpose: '反垃圾（外来邮件）', setting: 'MAIL_RSPAMD' } } as const
const STATES: Readonly<Record<Scanner['state'], { readonly label: string; readonly tone?: Tone }>> = { connected: { label: '已连接', tone: 'green' }, down: { label: '不可用', tone: 'seal' }, waiting: { label: '等待检查', tone: 'amber' }, off: { label: '未设置' } }

function Line({ scanner: { id, state, address, version, signatures, checkedAt, lastError } }: { readonly scanner: Scanner }) {
  const { name, purpose, setting } = NAMES[id]
  const { label, tone } = STATES[state]
  return (
    <tr>
      <td>{name}</td><td>{purpose}</td>
      <td>{state === 'off' ? <span className="faint">安装设置 {setting}</span> : address}</td>
      <td title={checkedAt === null ? undefined : `${exactMoment(checkedAt)} 检查`}><Tag {...(tone !== undefined && { tone })}>{label}</Tag></td>
      <td>{version ?? <span className="faint">—</span>}</td>
      <td>{id === 'rspamd' || state === 'off' ? <span className="faint">—</span> : signatures ?? <span className="faint">未说明</span>}</td>
      <td className="mail-wrap">{lastError === null || state === 'off' ? <span className="faint">—</span> : <span className={state === 'down' ? 'problem' : undefined}>{exactMoment(lastError.at)} {lastError.text}</span>}</td>
    </tr>
  )
}

function rule({ onFailure, megabytes }: ScannersWire): string {
  const failure = onFailure === 'later' ? '服务不可用时请对方稍后再来' : '服务不可用时照常收下并记录没有检查'
  return `${failure}；超过 ${megabytes} MB 的邮件不检查、照常收下并记录`
}

/** Who looks into mail, and whether they answer. */
export function Scanners() {
  const check = useMailCommand<Record<string, never>>('check-scanners')
  return (
    <section className="card" aria-label="查毒与反垃圾">
      <Loaded of={useScanners()} lines={3}>{(scanners) => {
        const isSet = scanners.items.some(({ state }) => state !== 'off')
        return (
          <>
            <header className="card-head"><h2>查毒与反垃圾 <span className="faint mail-small">{isSet ? rule(scanners) : '没有设置，邮件不检查内容'}</span></h2>{isSet && <Button loading={check.isPending} onClick={() => check.mutate({})}>立即检查</Button>}</header>
            {check.isError && <p className="problem state-small" role="alert">{messageOf(check.error)}</p>}
            <div className="mail-wide"><table className="grid" aria-label="查毒与反垃圾">
              <thead><tr><th>服务</th><th>用途</th><th>地址</th><th>状态</th><th>版本</th><th>病毒库日期</th><th>最近的问题</th></tr></thead>
              <tbody>{scanners.items.map((scanner) => <Line key={scanner.id} scanner={scanner} />)}</tbody>
            </table></div>
          </>
        )
      }}</Loaded>
    </section>
  )
}
