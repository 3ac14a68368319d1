import { useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import type { SessionWire } from '#kit/wire/session.ts'
import { useChoosePost, useSession } from '#ui/api/session.ts'
import { Choices } from './choices.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Only addresses of our own pages are gone back to. */
export const safeBack = (back: string | null): string => (back !== null && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? back : '/')

/** People with several posts say as which one they act; the main post is first. */
function PostChoice({ session, done }: { readonly session: SessionWire; readonly done: () => void }) {
  const choose = useChoosePost()
  const items = session.posts.map(({ postId, title, unitName, organisationName, main }) => ({ key: postId, title: `${unitName} ${title}`, note: `${organisationName}${main ? ' · 主职' : ''}` }))
  return (
    <Choices
      label={`${session.person.name}，请选择本次办公的身份`} items={items} busy={choose.isPending}
      choose={(postId) => (postId === session.post.postId ? done() : choose.mutate(postId, { onSuccess: done }))}
    />
  )
}

export function SignInPage() {
  const session = useSession()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [entered, setEntered] = useState<SessionWire | null>(null)
  const [asking, setAsking] = useState(false)
  const back = safeBack(params.get('back'))
  const enter = (): void => void navigate(back, { replace: true })
  if (!asking && entered === null && session.data !== undefined) return <Navigate to={back} replace />
  return (
    <main className="p-sign">
      <header><img src="/emblem.svg" width={56} height={56} alt="" /><h1>承明</h1><p className="quiet">政务协同办公平台</p></header>
      {entered === null
        ? <div onSubmitCapture={() => setAsking(true)}><SignInForm done={(answer) => (answer.posts.length > 1 ? setEntered(answer) : enter())} /></div>
        : <PostChoice session={entered} done={enter} />}
      <footer className="faint"><p>忘记密码请联系本单位管理员重置</p><p>非涉密系统，严禁处理、传输国家秘密</p></footer>
    </main>
  )
}
