/** The parts used here of two libraries that come without types. */
declare module 'bpmn-moddle' {
  export type ModdleElement = { readonly $type: string; readonly $parent?: ModdleElement; readonly id?: string; readonly [property: string]: unknown }
  export class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>)
    fromXML(xml: string, type?: string): Promise<{ readonly rootElement: ModdleElement; readonly warnings: readonly { readonly message: string }[] }>
  }
}

declare module 'saxen' {
  type Decode = (text: string) => string
  type Where = () => { readonly line: number; readonly column: number }
  type Handlers = {
    readonly openTag: (name: string, attributes: () => Readonly<Record<string, string>>, decode: Decode) => void
    readonly closeTag: (name: string) => void
    readonly text: (text: string, decode: Decode) => void
    readonly cdata: (text: string) => void
    readonly comment: (text: string) => void
    readonly question: (text: string) => void
    readonly attention: (text: string) => void
    readonly error: (error: Error, where: Where) => void
    readonly warn: (error: Error, where: Where) => void
  }
  export class Parser {
    on<K extends keyof Handlers>(event: K, handler: Handlers[K]): this
    parse(xml: string): this
  }
}
