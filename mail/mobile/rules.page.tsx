import { RulesView } from '../web/rules-view.tsx'
import { SettingsFrame } from './settings-frame.tsx'

export default function RulesPage() {
  return <SettingsFrame title="自动回复与转发"><RulesView /></SettingsFrame>
}
