/** Short notation for models in tests. */
export const settings = (json: object): string =>
  `<bpmn:extensionElements><c:step xmlns:c="https://chengming.cn/schema/bpmn/1">${JSON.stringify(json).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</c:step></bpmn:extensionElements>`

export const element = (kind: string, id: string, inside = '', attributes = ''): string => `<bpmn:${kind} id="${id}" name="${id}" ${attributes}>${inside}</bpmn:${kind}>`

/** `a>b>c` as flows, each named `a-b`. */
export function flows(...ways: readonly string[]): string {
  return ways.flatMap((way) => {
    const nodes = way.split('>')
    return nodes.slice(1).map((to, index) => `<bpmn:sequenceFlow id="${nodes[index]}-${to}" sourceRef="${nodes[index]}" targetRef="${to}" />`)
  }).join('')
}

export const when = (from: string, to: string, condition: string): string =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"><bpmn:conditionExpression><![CDATA[${condition}]]></bpmn:conditionExpression></bpmn:sequenceFlow>`

export const event = (kind: string, id: string, definition: string, attributes = ''): string => element(kind, id, definition, attributes)
export const timer = (duration: string): string => `<bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`
export const cycle = (text: string): string => `<bpmn:timerEventDefinition><bpmn:timeCycle>${text}</bpmn:timeCycle></bpmn:timerEventDefinition>`
export const condition = (text: string): string => `<bpmn:conditionalEventDefinition><bpmn:condition><![CDATA[${text}]]></bpmn:condition></bpmn:conditionalEventDefinition>`

export const definitions = (inside: string): string => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">${inside}</bpmn:definitions>`
export const model = (inside: string, beside = ''): string => definitions(`${beside}<bpmn:process id="p" name="试验" isExecutable="true">${inside}</bpmn:process>`)
