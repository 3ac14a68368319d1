import { useEffect, useRef } from 'react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { address, get, post } from '#ui/api/client.ts'
import { usePages } from '#ui/api/pages.ts'
import type { FolderWire, MailAccountWire, MailLineWire, MailMessageWire, SharedFolderWire } from '../api.ts'
import type { SharingWire } from '../sharing-api.ts'

const EVERY_MS = 30_000

export type Folders = { readonly account: MailAccountWire; readonly accounts: readonly MailAccountWire[]; readonly items: readonly FolderWire[]; readonly shared: readonly SharedFolderWire[] }
export type Which = 'all' | 'unread' | 'attachments' | 'flagged'
export const WHICH: Readonly<Record<Which, string>> = { all: '全部', unread: '未读', attachments: '有附件', flagged: '星标' }

/** Folders of an account; asked again now and then, so that new mail shows by itself. */
export const useFolders = (account: string | null) =>
  useQuery({ queryKey: ['mail', 'folders', account], queryFn: () => get<Folders>('/api/mail/folders', { account }), refetchInterval: EVERY_MS, placeholderData: keepPreviousData, retry: false })

export const useMessages = (mailbox: number | undefined, which: Which, search: string) => {
  const only = which === 'all' ? {} : { [which]: '1' }
  return usePages<MailLineWire>(['mail', 'messages', mailbox, which, search], (after, signal) =>
    mailbox === undefined ? Promise.resolve({ items: [], next: null }) : get<{ items: MailLineWire[]; next: string | null }>('/api/mail/messages', { mailbox, search, after, ...only }, signal))
}

export const useSharing = (mailbox: number) => useQuery({ queryKey: ['mail', 'sharing', mailbox], queryFn: () => get<SharingWire>('/api/mail/sharing', { mailbox }), retry: false })

export const useMessage = (mailbox: number | undefined, uid: number) =>
  useQuery({ queryKey: ['mail', 'message', mailbox, uid], queryFn: () => get<MailMessageWire>('/api/mail/message', { mailbox, uid }), enabled: mailbox !== undefined, staleTime: 60_000, retry: false })

export const useHeaders = (mailbox: number, uid: number, open: boolean) =>
  useQuery({ queryKey: ['mail', 'headers', mailbox, uid], queryFn: () => get<{ text: string }>('/api/mail/headers', { mailbox, uid }), enabled: open, staleTime: Infinity })

export type Mark = { readonly mailbox: number; readonly uids: readonly number[]; readonly seen?: boolean; readonly flagged?: boolean }

/** Marks messages; lists and counts are asked anew. */
export function useMark() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (mark: Mark) => post('/api/mail/mark', mark),
    onSuccess: () => client.invalidateQueries({ queryKey: ['mail'] }),
  })
}

/** A message that is open is read, where one may say so. */
export function useReading(mailbox: number | undefined, message: MailMessageWire | undefined): void {
  const { mutate } = useMark()
  const marked = useRef('')
  const [uid, seen] = [message?.uid, message?.rights.includes('s') === true ? message.seen : undefined]
  useEffect(() => {
    const key = `${mailbox} ${uid}`
    if (mailbox === undefined || uid === undefined || seen !== false || marked.current === key) return
    marked.current = key
    mutate({ mailbox, uids: [uid], seen: true })
  }, [mailbox, uid, seen, mutate])
}

export const bodyAddress = (mailbox: number, uid: number): string => address('/api/mail/body', { mailbox, uid })
export const attachmentAddress = (mailbox: number, uid: number, part: string): string => address('/api/mail/attachment', { mailbox, uid, part })
export const originalAddress = (mailbox: number, uid: number): string => address('/api/mail/original', { mailbox, uid })
