import { Fragment } from 'react'
import { numberHeadings } from '#modules/documents/body.ts'
import type { Block, Inline, NumberStyle, Table } from '#modules/documents/body.ts'
import './body.css'

const Letters = ({ of }: { readonly of: readonly Inline[] }) => of.map(({ text, bold }, index) => <Fragment key={index}>{bold ? <strong>{text}</strong> : text}</Fragment>)

const TableView = ({ table }: { readonly table: Table }) => (
  <div className="body-wide">
    <table data-header={table.header ?? 0}>
      <tbody>
        {table.rows.map(({ cells }, row) => (
          <tr key={row}>{cells.map(({ text, colspan, rowspan, align }, cell) => <td key={cell} colSpan={colspan} rowSpan={rowspan} data-align={align}><Letters of={text} /></td>)}</tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** A text to be read, with its numbers among the letters so that they are copied and read aloud. */
export function BodyView({ blocks, numberStyle = 'standard' }: { readonly blocks: readonly Block[]; readonly numberStyle?: NumberStyle }) {
  return (
    <div className="body-text">
      {numberHeadings(blocks, numberStyle).map(({ block, number }, index) => {
        if (block.type === 'table') return <TableView key={index} table={block} />
        if (block.type === 'paragraph') return <p key={index}><Letters of={block.text} /></p>
        const Tag = `h${block.level}` as const
        return <Tag key={index}>{number}<Letters of={block.text} />{block.rest && <span data-run-in=""><Letters of={block.rest} /></span>}</Tag>
      })}
    </div>
  )
}
