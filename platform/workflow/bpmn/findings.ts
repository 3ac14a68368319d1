import type { Finding, LintRule } from '../core/lint.ts'

/** Collects what is wrong with a model while it is read. */
export class Findings {
  readonly all: Finding[] = []

  add(rule: LintRule, place: string, message: string, level: Finding['level'] = 'error'): void {
    this.all.push({ rule, level, place, message })
  }
}
