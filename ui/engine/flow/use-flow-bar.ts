import { useRef, useState } from 'react'
import type { TaskWire } from '#kit/wire/task.ts'
import { fieldProblems, isOffline, messageOf } from '#ui/api/failure.ts'
import { useAct } from '#ui/api/tasks.ts'
import type { Act, Operation } from '#ui/api/tasks.ts'
import { actOf, arrange, isRisky, missing, needsDialog, noChoices } from './bar-model.ts'
import type { Choices } from './bar-model.ts'

interface Options {
  readonly task: TaskWire
  /** The opinion to begin with, left from last time. */
  readonly opinion?: string
  /** What goes with the act of the fields this step may write; null when something is wrong and already shown. */
  readonly carry?: () => Pick<Act, 'form'> | null
  /** Shows problems of single fields that the server named. */
  readonly refuse?: (problems: Readonly<Record<string, string>>) => void
  /** `next` says where the case went. */
  readonly done: (next: string) => void
}

/** Going back, handing over or refusing does not need a finished form. */
const carriesForm = (operation: Operation): boolean => operation.id === 'complete' && !isRisky(operation)

/** Everything a bar of operations does, for both shells: choose, ask for the missing, send once. */
export function useFlowBar({ task, opinion = '', carry, refuse, done }: Options) {
  const act = useAct(task.id)
  const [choices, setChoices] = useState<Choices>({ ...noChoices, opinion })
  const [open, setOpen] = useState<Operation | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const attempt = useRef<{ readonly body: string; readonly key: string } | null>(null)
  const refused = (): void => {
    setOpen(null)
    setProblem('还有内容需要完善，请看表单上方的提示')
  }
  const send = async (operation: Operation, chosen: Choices): Promise<void> => {
    const lacking = missing(operation, chosen)
    if (lacking !== null) return setProblem(lacking)
    setProblem(null)
    const carried = carriesForm(operation) && carry !== undefined ? carry() : {}
    if (carried === null) return refused()
    const request = { ...actOf(operation, chosen, task.revision), ...carried }
    const body = JSON.stringify(request)
    if (attempt.current?.body !== body) attempt.current = { body, key: crypto.randomUUID() }
    const { key } = attempt.current
    try {
      const { next } = await act.mutateAsync({ act: request, key })
      setOpen(null)
      setChoices(noChoices)
      done(next)
    } catch (error) {
      setProblem(messageOf(error))
      refuse?.(fieldProblems(error))
      // After a lost connection the same key is sent again, so that an act that did arrive is not done twice.
      if (isOffline(error)) return
    }
    attempt.current = null
  }
  return {
    ...arrange(task.operations),
    /** The area of the form in which the opinion will stand. */
    area: task.area,
    choices, open, problem,
    busy: act.isPending,
    set: (change: Partial<Choices>) => setChoices((old) => ({ ...old, ...change })),
    choose: (operation: Operation) => {
      setProblem(null)
      if (!needsDialog(operation, choices.opinion)) return void send(operation, choices)
      setChoices((old) => ({ ...old, people: [], name: '', target: operation.targets?.[0]?.node ?? null }))
      setOpen(operation)
    },
    confirm: () => open !== null && void send(open, choices),
    cancel: () => setOpen(null),
  }
}

export type FlowBarState = ReturnType<typeof useFlowBar>
