import { useState } from 'react'
import { Button, Popover, Switch } from 'antd'
import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import { messageOf } from '#ui/api/failure.ts'
import { useChoosePost, useSavePreferences, useSignedIn, useSignOut } from '#ui/api/session.ts'
import { Face } from '#ui/components/face.tsx'
import { useLook } from '#ui/look.ts'

/** The posts a person holds; choosing another one changes what may be seen and done. */
function Posts({ close }: { readonly close: () => void }) {
  const { post, posts } = useSignedIn()
  const choose = useChoosePost()
  const navigate = useNavigate()
  if (posts.length < 2) return null
  const change = (postId: string): void => choose.mutate(postId, { onSuccess: () => { close(); void navigate('/') } })
  return (
    <section aria-label="办公身份">
      <div className="person-heading faint">办公身份</div>
      {posts.map(({ postId, unitName, title, organisationName, main }) => (
        <button key={postId} type="button" className="plain person-post" aria-pressed={postId === post.postId} disabled={choose.isPending} onClick={() => (postId === post.postId ? close() : change(postId))}>
          <span className="grow"><span>{unitName} {title}</span><span className="faint person-organisation">{organisationName}{main && ' · 主职'}</span></span>
          {postId === post.postId && <CheckOutlined />}
        </button>
      ))}
      {choose.error !== null && <div className="problem" role="alert">{messageOf(choose.error)}</div>}
    </section>
  )
}

function Menu({ close }: { readonly close: () => void }) {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const save = useSavePreferences()
  const { large } = useLook('web')
  const go = (path: string) => () => { close(); void navigate(path) }
  return (
    <div className="person-menu">
      <Posts close={close} />
      <label className="person-line"><span className="grow">大字模式</span><Switch checked={large} onChange={(on) => save.mutate({ large: on })} aria-label="大字模式" /></label>
      <button type="button" className="plain person-line" onClick={go('/me')}>个人设置</button>
      <button type="button" className="plain person-line" onClick={go('/me/delegations')}>工作委托</button>
      <button type="button" className="plain person-line" onClick={go('/me/sessions')}>登录设备</button>
      <button type="button" className="plain person-line" onClick={go('/password')}>修改密码</button>
      <button type="button" className="plain person-line person-out" disabled={signOut.isPending} onClick={() => signOut.mutate()}>退出登录</button>
      {signOut.error !== null && <div className="problem" role="alert">{messageOf(signOut.error)}</div>}
    </div>
  )
}

/** Who is acting as what, and what belongs to the person. */
export function PersonMenu() {
  const { person, post } = useSignedIn()
  const [open, setOpen] = useState(false)
  return (
    <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} arrow={false} destroyOnHidden content={<Menu close={() => setOpen(false)} />}>
      <Button type="text" className="person" aria-label={`${person.name}，${post.unitName} ${post.title}`}>
        <Face name={person.name} /><span>{person.name}</span><span className="quiet cut person-what">{post.unitName} {post.title}</span><DownOutlined className="faint" />
      </Button>
    </Popover>
  )
}
