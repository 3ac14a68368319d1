import { useEffect, useRef, useState } from 'react'
import { Input, Modal } from 'antd'
import type { InputRef } from 'antd'
import { SearchOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import type { MenuWire } from '#kit/wire/meta.ts'
import { useMenu } from '#ui/api/meta.ts'
import { useSearch } from '#ui/api/notices.ts'
import { FailureView } from '#ui/components/states.tsx'
import { useLater } from '#ui/lib/use-later.ts'
import { useSavePreferences, useSignOut } from '#ui/api/session.ts'
import { useLook } from '#ui/look.ts'
import { isDrawn } from '../modules.ts'
import { actionOf, movedTo, sectionsOf } from './palette-model.ts'
import type { Action, Section } from './palette-model.ts'

interface ResultsProps {
  readonly sections: readonly Section[]
  readonly at: number
  readonly hover: (index: number) => void
  readonly go: (link: string) => void
}

const NO_MENU: MenuWire = { apps: [], spellings: {} }

const indexOf = (sections: readonly Section[], section: number, hit: number): number => sections.slice(0, section).reduce((sum, { hits }) => sum + hits.length, 0) + hit

const Results = ({ sections, at, hover, go }: ResultsProps) => (
  <div className="palette-list" role="listbox" id="palette-hits" aria-label="搜索结果">
    {sections.map(({ title, hits }, section) => (
      <div key={title} role="group" aria-label={title}>
        <div className="palette-heading faint">{title}</div>
        {hits.map((hit, index) => {
          const place = indexOf(sections, section, index)
          return (
            <button key={hit.key} id={`hit-${place}`} type="button" role="option" tabIndex={-1} aria-selected={place === at} className="plain palette-hit" onMouseMove={() => hover(place)} onClick={() => go(hit.link)}>
              <span className="cut">{hit.title}</span><span className="faint cut palette-note">{hit.note}</span>
            </button>
          )
        })}
      </div>
    ))}
  </div>
)

/** Does what leads to no page. */
function useActions(): (action: Action) => void {
  const signOut = useSignOut()
  const save = useSavePreferences()
  const { large } = useLook('web')
  return (action) => (action === 'large' ? save.mutate({ large: !large }) : signOut.mutate())
}

export interface PaletteProps {
  readonly typed: string
  readonly type: (text: string) => void
  readonly close: (went: boolean) => void
}

/** Search over everything: records, people, units and applications; arrows choose, Enter opens. */
export function Palette({ typed, type, close }: PaletteProps) {
  const [at, setAt] = useState(0)
  const input = useRef<InputRef>(null)
  const navigate = useNavigate()
  const query = useLater(typed.trim(), 150)
  const found = useSearch(query)
  const { data } = useMenu()
  const sections = sectionsOf(data ?? NO_MENU, query, query === '' ? [] : (found.data?.items ?? []), isDrawn)
  const hits = sections.flatMap((section) => section.hits)
  /** What is shown answers what is typed; an Enter that comes earlier waits for it. */
  const settled = query === typed.trim() && (query === '' || !found.isFetching)
  const [wanted, setWanted] = useState(false)
  const act = useActions()
  const go = (link: string): void => {
    close(true)
    const action = actionOf(link)
    if (action === null) void navigate(link)
    else act(action)
  }
  const chosen = hits[at]
  useEffect(() => {
    if (wanted && settled && chosen !== undefined) go(chosen.link)
  })
  useEffect(() => {
    // Newer browsers answer with a promise, which must not be taken for the effect's end.
    void document.getElementById(`hit-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') return setWanted(true)
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setAt(movedTo(at, event.key, hits.length))
  }
  return (
    <Modal open title={<span className="unseen">搜索</span>} footer={null} closable={false} focusable={{ focusTriggerAfterClose: false }} onCancel={() => close(false)} width={640} className="palette" style={{ top: 56 }} transitionName="" maskTransitionName="" afterOpenChange={(open) => open && input.current?.focus()} destroyOnHidden>
      <Input
        ref={input} autoFocus size="large" prefix={<SearchOutlined className="faint" />} placeholder="标题、文号、姓名、拼音、单位、应用" aria-label="搜索" role="combobox" aria-expanded={hits.length > 0} aria-controls="palette-hits" aria-autocomplete="list" aria-activedescendant={hits.length > 0 ? `hit-${at}` : undefined}
        allowClear value={typed} onChange={(event) => { type(event.target.value); setAt(0); setWanted(false) }} onKeyDown={onKeyDown}
      />
      {found.isError && query !== '' ? <FailureView error={found.error} retry={() => void found.refetch()} /> : <Results sections={sections} at={at} hover={setAt} go={go} />}
      {query !== '' && hits.length === 0 && found.isSuccess && !found.isFetching && <p className="palette-none quiet">没有找到“{query}”。换一个词，或只输入其中几个字。</p>}
    </Modal>
  )
}
