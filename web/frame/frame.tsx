import { Button } from 'antd'
import { Link, Outlet } from 'react-router'
import { useSignedIn, useSignOut } from '#ui/api/session.ts'
import { Emblem } from './emblem.tsx'
import './frame.css'

/** What stands around every page: the mark, the organisation, and who is acting as what. */
export function Frame() {
  const { person, post } = useSignedIn()
  const signOut = useSignOut()
  return (
    <div className="frame">
      <header className="frame-bar">
        <Link to="/" className="frame-name"><Emblem /><strong>承明</strong><span className="quiet">{post.organisationName}</span></Link>
        <span className="frame-person">{person.name}<span className="quiet"> {post.unitName} {post.title}</span></span>
        <Button type="text" onClick={() => signOut.mutate()} loading={signOut.isPending}>退出</Button>
      </header>
      <main className="frame-page"><Outlet /></main>
    </div>
  )
}
