import { useState } from 'react'
import { Button, InputNumber } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { sizeText } from '#ui/lib/size.ts'
import type { QuotaBandWire } from '../../rules-api.ts'
import { useMailCommand } from '../commands.ts'
import { useQuotaBands } from '../rules-queries.ts'

const GIB = 1024 ** 3

function Band({ band: { id, label, quota, initial, changed } }: { readonly band: QuotaBandWire }) {
  const [typed, setTyped] = useState<number | null>(quota / GIB)
  const save = useMailCommand<{ id: string; gigabytes: number | null }, { accounts: number }>('set-quota-band')
  return (
    <tr>
      <td>{label}</td><td>{sizeText(quota)} {changed && <Tag tone="primary">已改</Tag>}</td><td className="faint">{sizeText(initial)}</td>
      <td><div className="row">
        <InputNumber aria-label={`${label}容量（GB）`} min={0.1} max={10_000} value={typed} onChange={setTyped} suffix="GB" style={{ width: 130 }} />
        <Button disabled={typed === null || typed * GIB === quota} loading={save.isPending} onClick={() => save.mutate({ id, gigabytes: typed })}>保存</Button>
        {changed && <Button type="link" onClick={() => save.mutate({ id, gigabytes: null }, { onSuccess: () => setTyped(initial / GIB) })}>恢复初始值</Button>}
        {save.isError && <span className="problem" role="alert">{messageOf(save.error)}</span>}
        {save.isSuccess && <span className="quiet" role="status">已调整 {save.data.accounts} 个邮箱</span>}
      </div></td>
    </tr>
  )
}

/** How much room a mailbox has, by the rank of its owner. */
export const Quotas = () => (
  <Loaded of={useQuotaBands()} lines={6}>
    {({ items }) => (
      <section className="card" aria-label="容量档次"><header className="card-head"><h2>容量档次</h2><span className="faint">按职级自动适用，职级变动后随之调整；单独设置过容量的邮箱不变</span></header>
        <div className="mail-wide"><table className="grid"><thead><tr><th>适用人员</th><th>现在容量</th><th>初始值</th><th>改为</th></tr></thead><tbody>{items.map((band) => <Band key={band.id} band={band} />)}</tbody></table></div>
      </section>
    )}
  </Loaded>
)
