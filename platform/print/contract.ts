/** What a text is set in, by the part it plays in an official document. */
export type FontRole = 'title' | 'body' | 'kai' | 'hei' | 'song'

/** A typeface as the layout engine knows it: the family name inside the font file and a weight (400 regular, 700 bold). */
export type FontFace = { family: string; weight: number }

/** The face of every role, and the families tried in turn for characters that face cannot draw. */
export type FontTable = Record<FontRole, FontFace> & { fallback: string[] }

/** Files a source may read, by absolute virtual path (`/data.json`); they exist only during one compilation. */
export type VirtualFiles = Record<string, string | Uint8Array>

export type CompileOptions = {
  /** Strings readable as `sys.inputs`. User text goes here or into `files`, never into the source. */
  inputs?: Record<string, string>
  files?: VirtualFiles
  /** Written into the PDF as its creation time, in whole seconds since 1970; without it the output of equal input is equal. */
  createdAt?: number
}

/** A reusable compiler; every function may be called any number of times and in any order. */
export type Printer = {
  fonts: FontTable
  /** Compiles a Typst source to PDF. @throws PrintError when the source is wrong */
  compilePdf(source: string, options?: CompileOptions): Promise<Uint8Array>
  /** Compiles a Typst source to one self-contained SVG per page. @throws PrintError when the source is wrong */
  renderPages(source: string, options?: CompileOptions): Promise<string[]>
  /** The distinct characters of a text that no font of the table can draw, in order of appearance. */
  missingGlyphs(text: string): string[]
}

export type PrinterOptions = {
  /** Replaces faces of the default table. */
  fonts?: Partial<FontTable>
  /** Further folders with font files, e.g. those an administrator uploaded. */
  fontFolders?: string[]
}
