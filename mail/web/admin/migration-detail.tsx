import { useState } from 'react'
import { Button, Popconfirm, Progress, Select } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Empty, FailureView, Loading } from '#ui/components/states.tsx'
import { Tag, type Tone } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { useExport } from '#ui/engine/list/use-export.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { sizeText } from '#ui/lib/size.ts'
import type { MigrationAccountWire, MigrationWire } from '../../migration-api.ts'
import { useMailCommand } from '../commands.ts'
import { reportAddress, useMigrationAccounts } from '../migration-queries.ts'
import { stateOf } from './migration-state.ts'

const STATES: Readonly<Record<MigrationAccountWire['state'], readonly [Tone, string]>> = { waiting: ['plain', '等待'], running: ['primary', '正在迁移'], done: ['green', '完成'], failed: ['seal', '失败'], ended: ['plain', '未迁移'] }

function Account({ account: { address, name, login, state, mailbox, total, added, there, octets, error, dueAt, compared } }: { readonly account: MigrationAccountWire }) {
  const [tone, word] = STATES[state]
  const seen = added + there
  const missing = compared.reduce((sum, one) => sum + one.missing, 0)
  return (
    <tr>
      <td title={address}>{name}<br /><span className="faint">{address}</span></td><td title={login}>{login}</td><td><Tag tone={tone}>{word}</Tag></td>
      <td style={{ minWidth: 150 }}>{total === null ? <span className="faint">—</span> : <Progress percent={total === 0 ? 100 : Math.min(100, Math.round((seen / total) * 100))} size="small" aria-label={`${name} 进度`} format={() => `${seen} / ${total}`} />}</td>
      <td data-right>{sizeText(octets)}</td>
      <td className="mail-wrap">{error !== null ? <><span className="problem">{error}</span>{state === 'waiting' && <span className="faint"> {exactMoment(dueAt)} 重试</span>}</> : state === 'running' ? mailbox : state === 'done' ? (missing === 0 ? `${compared.length} 个邮件夹，内容齐全` : <span className="problem">缺少 {missing} 封，请导出报告查看</span>) : <span className="faint">—</span>}</td>
    </tr>
  )
}

function Acts({ migration: { id, title, state, failed, accounts, done } }: { readonly migration: MigrationWire }) {
  const act = useMailCommand<{ id: string; act: 'pause' | 'resume' | 'end' }>('act-migration')
  const retry = useMailCommand<{ id: string }>('retry-migration')
  const report = useExport(reportAddress(id), `邮箱迁移比对-${title}.xlsx`)
  const problem = act.isError ? messageOf(act.error) : retry.isError ? messageOf(retry.error) : report.problem
  return (
    <>
      {problem !== null && <span className="problem" role="alert">{problem}</span>}
      {state === 'running' && <Button loading={act.isPending} onClick={() => act.mutate({ id, act: 'pause' })}>暂停</Button>}
      {state === 'paused' && <Button type="primary" loading={act.isPending} onClick={() => act.mutate({ id, act: 'resume' })}>继续</Button>}
      {state !== 'ended' && failed > 0 && <Button loading={retry.isPending} onClick={() => retry.mutate({ id })}>重试失败的 {failed} 个</Button>}
      {report.bytes === null ? <Button onClick={report.start}>导出比对报告</Button> : <Button onClick={report.stop}>正在导出，取消</Button>}
      {state !== 'ended' && <Popconfirm title="结束这次迁移？" description={`${accounts - done > 0 ? `还有 ${accounts - done} 个账号没有完成。` : ''}密码随即清除，已迁入的邮件保留。`} okText="结束" cancelText="取消" onConfirm={() => act.mutate({ id, act: 'end' })}><Button danger>结束并清除密码</Button></Popconfirm>}
    </>
  )
}

/** One migration: its accounts, how far each is, and what failed. */
export function MigrationDetail({ migration, close }: { readonly migration: MigrationWire; readonly close: () => void }) {
  const [state, setState] = useState('')
  const [tone, word] = stateOf(migration)
  const { title, host, port, accounts: all, done, failed, added, there, octets, missing, running } = migration
  const accounts = useMigrationAccounts(migration.id, state, `${migration.state} ${done} ${failed} ${running} ${added + there}`)
  return (
    <>
      <section className="card" aria-label={title}>
        <header className="card-head"><Button type="link" onClick={close}>返回</Button><h2>{title} <Tag tone={tone}>{word}</Tag></h2><Acts migration={migration} /></header>
        <dl className="mail-sums mail-facts">
          <div><dt>原服务器</dt><dd>{host}:{port}</dd></div><div><dt>账号</dt><dd>完成 {done} / {all}{failed > 0 && <span className="problem">，失败 {failed}</span>}</dd></div><div><dt>迁入邮件</dt><dd>{added.toLocaleString()}</dd></div><div><dt>原已存在</dt><dd>{there.toLocaleString()}</dd></div><div><dt>大小</dt><dd>{sizeText(octets)}</dd></div>
          {missing > 0 && <div><dt>缺少</dt><dd className="problem">{missing} 封</dd></div>}
        </dl>
      </section>
      <div className="row" role="search"><Select aria-label="账号状态" placeholder="全部账号" allowClear style={{ width: 150 }} options={Object.entries(STATES).map(([value, [, label]]) => ({ value, label }))} onChange={(value?: string) => setState(value ?? '')} /></div>
      <section className="card" aria-label="账号">
        {accounts.isError && accounts.data === undefined ? <FailureView error={accounts.error} retry={() => void accounts.refetch()} /> : accounts.data === undefined ? <Loading lines={8} /> : accounts.items.length === 0 ? <Empty title="没有符合条件的账号" small /> : (
          <div className="mail-wide"><table className="grid mail-tall">
            <thead><tr><th>邮箱</th><th>原账号</th><th>状态</th><th>进度（封）</th><th data-right>大小</th><th>说明</th></tr></thead>
            <tbody>{accounts.items.map((account) => <Account key={account.id} account={account} />)}</tbody>
          </table><More of={accounts} count={accounts.items.length} /></div>
        )}
      </section>
    </>
  )
}
