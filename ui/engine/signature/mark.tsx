import type { TimelineWire } from '#kit/wire/task.ts'
import './signature.css'

type Signature = NonNullable<TimelineWire['entries'][number]['people'][number]['signature']>

/** What a signature stands under, for whoever points at it. */
export const signedText = ({ version, digest, changed }: Signature): string => `签于文稿第 ${version} 版（内容摘要 ${digest}）${changed ? '，此后内容有修改' : '，此后内容未改'}`

/** A signature under an opinion. */
export const SignatureMark = ({ name, signature }: { readonly name: string; readonly signature: Signature | null }) =>
  signature === null ? null : <img className="sign-mark" src={signature.picture} alt={`${name}的签名`} title={signedText(signature)} />
