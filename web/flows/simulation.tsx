import { useState } from 'react'
import { Alert, Button } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { SimulationWire } from '#kit/wire/flow-simulation.ts'
import { messageOf } from '#ui/api/failure.ts'
import { simulateFlow } from '#ui/api/flow-simulation.ts'
import { useEntityMeta } from '#ui/api/meta.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { FormView } from '#ui/engine/form/form-view.tsx'
import { useForm } from '#ui/engine/form/use-form.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import type { Shared } from './runs.tsx'
import { VersionPick } from './version-pick.tsx'

const HELD = (held: boolean | null): string => (held === null ? '其他情况' : held ? '成立' : '不成立')

const Ways = ({ choice }: { readonly choice: SimulationWire['choices'][number] }) => (
  <li className="flows-choice">
    <div className="quiet">分支：{choice.name}</div>
    {choice.ways.map((way) => (
      <div key={`${way.to} ${way.condition ?? ''}`} data-taken={way.taken || undefined}>
        {way.taken ? <Tag tone="green">走此分支</Tag> : <Tag>不走</Tag>} {way.to}{way.condition !== null && `：${way.condition}`} <span className="faint">{HELD(way.held)}</span>
      </div>
    ))}
  </li>
)

/** The way wave by wave: conditions first, then who does what until when. */
export function Way({ found }: { readonly found: SimulationWire }) {
  const waves = [...new Set([...found.steps, ...found.choices].map(({ wave }) => wave))].toSorted((a, b) => a - b)
  return (
    <section aria-label="试算结果">
      <ol className="flows-way">
        {waves.flatMap((wave) => [
          ...found.choices.filter((one) => one.wave === wave).map((choice, index) => <Ways key={`c${wave} ${index}`} choice={choice} />),
          ...found.steps.filter((one) => one.wave === wave).map((step, index) => (
            <li key={`s${wave} ${index}`} className="flows-step">
              <b>{step.name}</b> {step.people.map(({ name }) => name).join('、')}
              <div className="quiet">{exactMoment(step.opened)} 到达{step.due !== null && `，时限 ${exactMoment(step.due)}`}</div>
              {[...new Set(step.people.map(({ why }) => why))].map((why) => <div key={why} className="faint">依据：{why}</div>)}
            </li>
          )),
        ])}
      </ol>
      {found.end === 'ended' && <Alert type="success" showIcon title="流程可以办结" />}
      {found.end === 'open' && <Alert type="info" showIcon title="流程停在等待外部事件的环节，试算到此为止" />}
      {found.problem !== null && <Alert type="error" showIcon title={`流程走不下去：${found.problem}`} />}
    </section>
  )
}

function Ask({ meta, version }: { readonly meta: EntityMeta; readonly version: string }) {
  const fields = Object.entries(meta.entity.fields)
  const form = useForm({ meta, rights: Object.fromEntries(fields.map(([key]) => [key, 'write' as const])), values: {}, labels: {} })
  const [post, setPost] = useState('')
  const [names, setNames] = useState<Labels>({})
  const [state, setState] = useState<{ readonly found?: SimulationWire; readonly problem?: string; readonly busy?: true }>({})
  const run = async (): Promise<void> => {
    setState({ busy: true })
    try {
      setState({ found: await simulateFlow(meta.entity.name, { version, post, values: form.values }) })
    } catch (error) {
      setState({ problem: messageOf(error) })
    }
  }
  return (
    <div className="flows-sides">
      <div className="flows-form">
        <div><div className="act-label">由谁发起</div><PeopleSelect title="由谁发起" several={false} identity="post" value={post === '' ? [] : [post]} labels={names} change={(ids, more) => { setNames(more); setPost(ids[0] ?? '') }} /></div>
        <FormView form={form} />
        <div><Button type="primary" loading={state.busy === true} disabled={post === ''} onClick={() => void run()}>开始试算（不写入）</Button></div>
        {state.problem !== undefined && <div className="problem" role="alert">{state.problem}</div>}
      </div>
      <div className="flows-form">{state.found === undefined ? <Empty title="填写表单并选择发起人，试算结果显示在这里" /> : <Way found={state.found} />}</div>
    </div>
  )
}

const ForEntity = ({ entity, version }: { readonly entity: string; readonly version: string }) =>
  <Loaded of={useEntityMeta(entity)} lines={8}>{(meta) => <Ask key={entity} meta={meta} version={version} />}</Loaded>

/** 仿真: a case on paper, before anybody has it. */
export function Simulation({ state, change }: Shared) {
  return (
    <>
      <div className="filters no-print"><VersionPick state={state} change={change} /></div>
      {state.version === '' ? <Empty title="试算新单：选择流程和版本（含草稿）">假定某人按您填的内容发起一件，列出会经过的环节、走哪个分支、由谁办理和时限。不会生成真正的事项。</Empty> : <div className="list-scroll flows-plain"><ForEntity entity={state.entity} version={state.version} /></div>}
    </>
  )
}
