const IMAGES = /^image\/(png|jpeg|gif|webp|bmp)$/

export type PreviewKind = 'image' | 'pdf'

export const previewKind = (mime: string): PreviewKind | null => (IMAGES.test(mime) ? 'image' : mime === 'application/pdf' ? 'pdf' : null)
export const canPreview = (mime: string): boolean => previewKind(mime) !== null
