import { SearchOutlined } from '@ant-design/icons'

interface Props {
  readonly value: string
  readonly change: (value: string) => void
  readonly placeholder: string
  readonly autoFocus?: boolean
}

/** A box to search in, with the phone's own search keyboard. */
export const SearchBox = ({ value, change, placeholder, autoFocus = false }: Props) => (
  <form role="search" className="p-search" onSubmit={(event) => { event.preventDefault(); if (document.activeElement instanceof HTMLElement) document.activeElement.blur() }}>
    <SearchOutlined aria-hidden className="faint" />
    <input type="search" enterKeyHint="search" aria-label={placeholder} placeholder={placeholder} autoFocus={autoFocus} value={value} onChange={(event) => change(event.target.value)} />
  </form>
)
