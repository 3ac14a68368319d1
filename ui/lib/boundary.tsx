import { Component } from 'react'
import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** A new value, such as the address, gives the page another chance. */
  readonly of: string
  /** Stands in place of a page that broke. */
  readonly broken: ReactNode
}

/** Keeps a broken page from taking its frame down. React offers this only to class components. */
export class Boundary extends Component<Props, { broken: boolean; of: string }> {
  override state = { broken: false, of: this.props.of }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  static getDerivedStateFromProps(props: Props, state: { of: string }): { broken: boolean; of: string } | null {
    return props.of === state.of ? null : { broken: false, of: props.of }
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.broken : this.props.children
  }
}
