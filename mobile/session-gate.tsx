import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Popup } from 'antd-mobile'
import { Navigate, Outlet, useLocation } from 'react-router'
import { onSignedOut } from '#ui/api/client.ts'
import { useEvents } from '#ui/api/counts.ts'
import { isSignedOut } from '#ui/api/failure.ts'
import { useSession } from '#ui/api/session.ts'
import { sweepDrafts } from '#ui/engine/form/local-draft.ts'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { OfflineNote } from './frame/offline-note.tsx'
import { SignInForm } from './sign-in/sign-in-form.tsx'

/** The session ended while pages were open: signing in again happens above them, so that nothing typed is lost. */
const SignInAgain = ({ login, done }: { readonly login: string; readonly done: () => void }) => (
  <Popup visible position="bottom" bodyClassName="p-sheet" closeOnMaskClick={false}>
    <section role="dialog" aria-modal="true" aria-label="登录已过期" className="p-again">
      <h2>登录已过期</h2>
      <p className="quiet">请重新登录后继续，页面上填写的内容都还在。</p>
      <SignInForm login={login} done={done} />
    </section>
  </Popup>
)

function Live() {
  useEvents()
  return <><OfflineNote /><Outlet /></>
}

/** Lets only signed-in people in; others come back to the same address after signing in. */
export function SessionGate() {
  const session = useSession()
  const client = useQueryClient()
  const { pathname, search } = useLocation()
  const [over, setOver] = useState(false)
  const person = session.data?.person
  useEffect(() => onSignedOut(() => setOver(true)), [])
  useEffect(() => {
    if (person !== undefined) sweepDrafts(localStorage, person.id, new Date())
  }, [person])
  if (session.data === undefined && isSignedOut(session.error)) return <Navigate to={`/sign-in?back=${encodeURIComponent(pathname + search)}`} replace />
  const again = (): void => {
    setOver(false)
    void client.invalidateQueries()
  }
  return (
    <>
      <Loaded of={session}>{() => <Live />}</Loaded>
      {over && person !== undefined && <SignInAgain login={person.login} done={again} />}
    </>
  )
}
