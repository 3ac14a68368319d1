import { Link } from 'react-router'
import { Empty } from '#ui/components/states.tsx'

export const NotFound = () => (
  <Empty title="没有这个页面">请检查链接是否完整，或<Link to="/">返回首页</Link>。</Empty>
)
