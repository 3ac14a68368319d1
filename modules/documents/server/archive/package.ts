import { createHash } from 'node:crypto'
import type { ZipEntry } from './zip.ts'

/** A document as it goes to the records system (档案系统). */
export interface ArchivedDocument {
  readonly archiveNumber: string
  /** Label → value, in the order of the metadata. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** 业务行为: who did what and when, with the opinion. */
  readonly acts: readonly { readonly step: string; readonly name: string; readonly at: string; readonly opinion: string }[]
  /** 正本, 处理单, 定稿, attachments, in the order of 归档 (GB/T 39362-2020). */
  readonly files: readonly ZipEntry[]
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] ?? '').replaceAll(/[^\P{Cc}\n\t]/gu, '')
const element = (name: string, content: string): string => `<${name}>${content}</${name}>`
const xml = (root: string, lines: readonly string[]): Uint8Array => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${element(root, `\n${lines.join('\n')}\n`)}\n`, 'utf8')
const digest = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex')

function metadata({ fields, acts, files }: ArchivedDocument): Uint8Array {
  return xml('元数据', [
    ...fields.map(([name, value]) => element(name, escaped(value))),
    ...acts.map(({ step, name, at, opinion }) => element('业务行为', element('环节', escaped(step)) + element('办理人', escaped(name)) + element('时间', at) + element('意见', escaped(opinion)))),
    ...files.map(({ name, bytes }) => element('电子文件', element('名称', escaped(name)) + element('字节数', String(bytes.length)) + element('SM3', digest(bytes)))),
  ])
}

/** Characters of a 档号 that no file system takes. */
const folderOf = (archiveNumber: string): string => archiveNumber.replaceAll('·', '-')

/** 归档信息包: a note, the catalogue, the document's folder with its metadata, and the digest of every file. */
export function packageOf(document: ArchivedDocument): ZipEntry[] {
  const folder = `电子档案/${folderOf(document.archiveNumber)}`
  const catalogue = document.fields.filter(([name]) => ['档号', '发文字号', '责任者', '题名', '成文日期', '密级', '保管期限'].includes(name))
  const entries: ZipEntry[] = [
    { name: '说明文件.txt', bytes: Buffer.from(`本信息包含电子公文 1 件，档号 ${document.archiveNumber}。各文件的 SM3 摘要见 manifest.sm3。\n`, 'utf8') },
    { name: '目录文件.xml', bytes: xml('目录', [element('件', catalogue.map(([name, value]) => element(name, escaped(value))).join(''))]) },
    ...document.files.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes })),
    { name: `${folder}/元数据.xml`, bytes: metadata(document) },
  ]
  return [...entries, { name: 'manifest.sm3', bytes: Buffer.from(entries.map(({ name, bytes }) => `${digest(bytes)}  ${name}\n`).join(''), 'utf8') }]
}
