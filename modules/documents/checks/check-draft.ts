import { checkAttachments } from '#modules/documents/checks/attachments.ts'
import { checkCharacters } from '#modules/documents/checks/characters.ts'
import { checkDates } from '#modules/documents/checks/dates.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import { decide } from '#modules/documents/checks/finding.ts'
import type { CheckSettings, Finding, Found } from '#modules/documents/checks/finding.ts'
import { checkHeadings } from '#modules/documents/checks/headings.ts'
import { checkNormative } from '#modules/documents/checks/normative.ts'
import { checkNumber } from '#modules/documents/checks/number.ts'
import { checkConsultations, checkDirection, checkIssuer, checkJoint, checkPersons } from '#modules/documents/checks/organs.ts'
import { checkSecrecy } from '#modules/documents/checks/secrecy.ts'
import { checkTitle } from '#modules/documents/checks/title.ts'
import { checkReport, checkUpward } from '#modules/documents/checks/upward.ts'

/** In the order in which an editor reads: secrecy first, then the head of the page downwards. */
const RULES: readonly ((draft: Draft, settings: CheckSettings) => Found[])[] = [
  checkSecrecy, checkDirection, checkIssuer, checkTitle, checkNumber, checkUpward, checkReport, checkPersons, checkConsultations, checkJoint, checkHeadings, checkDates,
  checkAttachments, checkNormative, checkCharacters,
]

/**
 * Runs the drafting rules over a draft; an empty answer means nothing stands in its way. Pure: the same draft and settings give the same
 * findings, in page and server alike. Stops come before hints.
 */
export function checkDraft(draft: Draft, settings: CheckSettings = { stage: 'drafting' }): Finding[] {
  const findings = decide(RULES.flatMap((rule) => rule(draft, settings)), settings)
  return [...findings.filter((finding) => finding.severity === 'stop'), ...findings.filter((finding) => finding.severity === 'hint')]
}
