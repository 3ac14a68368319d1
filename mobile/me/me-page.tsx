import { RightOutlined } from '@ant-design/icons'
import { Switch } from 'antd-mobile'
import { Link } from 'react-router'
import { useSavePreferences, useSignedIn, useSignOut } from '#ui/api/session.ts'
import { messageOf } from '#ui/api/failure.ts'
import { Face } from '#ui/components/face.tsx'
import { Page } from '#ui/phone/frame/page.tsx'

const WAYS = [
  { to: '/notices', label: '消息' }, { to: '/me/delegations', label: '工作委托' }, { to: '/me/phrases', label: '常用语' }, { to: '/me/signature', label: '签名' }, { to: '/me/sessions', label: '登录设备' }, { to: '/me/password', label: '修改密码' },
] as const

/** Who I am and as what I act, how I want to see the pages, and the way out. */
export function MePage() {
  const { person, post, posts, preferences } = useSignedIn()
  const save = useSavePreferences()
  const signOut = useSignOut('/m/sign-in')
  return (
    <Page title="我的">
      <section className="p-card p-me"><Face name={person.name} size={52} /><div className="p-person"><strong>{person.name}</strong><span className="quiet">{post.unitName} {post.title}</span><span className="faint">{post.organisationName}</span></div></section>
      {posts.length > 1 && <div className="p-card"><Link to="/me/post" className="p-row"><span className="grow">切换任职身份</span><span className="faint">共 {posts.length} 个</span><RightOutlined className="faint" /></Link></div>}
      <div className="p-card">
        <div className="p-row"><span className="grow" id="large-mode">大字模式</span><Switch aria-labelledby="large-mode" checked={preferences['large'] === true} onChange={(large) => save.mutate({ large })} /></div>
        {WAYS.map(({ to, label }) => <Link key={to} to={to} className="p-row"><span className="grow">{label}</span><RightOutlined className="faint" /></Link>)}
      </div>
      <button type="button" className="p-button p-out" disabled={signOut.isPending} onClick={() => signOut.mutate()}>退出登录</button>
      {signOut.error !== null && <p className="problem" role="alert">{messageOf(signOut.error)}</p>}
    </Page>
  )
}
