import { Button, Dropdown } from 'antd'
import { PlusOutlined } from '@ant-design/icons'
import { useNavigate } from 'react-router'
import { useMenu } from '#ui/api/meta.ts'

/** Everything this person may open anew, by application. */
export function CreateMenu() {
  const { data } = useMenu()
  const navigate = useNavigate()
  const items = (data?.apps ?? []).flatMap(({ creates }) => creates.map(({ entity, label }) => ({ key: entity, label, onClick: () => void navigate(`/app/${entity}/new`) })))
  if (items.length === 0) return null
  return <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}><Button type="text" icon={<PlusOutlined />}>新建</Button></Dropdown>
}
