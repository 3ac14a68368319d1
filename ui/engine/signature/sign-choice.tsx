import { Checkbox } from 'antd'
import { useSign } from './use-sign.ts'

/** Whether the registered signature stands under the opinion; nothing for whoever has none. */
export function SignChoice({ bar }: { readonly bar: Parameters<typeof useSign>[0] }) {
  const { own, uses, chooseOwn } = useSign(bar)
  return own === null ? null : <Checkbox checked={uses} onChange={(event) => chooseOwn(event.target.checked)} style={{ whiteSpace: 'nowrap' }}>签名</Checkbox>
}
