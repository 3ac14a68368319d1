import { Button } from 'antd'
import { ReloadOutlined } from '@ant-design/icons'
import { formatMinute, shanghaiMinute } from '#base/civil-date.ts'
import { Loaded } from '#ui/components/states.tsx'
import { messageOf } from '#ui/api/failure.ts'
import { Pages } from '../pages.tsx'
import { usePreviewNow } from './queries.ts'
import type { Now } from './queries.ts'

/** The pages as they will be printed, of what is typed now: set anew whenever the hands rest, and on demand. */
export function LivePreview({ now }: { readonly now: Now }) {
  const found = usePreviewNow(now)
  const { data, error, isFetching, dataUpdatedAt, refetch } = found
  return (
    <section className="live-preview" aria-label="版面预览" aria-busy={isFetching}>
      <div className="live-preview-head">
        <span className="grow faint" role="status">
          {error !== null && data !== undefined ? <span className="problem">未能重新排版：{messageOf(error)}</span> : isFetching ? '正在排版…' : data === undefined ? '' : `共 ${data.pages.length} 页，排版于 ${formatMinute(shanghaiMinute(new Date(dataUpdatedAt)))}`}
        </span>
        <Button type="text" size="small" icon={<ReloadOutlined />} disabled={isFetching} onClick={() => void refetch()}>重新排版</Button>
      </div>
      <Loaded of={found} lines={10}>{({ pages }) => <Pages title="预览" pages={pages} />}</Loaded>
    </section>
  )
}
