import { Button, Dropdown } from 'antd'
import { DownOutlined } from '@ant-design/icons'
import { usePhrases } from '#ui/api/phrases.ts'

/** Common phrases of this person; they are kept in the settings. */
export function Phrases({ use }: { readonly use: (phrase: string) => void }) {
  const items = usePhrases().map((phrase) => ({ key: phrase, label: phrase, onClick: () => use(phrase) }))
  return (
    <Dropdown trigger={['click']} placement="topLeft" menu={{ items: items.length > 0 ? items : [{ key: '', label: '可在“个人设置”中添加常用语', disabled: true }] }}>
      <Button color="default" variant="filled">常用语 <DownOutlined /></Button>
    </Dropdown>
  )
}
