import { useState } from 'react'
import { Button } from 'antd'
import type { DeadTimerWire } from '#kit/wire/flow-run.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useDeadTimers, useRetryTimer } from '#ui/api/flow-runs.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { GiveUp } from './give-up.tsx'

const KINDS: Readonly<Record<DeadTimerWire['kind'], string>> = { wait: '等待结束', remind: '到期提醒', due: '到期处理', escalate: '超期升级', event: '定时事件', call: '调用服务' }

function Line({ timer, open }: { readonly timer: DeadTimerWire; readonly open: (caseId: string) => void }) {
  const retry = useRetryTimer()
  const [asked, ask] = useState(false)
  return (
    <tr>
      <td title={timer.title}><button type="button" className="plain flows-link" onClick={() => open(timer.caseId)}>{timer.title}</button></td>
      <td className="quiet">{timer.process} · {timer.step}</td>
      <td>{KINDS[timer.kind]}</td>
      <td className="quiet">{exactMoment(timer.at)}</td>
      <td className="quiet" title={timer.error ?? ''}>已试 {timer.attempts} 次：{timer.error ?? '原因未知'}</td>
      <td>
        {retry.error !== null && <span className="problem" role="alert">{messageOf(retry.error)} </span>}
        <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({ caseId: timer.caseId, timer: timer.id })}>重试</Button>
        {timer.kind === 'call' && <> <Button size="small" onClick={() => ask(true)}>放弃</Button></>}
        {asked && <GiveUp timer={timer} close={() => ask(false)} />}
      </td>
    </tr>
  )
}

/** Timers that failed too often; a retry runs with the next minute. */
export const DeadTimers = ({ open }: { readonly open: (caseId: string) => void }) => (
  <Loaded of={useDeadTimers()} lines={8}>
    {({ items }) => items.length === 0 ? <Empty title="没有失败的定时任务" /> : (
      <div className="list-scroll flows-plain">
        <p className="flows-note quiet">以下定时任务多次失败，已停止自动重试。排除原因后点“重试”，一分钟内重新执行。</p>
        <table className="grid">
          <thead><tr><th>标题</th><th>流程 · 环节</th><th>任务</th><th>计划时间</th><th>失败原因</th><th aria-label="操作" /></tr></thead>
          <tbody>{items.map((timer) => <Line key={`${timer.caseId} ${timer.id}`} timer={timer} open={open} />)}</tbody>
        </table>
      </div>
    )}
  </Loaded>
)
