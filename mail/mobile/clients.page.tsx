import { Page } from '#ui/phone/frame/page.tsx'
import { ClientsView } from '../web/clients-view.tsx'
import './mail.css'

export default function ClientsPage() {
  return <Page title="邮箱客户端" home="/apps"><div className="pm-settings"><ClientsView /></div></Page>
}
