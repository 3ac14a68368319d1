import { useState } from 'react'
import { Button, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { useSearchParams } from 'react-router'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import type { RulesWire, VacationWire } from '../rules-api.ts'
import { useMailCommand } from './commands.ts'
import { useRules } from './rules-queries.ts'
import './mail.css'

const NEW: VacationWire = { active: false, from: null, to: null, subject: '自动回复：我正在外出', body: '', everyDays: 7 }

/** How it stands on a day (ISO), with a colour. */
function vacationState({ active, from, to }: VacationWire, today: string): readonly ['green' | 'amber' | 'plain', string] {
  if (!active) return ['plain', '未启用']
  if (to !== null && to < today) return ['plain', '已到期']
  return from !== null && from > today ? ['amber', `将于 ${from} 开始`] : ['green', '正在自动回复']
}

const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())

function Vacation({ account, kept }: { readonly account: string; readonly kept: VacationWire | null }) {
  const [edited, setEdited] = useState(kept ?? NEW)
  const save = useMailCommand<VacationWire & { account: string }>('save-vacation')
  const set = (part: Partial<VacationWire>): void => { save.reset(); setEdited({ ...edited, ...part }) }
  const [tone, word] = vacationState(kept ?? NEW, today())
  const day = (text: string): string | null => (text === '' ? null : text)
  return (
    <section className="card" aria-label="自动回复">
      <header className="card-head"><h2>自动回复</h2><Tag tone={tone}>{word}</Tag></header>
      <form className="mail-body mail-form" onSubmit={(event) => { event.preventDefault(); save.mutate({ ...edited, account }) }}>
        <label className="row">启用<Switch aria-label="启用自动回复" checked={edited.active} onChange={(active) => set({ active })} /></label>
        <div className="mail-days"><label>从<Input type="date" aria-label="开始日期" value={edited.from ?? ''} onChange={({ target }) => set({ from: day(target.value) })} /></label><label>到<Input type="date" aria-label="结束日期" value={edited.to ?? ''} min={edited.from ?? undefined} onChange={({ target }) => set({ to: day(target.value) })} /></label></div>
        <span className="faint">不填日期则一直有效，直到您停用。</span>
        <label>主题<Input aria-label="主题" maxLength={200} value={edited.subject} onChange={({ target }) => set({ subject: target.value })} /></label>
        <label>内容<Input.TextArea aria-label="内容" rows={5} maxLength={5_000} placeholder="例如：我 12 月 1 日至 5 日出差，急事请联系办公室林晓雯。" value={edited.body} onChange={({ target }) => set({ body: target.value })} /></label>
        <label className="row">同一发件人每<InputNumber aria-label="间隔天数" min={1} max={90} value={edited.everyDays} onChange={(days) => set({ everyDays: days ?? 7 })} style={{ width: 72 }} />天回复一次</label>
        <span className="faint">只回复收件人中写明本邮箱的邮件；群发、系统报告和其他自动回复不会得到回复。</span>
        {save.isError && <p className="problem" role="alert">{messageOf(save.error)}</p>}
        <div className="row"><Button type="primary" htmlType="submit" loading={save.isPending}>保存</Button>{save.isSuccess && <span className="quiet" role="status">已保存</span>}</div>
      </form>
    </section>
  )
}

function Forward({ rules: { id: account, forwards, blocked, keepCopy, outside } }: { readonly rules: RulesWire }) {
  const [lines, setLines] = useState(forwards.join('\n'))
  const [keep, setKeep] = useState(keepCopy)
  const save = useMailCommand<{ account: string; addresses: readonly string[]; keepCopy: boolean }>('save-forward')
  const addresses = [...new Set(lines.split(/[\s,;，；、]+/u).filter((one) => one !== ''))]
  return (
    <section className="card" aria-label="转发">
      <header className="card-head"><h2>转发</h2>{forwards.length === blocked.length ? <Tag>{forwards.length === 0 ? '未启用' : '未生效'}</Tag> : <Tag tone="green">正在转发到 {forwards.length - blocked.length} 个地址</Tag>}</header>
      <form className="mail-body mail-form" onSubmit={(event) => { event.preventDefault(); save.mutate({ account, addresses, keepCopy: keep }) }}>
        <label>转发到（一行一个，最多 5 个；留空即停止转发）<Input.TextArea aria-label="转发到" rows={3} value={lines} onChange={({ target }) => { save.reset(); setLines(target.value) }} /></label>
        {!outside && <span className="faint">按管理规定，只能转发到本系统的地址。</span>}
        {blocked.length > 0 && <p className="mail-warning">{blocked.join('、')} 在外部，目前不允许转发，邮件留在本邮箱。</p>}
        <Radio.Group aria-label="原邮件" value={keep} onChange={({ target }) => { save.reset(); setKeep(target.value as boolean) }} options={[{ value: true, label: '本邮箱也保留一份' }, { value: false, label: '不保留，只转发' }]} />
        {save.isError && <p className="problem" role="alert">{messageOf(save.error)}</p>}
        <div className="row"><Button type="primary" htmlType="submit" loading={save.isPending}>保存</Button>{save.isSuccess && <span className="quiet" role="status">已保存</span>}</div>
      </form>
    </section>
  )
}

/** What happens with mail while one is away: with one's own, or with that of a mailbox in whose name one writes. */
export function RulesView() {
  const { account, choose } = useRuledAccount()
  return (
    <Loaded of={useRules(account)} lines={10}>
      {(rules) => (
        <>
          {rules.accounts.length > 1 && <label className="mail-ruled">邮箱<Select aria-label="邮箱" value={rules.id} options={rules.accounts.map(({ id, name, address }) => ({ value: id, label: `${name}（${address}）` }))} onChange={choose} /></label>}
          <Vacation key={`away ${rules.id}`} account={rules.id} kept={rules.vacation} /><Forward key={`on ${rules.id}`} rules={rules} />
        </>
      )}
    </Loaded>
  )
}

/** The mailbox stands in the address, so that going back leads to the one before. */
function useRuledAccount(): { readonly account: string; readonly choose: (id: string) => void } {
  const [params, setParams] = useSearchParams()
  return { account: params.get('account') ?? '', choose: (account) => setParams({ account }) }
}
