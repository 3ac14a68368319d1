import { useOnline } from '#ui/lib/use-online.ts'

/** Says what still works without a network. */
export function OfflineNote() {
  return useOnline() ? null : <div className="p-offline" role="status">网络已断开，打开过的内容可继续看，填写的内容存在手机上</div>
}
