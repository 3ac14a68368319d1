/**
 * Tab leaves a field that takes several values as it is: Ant Design would toggle the active line, which after a choice by mouse is the one just
 * taken. Enter chooses. To be given as `onKeyDownCapture` around the pages.
 */
export function tabLeaves(event: React.KeyboardEvent): void {
  if (event.key === 'Tab' && event.target instanceof HTMLElement && event.target.closest('.ant-select-multiple') !== null) event.stopPropagation()
}
