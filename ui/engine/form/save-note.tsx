import { formatMinute, shanghaiMinute } from '#base/civil-date.ts'
import type { SaveState } from './use-autosave.ts'

const clock = (at: Date): string => formatMinute(shanghaiMinute(at))

export function saveText(state: SaveState): string {
  switch (state.kind) {
    case 'idle': return ''
    case 'saving': return '正在保存…'
    case 'saved': return `已自动保存 ${clock(state.at)}`
    case 'here': return `已暂存在本机 ${clock(state.at)}，保存后生效`
    case 'kept': return `已暂存在本机 ${clock(state.at)}，尚未存到服务器：${state.why}`
    case 'lost': return `没有保存：${state.why}`
  }
}

/** 「已自动保存 10:03」, read aloud softly. */
export const SaveNote = ({ state }: { readonly state: SaveState }) => (
  <span className={state.kind === 'kept' || state.kind === 'lost' ? 'problem' : 'faint'} role="status">{saveText(state)}</span>
)
