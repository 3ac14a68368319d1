import { useRef, useState } from 'react'
import { Button, Modal, Popconfirm, Switch } from 'antd'
import { messageOf } from '#ui/api/failure.ts'
import { ownPictureUrl, useEndSignature, useRegisterSignature, useSignature, useSignatureAuto } from '#ui/api/signature.ts'
import { base64Of } from '#ui/engine/signature/file.ts'
import { SignaturePad } from '#ui/engine/signature/pad.tsx'

function Draw({ close }: { readonly close: () => void }) {
  const [png, setPng] = useState<string | null>(null)
  const register = useRegisterSignature()
  return (
    <Modal open title="手写签名" width={700} onCancel={close} okText="保存为我的签名" okButtonProps={{ disabled: png === null, loading: register.isPending }} onOk={() => png !== null && register.mutate(png, { onSuccess: close })} destroyOnHidden>
      <SignaturePad change={setPng} className="ant-btn" />
      {register.error !== null && <div className="problem" role="alert">{messageOf(register.error)}</div>}
    </Modal>
  )
}

function Upload() {
  const input = useRef<HTMLInputElement>(null)
  const register = useRegisterSignature()
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) register.mutate(await base64Of(file))
    if (input.current !== null) input.current.value = ''
  }
  return (
    <>
      <input ref={input} type="file" accept="image/png" hidden aria-label="签名图片" onChange={(event) => void take(event.target.files?.[0])} />
      <Button loading={register.isPending} onClick={() => input.current?.click()}>上传图片</Button>
      {register.error !== null && <span className="problem" role="alert">{messageOf(register.error)}</span>}
    </>
  )
}

/** The signature that stands under one's opinions. */
export function SignatureCard() {
  const own = useSignature().data?.signature
  const auto = useSignatureAuto()
  const end = useEndSignature()
  const [drawing, setDrawing] = useState(false)
  if (own === undefined) return null
  return (
    <section className="card" aria-label="签名">
      <header className="card-head"><h2>签名</h2></header>
      <div className="account-body">
        {own === null ? <p className="quiet">登记后，签署的意见旁显示您的签名，并印在处理单上；签名与签署时的文稿内容绑定。</p> : (
          <>
            <div className="account-line"><span>我的签名</span><img className="sign-picture" src={ownPictureUrl(own.id)} alt="我的签名" /></div>
            <label className="account-line"><span>自动使用</span><Switch checked={own.auto} loading={auto.isPending} onChange={(on) => auto.mutate(on)} aria-label="办理时自动使用签名" /></label>
          </>
        )}
        <div className="sign-line">
          <Button onClick={() => setDrawing(true)}>{own === null ? '手写签名' : '重新手写'}</Button><Upload />
          {own !== null && <Popconfirm title="停用签名？" description="已签署的意见仍保留签名。" okText="停用" cancelText="取消" onConfirm={() => end.mutate(undefined)}><Button danger>停用</Button></Popconfirm>}
        </div>
        <p className="faint">图片须为透明背景的 PNG，不超过 200 KB，宽 60—1600、高 20—800 像素。</p>
        {drawing && <Draw close={() => setDrawing(false)} />}
      </div>
    </section>
  )
}
