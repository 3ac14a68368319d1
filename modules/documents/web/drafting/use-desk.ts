import { useMemo, useState } from 'react'
import type { Finding, Place } from '#modules/documents/checks/finding.ts'
import type { Form } from '#ui/engine/form/use-form.ts'
import { fieldOfFinding, mended } from './fields.ts'
import { useChecksNow } from './queries.ts'
import type { Now } from './queries.ts'

const NOTHING: readonly Finding[] = []

/** Shows where a field stands: scrolled to, with the cursor in it, and lit for a moment. */
function showField(id: string): void {
  const input = document.getElementById(id)
  const cell = document.querySelector(`label[for="${CSS.escape(id)}"]`)?.closest('.form-cell')
  cell?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  input?.focus({ preventScroll: true })
  cell?.animate([{ backgroundColor: '#FFF4DE' }, { backgroundColor: 'transparent' }], { duration: 1_800 })
}

/** The checks of a form being written, and the ways from a finding to its place. `idPrefix` begins the ids of the form's inputs. */
export function useDesk(form: Form, now: Now, idPrefix: string) {
  const checks = useChecksNow(now)
  const [goTo, setGoTo] = useState<Place | null>(null)
  const findings = checks.data?.findings ?? NOTHING
  const hints = useMemo(() => ({ findings: findings.filter(({ field }) => field === 'body'), goTo }), [findings, goTo])
  return {
    checks, findings, hints,
    jump: (finding: Finding): void => {
      const { field, at } = finding
      if (field === 'body' && at !== undefined && at.attachment === undefined) setGoTo({ ...at })
      else showField(idPrefix + fieldOfFinding(finding))
    },
    mend: (finding: Finding): void => {
      const key = fieldOfFinding(finding)
      const value = form.rights[key] === 'write' ? mended(finding, form.values[key]) : null
      if (value !== null) form.change(key, value)
    },
  }
}

export type Desk = ReturnType<typeof useDesk>
