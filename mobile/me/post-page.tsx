import { CheckCircleFilled } from '@ant-design/icons'
import { messageOf } from '#ui/api/failure.ts'
import { useChoosePost, useSignedIn } from '#ui/api/session.ts'
import { useBack } from '#ui/phone/frame/back.tsx'
import { Page } from '#ui/phone/frame/page.tsx'

/** As which of her posts a person acts; lists and rights change with it. */
export function PostPage() {
  const { post, posts } = useSignedIn()
  const choose = useChoosePost()
  const back = useBack('/me')
  return (
    <Page title="切换任职身份" home="/me">
      {choose.error !== null && <p className="p-alert" role="alert">{messageOf(choose.error)}</p>}
      <div className="p-card" role="radiogroup" aria-label="任职身份">
        {posts.map(({ postId, title, unitName, organisationName, main }) => (
          <button key={postId} type="button" role="radio" aria-checked={postId === post.postId} className="plain p-row" disabled={choose.isPending} onClick={() => choose.mutate(postId, { onSuccess: back })}>
            <span className="grow p-person"><strong>{unitName} {title}</strong><span className="faint">{organisationName}{main && ' · 主职'}</span></span>
            {postId === post.postId ? <CheckCircleFilled className="p-ticked" /> : <i className="p-unticked" />}
          </button>
        ))}
      </div>
    </Page>
  )
}
