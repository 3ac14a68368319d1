import { useOnline } from '#ui/lib/use-online.ts'

/** Says that the network is gone and what still works. */
export const OfflineLine = () => (useOnline() ? null : <div className="offline" role="status">网络已断开：已打开的页面可以继续看，填写的内容会暂存在本机，恢复后自动继续保存。</div>)
