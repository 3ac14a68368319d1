import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import { RecordForm } from '#ui/phone/form/record-form.tsx'
import { useMyBalances } from '../web/queries.ts'
import { balanceText } from '../web/texts.ts'

/** What is left of my accounts, before the days are chosen. */
function Left() {
  const items = useMyBalances().data?.items ?? []
  return items.length === 0 ? null : <p className="p-heading">{items.map(balanceText).join('；')}</p>
}

/** An application on the phone; on PC the generic form stands beside the balances of the home page. */
export default function ApplyPage(props: FormPageProps) {
  return <RecordForm {...props} top={<Left />} />
}
