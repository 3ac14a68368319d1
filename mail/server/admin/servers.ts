import type { z } from 'zod'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { covers, nameIn, namesOf } from '../../listeners/pem.ts'
import { hostOf, shownCertificate } from '../../listeners/server/certificate.ts'
import { dropCertificate, keepCertificate, listCertificates, useCertificate } from '../../listeners/server/certificates.ts'
import { renewTls, serversNow, switchServer as turn } from '../../listeners/server/index.ts'
import type { activateCertificate, removeCertificate, servers, switchServer, uploadCertificate } from '../../admin-api.ts'

const DAY = 86_400_000

async function certificateNow(ctx: ServerContext): Promise<z.input<typeof servers.output>['certificate']> {
  const shown = await shownCertificate(ctx)
  if (shown === null) return null
  const { certificate, source } = shown
  return {
    source, subject: nameIn(certificate.subject), issuer: nameIn(certificate.issuer), names: [...namesOf(certificate)], validTo: certificate.validToDate.toISOString(), daysLeft: daysLeft(ctx, certificate.validToDate),
    selfSigned: certificate.issuer === certificate.subject, covers: covers(certificate, hostOf(runtimeOf(ctx))),
  }
}

const daysLeft = (ctx: ServerContext, end: Date): number => Math.floor((end.getTime() - ctx.now.getTime()) / DAY)

/** Servers of all processes, the certificate they show, and those that are kept. */
export async function serverStates(ctx: ServerContext): Promise<z.input<typeof servers.output>> {
  const kept = (await listCertificates(ctx)).map((one) => ({ ...one, names: [...one.names], daysLeft: daysLeft(ctx, new Date(one.validTo)) }))
  return { host: hostOf(runtimeOf(ctx)), items: [...(await serversNow(ctx))], certificate: await certificateNow(ctx), certificates: kept }
}

export async function turnServer(ctx: ServerContext, { id, on }: z.output<typeof switchServer.input>): Promise<z.input<typeof switchServer.output>> {
  await turn(ctx, id, on)
  await ctx.use(Audit).record({ action: 'mail.switch-server', object: { type: 'mail_server', id, title: id }, difference: { on } })
  return { done: true }
}

export async function takeCertificate(ctx: ServerContext, upload: z.output<typeof uploadCertificate.input>): Promise<z.input<typeof uploadCertificate.output>> {
  const runtime = runtimeOf(ctx)
  const { id, remarks } = await keepCertificate(ctx, { dataDir: runtime.dataDir, host: hostOf(runtime) }, upload)
  renewTls(ctx)
  return { id, remarks: [...remarks] }
}

export async function chooseCertificate(ctx: ServerContext, { id }: z.output<typeof activateCertificate.input>): Promise<z.input<typeof activateCertificate.output>> {
  await useCertificate(ctx, id)
  renewTls(ctx)
  return { done: true }
}

export async function deleteCertificate(ctx: ServerContext, { id }: z.output<typeof removeCertificate.input>): Promise<z.input<typeof removeCertificate.output>> {
  await dropCertificate(ctx, id)
  return { done: true }
}
