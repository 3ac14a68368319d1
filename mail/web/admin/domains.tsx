import { useState } from 'react'
import { Button, Input, Popconfirm, Select } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { FailureView, Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import type { CheckedRecordWire, DomainWire } from '../../admin-api.ts'
import { Keys } from './keys.tsx'
import { useDnsCheck, useDomains, useMailCommand } from '../commands.ts'

const FOUND = { ok: ['green', '正确'], missing: ['seal', '没有找到'], different: ['amber', '与应设置的不同'], unknown: ['plain', '查询失败'] } as const

const Found = ({ record }: { readonly record: CheckedRecordWire | undefined }) =>
  record === undefined ? <span className="faint">—</span> : <><Tag tone={FOUND[record.state][0]}>{FOUND[record.state][1]}</Tag>{record.state === 'different' && <span className="faint" title={record.found.join('\n')}> 现为 {record.found[0]}</span>}</>

const MODES = [['none', '停用'], ['testing', '测试'], ['enforce', '强制']] as const

/** What other servers are told about TLS towards the domain. */
function Sts({ domain: { name, sts } }: { readonly domain: DomainWire }) {
  const set = useMailCommand<{ name: string; mode: string }>('set-sts')
  return (
    <div className="mail-body" role="group" aria-label="加密投递策略">
      <div className="row">
        <span>加密投递策略（MTA-STS）</span>
        <Select aria-label="加密投递策略" style={{ width: 110 }} value={sts} placeholder="未发布" loading={set.isPending} options={MODES.map(([value, label]) => ({ value, label }))} onChange={(mode) => set.mutate({ name, mode })} />
        <span className="faint">先用“测试”，策略文件和解析都正确、对方的报告没有问题后再改“强制”；不再使用时选“停用”，两周后可删除解析。</span>
        {set.isError && <span className="problem" role="alert">{messageOf(set.error)}</span>}
      </div>
    </div>
  )
}

function Domain({ domain }: { readonly domain: DomainWire }) {
  const [asked, setAsked] = useState(false)
  const check = useDnsCheck(domain.name, asked)
  const makeDefault = useMailCommand<{ name: string }>('set-default-domain')
  const remove = useMailCommand<{ name: string }>('remove-domain')
  const failed = makeDefault.error ?? remove.error
  return (
    <section className="card" aria-label={domain.name}>
      <header className="card-head">
        <h2>{domain.name} {domain.isDefault && <Tag tone="primary">默认</Tag>}</h2><span className="quiet">{domain.addresses} 个地址</span>
        {!domain.isDefault && <Popconfirm title={`把 ${domain.name} 设为默认域名？`} description="所有人的主地址将改到这个域名，原地址继续有效。" okText="设为默认" cancelText="取消" onConfirm={() => makeDefault.mutate({ name: domain.name })}><Button loading={makeDefault.isPending}>设为默认</Button></Popconfirm>}
        {!domain.isDefault && domain.addresses === 0 && <Button danger onClick={() => remove.mutate({ name: domain.name })}>移除</Button>}
        <Button loading={check.isFetching} onClick={() => { setAsked(true); if (asked) void check.refetch() }}>检查解析</Button>
      </header>
      {failed !== null && <p className="problem state-small" role="alert">{messageOf(failed)}</p>}
      {check.isError && <FailureView error={check.error} />}
      <div className="mail-wide"><table className="grid">
        <thead><tr><th>类型</th><th>名称</th><th>应设置为</th><th>用途</th><th>现在</th></tr></thead>
        <tbody>{domain.records.map(({ type, name, value, purpose }) => <tr key={`${type} ${name}`}><td>{type}</td><td title={name}>{name}</td><td title={value}><code>{value}</code></td><td title={purpose}>{purpose}</td><td><Found record={check.data?.items.find((one) => one.type === type && one.name === name)} /></td></tr>)}</tbody>
      </table></div>
      <Sts domain={domain} />
      <Keys domain={domain.name} />
    </section>
  )
}

/** Our domains, the records each needs, and whether the name system has them. */
export function Domains() {
  const domains = useDomains()
  const add = useMailCommand<{ name: string }>('add-domain')
  const [name, setName] = useState('')
  return (
    <>
      <form className="row" onSubmit={(event) => { event.preventDefault(); add.mutate({ name: name.trim() }, { onSuccess: () => setName('') }) }}>
        <Input aria-label="新域名" placeholder="mail.example.gov.cn" style={{ width: 280 }} value={name} onChange={(event) => setName(event.target.value)} /><Button htmlType="submit" disabled={name.trim() === ''} loading={add.isPending}>添加域名</Button>
        {add.isError && <span className="problem" role="alert">{messageOf(add.error)}</span>}
      </form>
      <Loaded of={domains} lines={8}>{({ items }) => <>{items.map((domain) => <Domain key={domain.name} domain={domain} />)}</>}</Loaded>
    </>
  )
}
