import '#ui/engine/list/list.css'
import { RulesView } from './rules-view.tsx'

export default function RulesPage() {
  return <div className="mail-settings"><h1>自动回复与转发</h1><RulesView /></div>
}
