/** The name under which a file is listed and printed: without its ending and without a number typed before it (附件1：清单.docx → 清单). */
export const attachmentTitle = (fileName: string): string => fileName.replace(/\.[^.]{1,8}$/u, '').replace(/^附件\s*[\d一二三四五六七八九十]*\s*[.．、：:_-]?\s*(?=\S)/u, '')
