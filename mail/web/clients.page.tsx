import '#ui/engine/list/list.css'
import { ClientsView } from './clients-view.tsx'

export default function ClientsPage() {
  return <div className="mail-settings"><h1>邮箱客户端</h1><ClientsView /></div>
}
