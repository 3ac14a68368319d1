import { useState } from 'react'
import { Button, Input, Radio, Switch } from 'antd'
import { DeleteOutlined } from '@ant-design/icons'
import { Link } from 'react-router'
import { usePhrases, useSavePhrases } from '#ui/api/phrases.ts'
import { useSavePreferences, useSignedIn } from '#ui/api/session.ts'
import { useLook } from '#ui/look.ts'
import { useTitle } from '../frame/use-title.ts'
import { SignatureCard } from './signature-card.tsx'
import './account.css'

function Looks() {
  const look = useLook('web')
  const save = useSavePreferences()
  return (
    <section className="card">
      <header className="card-head"><h2>显示</h2></header>
      <div className="account-body">
        <label className="account-line"><span>大字模式</span><Switch checked={look.large} onChange={(large) => save.mutate({ large })} aria-label="大字模式" /></label>
        <div className="account-line"><span>列表行高</span><Radio.Group aria-label="列表行高" value={look.density} onChange={(event) => save.mutate({ density: event.target.value })} options={[{ value: 'comfortable', label: '宽松' }, { value: 'compact', label: '紧凑' }]} /></div>
      </div>
    </section>
  )
}

function OwnPhrases() {
  const phrases = usePhrases()
  const save = useSavePhrases()
  const [typed, setTyped] = useState('')
  const add = (): void => {
    const text = typed.trim()
    if (text === '' || phrases.includes(text)) return
    save([...phrases, text])
    setTyped('')
  }
  return (
    <section className="card">
      <header className="card-head"><h2>常用语</h2></header>
      <div className="account-body">
        <ul>
          {phrases.map((phrase) => (
            <li key={phrase} className="phrase"><span className="grow">{phrase}</span><Button type="text" icon={<DeleteOutlined />} aria-label={`删除常用语：${phrase}`} onClick={() => save(phrases.filter((one) => one !== phrase))} /></li>
          ))}
        </ul>
        <form className="row" onSubmit={(event) => { event.preventDefault(); add() }}>
          <Input aria-label="新的常用语" placeholder="签署意见时常用的话" maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} /><Button htmlType="submit" disabled={typed.trim() === ''}>添加</Button>
        </form>
      </div>
    </section>
  )
}

/** What belongs to the person: posts, the look of the pages, common phrases, the way to the password. */
export function MePage() {
  const { person, posts, post } = useSignedIn()
  useTitle('个人设置')
  return (
    <div className="account">
      <h1>个人设置</h1>
      <section className="card">
        <header className="card-head"><h2>账号</h2><Link to="/me/delegations">工作委托</Link><Link to="/me/sessions">登录设备</Link><Link to="/password">修改密码</Link><Link to="/mail/clients">邮箱客户端</Link><Link to="/mail/rules">自动回复与转发</Link></header>
        <div className="account-body">
          <div className="account-line"><span>姓名</span><span>{person.name}</span></div>
          <div className="account-line"><span>账号</span><span>{person.login}</span></div>
          <div className="account-line"><span>任职</span><span>{posts.map(({ postId, organisationName, unitName, title }) => <span key={postId} style={{ display: 'block' }}>{organisationName} {unitName} {title}{postId === post.postId && posts.length > 1 && '（当前身份）'}</span>)}</span></div>
        </div>
      </section>
      <Looks />
      <OwnPhrases />
      <SignatureCard />
    </div>
  )
}
