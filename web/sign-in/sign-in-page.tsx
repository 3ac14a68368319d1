import { useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import type { SessionWire } from '#kit/wire/session.ts'
import { useChoosePost, useSession } from '#ui/api/session.ts'
import { Emblem } from '../frame/emblem.tsx'
import { SignInForm } from './sign-in-form.tsx'
import './sign-in.css'

/** Only addresses of our own pages are gone back to. */
export const safeBack = (back: string | null): string => (back !== null && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? back : '/')

/** People with several posts say as which one they act; the main post is first. */
function PostChoice({ session, done }: { readonly session: SessionWire; readonly done: () => void }) {
  const choose = useChoosePost()
  return (
    <div className="choices" role="group" aria-label="选择任职身份">
      <p className="quiet">{session.person.name}，请选择本次办公的身份</p>
      {session.posts.map(({ postId, title, unitName, organisationName, main }) => (
        <button key={postId} type="button" className="choice" disabled={choose.isPending} onClick={() => (postId === session.post.postId ? done() : choose.mutate(postId, { onSuccess: done }))}>
          <strong>{unitName} {title}</strong><span className="quiet">{organisationName}{main && ' · 主职'}</span>
        </button>
      ))}
    </div>
  )
}

export function SignInPage() {
  const session = useSession()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [entered, setEntered] = useState<SessionWire | null>(null)
  const back = safeBack(params.get('back'))
  const enter = (): void => void navigate(back, { replace: true })
  if (entered === null && session.data !== undefined) return <Navigate to={back} replace />
  return (
    <main className="sign-in">
      <section className="sign-in-panel">
        <header className="sign-in-name"><Emblem size={48} /><div><h1>承明</h1><p className="quiet">政务协同办公平台</p></div></header>
        {entered === null
          ? <SignInForm done={(answer) => (answer.posts.length > 1 ? setEntered(answer) : enter())} />
          : <PostChoice session={entered} done={enter} />}
        <p className="faint sign-in-help">忘记密码请联系本单位管理员重置</p>
      </section>
      <footer className="sign-in-secret">非涉密系统，严禁处理、传输国家秘密</footer>
    </main>
  )
}
