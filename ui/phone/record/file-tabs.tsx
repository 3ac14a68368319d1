import { asIds } from '#ui/engine/fields/props.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { fileAddress, useFiles } from '#ui/api/files.ts'
import { previewKind } from '#ui/engine/files/preview-kind.ts'
import { FileList } from '../files/file-list.tsx'
import { Loaded } from '../frame/states.tsx'
import { DocumentReader } from '../reader/document-reader.tsx'
import type { RecordTab } from './record-frame.tsx'

/** Fields that hold one file to be read here, such as the text of a document; each gets a tab of its own. */
export const readableFiles = ({ entity }: Pick<EntityMeta, 'entity'>, rights: Rights, { values }: Pick<RecordDetailWire, 'values'>) =>
  Object.entries(entity.fields).flatMap(([key, field]) => {
    const [id] = asIds(values[key])
    return field.kind === 'files' && field.most === 1 && rights[key] === 'read' && id !== undefined ? [{ key, label: field.label, id }] : []
  })

/** A PDF is read in the page; any other file is opened by the phone. */
const FileReader = ({ id }: { readonly id: string }) => (
  <Loaded of={useFiles([id])} lines={10}>
    {({ items: [file] }) => file !== undefined && previewKind(file.mime) === 'pdf' ? <DocumentReader address={fileAddress(id)} /> : <div className="p-card p-pad"><FileList ids={[id]} /></div>}
  </Loaded>
)

export const fileTabs = (files: ReturnType<typeof readableFiles>): readonly RecordTab[] => files.map(({ key, label, id }) => ({ key, label, content: <FileReader id={id} /> }))
