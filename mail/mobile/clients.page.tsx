import { ClientsView } from '../web/clients-view.tsx'
import { SettingsFrame } from './settings-frame.tsx'

export default function ClientsPage() {
  return <SettingsFrame title="邮箱客户端"><ClientsView /></SettingsFrame>
}
