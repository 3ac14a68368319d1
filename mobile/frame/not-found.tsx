import { Link } from 'react-router'
import { Page } from '#ui/phone/frame/page.tsx'

export const NotFound = () => (
  <Page title="没有这一页" home="/">
    <div className="state"><strong>没有这一页</strong><span>链接可能已失效，或者这项功能只能在电脑上使用。</span><Link to="/" replace>回到首页</Link></div>
  </Page>
)
