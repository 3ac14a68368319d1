import { handle, type ModuleServer } from '#platform/registry/server/module-server.ts'
import { clients, createPassword, folders, headers, mark, messages, messageView, revokePassword, verifySignature } from '../api.ts'
import * as admin from '../admin-api.ts'
import * as migration from '../migration-api.ts'
import * as rule from '../rules-api.ts'
import * as figure from '../statistics-api.ts'
import { share, sharing } from '../sharing-api.ts'
import * as issuer from '../trust-api.ts'
import { changeQuota, changeState, giveAddress, giveReader, listAccounts, openShared, takeAddress, takeReader } from './admin/accounts.ts'
import { checkDomain, createDomain, dropDomain, listDomains, makeDefault, publishSts } from './admin/domains.ts'
import { changeBand, changeKeeping, listBands } from './admin/keeping.ts'
import { allLists, dropList, writeList } from './admin/lists.ts'
import { allMigrations, changeMigration, newMigration, reportMigration, tryAgain, viewMigration } from './admin/migrations.ts'
import { listRules, permitOutside, stopRule } from './admin/rules.ts'
import { chooseCertificate, deleteCertificate, serverStates, takeCertificate, turnServer } from './admin/servers.ts'
import { greetScanners, listScanners } from './admin/scanners.ts'
import { mailStatistics, reportStatistics } from './admin/statistics.ts'
import { endTrust, listTrust, takeList, takeTrust } from './admin/trust.ts'
import { clientsOf, endPassword, newPassword } from './clients.ts'
import { listFolders } from './folders.ts'
import { markMessages } from './mark.ts'
import { listMessages } from './messages.ts'
import { headersOf, viewMessage } from './message.ts'
import { rulesFor, writeForward, writeVacation } from './rules.ts'
import { shareFolder, sharingOf } from './sharing.ts'
import { checkAgain } from './signature.ts'

const administration = [
  handle(admin.domains, listDomains), handle(admin.addDomain, createDomain), handle(admin.setDefaultDomain, makeDefault), handle(admin.removeDomain, dropDomain), handle(admin.checkDns, checkDomain), handle(admin.setSts, publishSts),
  handle(admin.accounts, listAccounts), handle(admin.setQuota, changeQuota), handle(admin.setState, changeState), handle(admin.addAddress, giveAddress), handle(admin.removeAddress, takeAddress),
  handle(admin.grantReader, giveReader), handle(admin.revokeReader, takeReader), handle(admin.createShared, openShared),
  handle(admin.lists, allLists), handle(admin.saveList, writeList), handle(admin.removeList, dropList), handle(admin.servers, serverStates),
  handle(admin.switchServer, turnServer), handle(admin.uploadCertificate, takeCertificate), handle(admin.activateCertificate, chooseCertificate), handle(admin.removeCertificate, deleteCertificate), handle(admin.scanners, listScanners), handle(admin.checkScanners, greetScanners), handle(figure.statistics, mailStatistics), handle(figure.statisticsReport, reportStatistics),
  handle(rule.allRules, listRules), handle(rule.endRule, stopRule), handle(rule.setForwardPolicy, permitOutside), handle(rule.quotaBands, listBands), handle(rule.setQuotaBand, changeBand), handle(rule.keepUntil, changeKeeping),
  handle(migration.migrations, allMigrations), handle(migration.migrationView, viewMigration), handle(migration.startMigration, newMigration), handle(migration.actOnMigration, changeMigration), handle(migration.retryMigration, tryAgain),
  handle(migration.migrationReport, reportMigration), handle(issuer.trust, listTrust), handle(issuer.addTrust, takeTrust), handle(issuer.addRevocations, takeList), handle(issuer.removeTrust, endTrust),
]

const own = [handle(sharing, sharingOf), handle(share, shareFolder), handle(rule.rules, rulesFor), handle(rule.saveForward, writeForward), handle(rule.saveVacation, writeVacation)]

export const server: ModuleServer = {
  handlers: [...administration, ...own, handle(clients, clientsOf), handle(createPassword, newPassword), handle(revokePassword, endPassword), handle(folders, listFolders), handle(messages, listMessages), handle(messageView, viewMessage), handle(headers, headersOf), handle(verifySignature, checkAgain), handle(mark, markMessages)],
}
