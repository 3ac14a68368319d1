import { useState } from 'react'
import { Switch } from 'antd-mobile'
import { messageOf } from '#ui/api/failure.ts'
import { ownPictureUrl, useEndSignature, useRegisterSignature, useSignature, useSignatureAuto } from '#ui/api/signature.ts'
import type { OwnSignatureWire } from '#kit/wire/signature.ts'
import { SignaturePad } from '#ui/engine/signature/pad.tsx'
import { Page } from '#ui/phone/frame/page.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'

function Own({ own }: { readonly own: NonNullable<OwnSignatureWire['signature']> }) {
  const auto = useSignatureAuto()
  const end = useEndSignature()
  return (
    <>
      <div className="p-card">
        <div className="p-row"><img className="sign-picture" src={ownPictureUrl(own.id)} alt="我的签名" /></div>
        <div className="p-row"><span className="grow" id="sign-auto">办理时自动使用</span><Switch aria-labelledby="sign-auto" checked={own.auto} onChange={(on) => auto.mutate(on)} /></div>
      </div>
      <button type="button" className="p-button p-out" data-tone="seal-line" disabled={end.isPending} onClick={() => end.mutate(undefined)}>停用签名</button>
    </>
  )
}

function Draw() {
  const [png, setPng] = useState<string | null>(null)
  const register = useRegisterSignature()
  return (
    <section className="p-card p-pad">
      <SignaturePad change={setPng} className="p-button" />
      {register.error !== null && <p className="p-alert" role="alert">{messageOf(register.error)}</p>}
      <button type="button" className="p-button" data-tone="primary" disabled={png === null || register.isPending} onClick={() => png !== null && register.mutate(png)}>保存为我的签名</button>
    </section>
  )
}

/** The signature that stands under one's opinions, written with the finger. */
export const SignaturePage = () => (
  <Page title="签名" home="/me">
    <Loaded of={useSignature()}>
      {({ signature }) => (
        <>
          {signature !== null && <Own key={signature.id} own={signature} />}
          <p className="p-heading">{signature === null ? '签署意见时显示您的签名，并印在处理单上。' : '重新书写后替换现有签名。'}</p>
          <Draw key={signature?.id ?? ''} />
        </>
      )}
    </Loaded>
  </Page>
)
