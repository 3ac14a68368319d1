import type { ModdleElement } from 'bpmn-moddle'

/** Typed looks into the untyped tree that bpmn-moddle gives. */
export const listOf = (element: ModdleElement, property: string): readonly ModdleElement[] => {
  const value = element[property]
  return Array.isArray(value) ? (value as readonly ModdleElement[]) : []
}

export const partOf = (element: ModdleElement, property: string): ModdleElement | null => {
  const value = element[property]
  return typeof value === 'object' && value !== null && '$type' in value ? (value as ModdleElement) : null
}

export const textOf = (element: ModdleElement, property: string): string | null => {
  const value = element[property]
  return typeof value === 'string' && value !== '' ? value : null
}

export const idOf = (element: ModdleElement): string => element.id ?? ''
export const kindOf = (element: ModdleElement): string => element.$type.replace('bpmn:', '')
export const nameOf = (element: ModdleElement): string => textOf(element, 'name') ?? idOf(element)
