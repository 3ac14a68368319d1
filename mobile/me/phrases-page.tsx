import { useState } from 'react'
import { DeleteOutlined } from '@ant-design/icons'
import { usePhrases, useSavePhrases } from '#ui/api/phrases.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { Page } from '#ui/phone/frame/page.tsx'

/** The phrases offered above the opinion box. */
export function PhrasesPage() {
  const phrases = usePhrases()
  const save = useSavePhrases()
  const [typed, setTyped] = useState('')
  const add = (): void => {
    const text = typed.trim()
    if (text !== '' && !phrases.includes(text)) save([...phrases, text])
    setTyped('')
  }
  return (
    <Page
      title="常用语" home="/me"
      foot={<form className="p-foot" onSubmit={(event) => { event.preventDefault(); add() }}><input className="p-input grow" aria-label="新的常用语" placeholder="签署意见时常用的话" maxLength={100} value={typed} onChange={(event) => setTyped(event.target.value)} /><button type="submit" className="p-button" data-tone="primary" disabled={typed.trim() === ''}>添加</button></form>}
    >
      {phrases.length === 0 ? <Empty title="还没有常用语">添加后，办理时点一下即可填入意见。</Empty> : (
        <div className="p-card">
          {phrases.map((phrase) => <div key={phrase} className="p-row"><span className="grow">{phrase}</span><button type="button" className="plain p-touch" aria-label={`删除常用语：${phrase}`} onClick={() => save(phrases.filter((one) => one !== phrase))}><DeleteOutlined /></button></div>)}
        </div>
      )}
    </Page>
  )
}
