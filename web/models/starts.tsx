import { Button } from 'antd'
import type { ModelStartWire } from '#kit/wire/flow-model.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useModelAct } from '#ui/api/flow-models.ts'
import { exactMoment } from '#ui/lib/moment.ts'

const KINDS: Readonly<Record<ModelStartWire['kind'], string>> = { timer: '定时', message: '收到消息时', signal: '收到信号时' }

const whenText = ({ kind, next, fired }: ModelStartWire): string => {
  if (kind !== 'timer') return KINDS[kind]
  return next === null ? `定时，已全部启动（共 ${fired} 次）` : `定时，下次 ${exactMoment(next)}`
}

/** Events of the version in use that start cases by themselves. */
export function Starts({ entity, starts }: { readonly entity: string; readonly starts: readonly ModelStartWire[] }) {
  const retry = useModelAct<{ readonly node: string }>(entity, 'retry-start')
  return (
    <section className="card" aria-label="自动启动">
      <header className="card-head"><h2>自动启动</h2></header>
      <ul className="models-acts">
        {starts.map((start) => (
          <li key={start.node}>
            <span>{start.name}</span><span className="quiet">{whenText(start)}</span>
            {start.error !== null && <span className="problem">{start.dead ? '多次失败，已停止' : '上次失败，将再试'}：{start.error} </span>}
            {start.dead && <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({ node: start.node })}>重试</Button>}
          </li>
        ))}
      </ul>
      {retry.error !== null && <div className="problem" role="alert">{messageOf(retry.error)}</div>}
    </section>
  )
}
