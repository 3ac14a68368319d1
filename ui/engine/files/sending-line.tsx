import { Button, Progress } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import type { Sending } from './use-uploads.ts'

/** A file being sent, or one that did not arrive and why. */
export const SendingLine = ({ name, part, problem, cancel }: Omit<Sending, 'key'> & { readonly cancel: () => void }) => (
  <li className="file-line" role="status">
    <span className="file-name cut">{name}</span>
    {problem === null ? <Progress percent={Math.round(part * 100)} size="small" style={{ width: 160 }} /> : <span className="problem">{problem}</span>}
    <Button type="text" size="small" icon={<CloseOutlined />} onClick={cancel} aria-label={problem === null ? `取消上传 ${name}` : `移除 ${name}`} />
  </li>
)
