import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Modal } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useLocation } from 'react-router'
import type { SessionWire } from '#kit/wire/session.ts'
import { onSignedOut } from '#ui/api/client.ts'
import { isSignedOut } from '#ui/api/failure.ts'
import { useSession } from '#ui/api/session.ts'
import { Loaded } from '#ui/components/states.tsx'
import { sweepDrafts } from '#ui/engine/form/local-draft.ts'
import { SignInForm } from './sign-in/sign-in-form.tsx'

/** The session ended while pages were open: signing in again happens above them, so that nothing typed is lost. */
function SignInAgain({ person, done }: { readonly person: string; readonly done: (session: SessionWire) => void }) {
  return (
    <Modal open title="登录已过期" footer={null} closable={false} mask={{ closable: false }} keyboard={false} width={400} destroyOnHidden>
      <p className="quiet" style={{ margin: '4px 0 16px' }}>请重新登录后继续，页面上填写的内容都还在。</p>
      <SignInForm login={person} done={done} />
    </Modal>
  )
}

/** Lets only signed-in people in; others come back to the same address after signing in. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const session = useSession()
  const client = useQueryClient()
  const location = useLocation()
  const [over, setOver] = useState(false)
  const person = session.data?.person
  useEffect(() => onSignedOut(() => setOver(true)), [])
  useEffect(() => {
    if (person !== undefined) sweepDrafts(localStorage, person.id, new Date())
  }, [person])
  if (session.data === undefined && isSignedOut(session.error)) {
    return <Navigate to={`/sign-in?back=${encodeURIComponent(location.pathname + location.search)}`} replace />
  }
  const again = (session: SessionWire): void => {
    // What stands on the pages belongs to whoever was signed in before.
    if (session.person.id !== person?.id) return window.location.assign('/')
    setOver(false)
    void client.invalidateQueries()
  }
  return (
    <>
      <Loaded of={session}>{() => children}</Loaded>
      {over && person !== undefined && <SignInAgain person={person.login} done={again} />}
    </>
  )
}
