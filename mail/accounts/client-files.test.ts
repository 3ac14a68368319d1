import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appleProfile, askedAddress, outlook, serversOf, thunderbird } from './client-files.ts'

const ports = { imap: 143, imaps: 993, pop3: 0, pop3s: 0, submission: 587, smtps: 0 }
const servers = serversOf('mail.cn.example', ports)

test('servers that are off are not told', () => assert.deepEqual(servers.map(({ protocol, port, security }) => [protocol, port, security]), [['IMAP', 993, 'SSL/TLS'], ['IMAP', 143, 'STARTTLS'], ['SMTP', 587, 'STARTTLS']]))
test('Thunderbird is told server, port and way', () => assert.match(thunderbird('cn.example', servers), /<incomingServer type="imap"><hostname>mail\.cn\.example<\/hostname><port>993<\/port><socketType>SSL<\/socketType>[\s\S]*<outgoingServer type="smtp">.*<port>587<\/port><socketType>STARTTLS<\/socketType>/))
test('Outlook asks with an address and hears it again, escaped', () => {
  const address = askedAddress('<Autodiscover><Request><EMailAddress> a&b@cn.example </EMailAddress></Request></Autodiscover>') ?? assert.fail('not read')
  assert.match(outlook(address, servers), /<LoginName>a&amp;b@cn\.example<\/LoginName>/)
  assert.match(outlook(address, servers), /<Type>SMTP<\/Type><Server>mail\.cn\.example<\/Server><Port>587<\/Port>.*<SSL>on<\/SSL><Encryption>TLS<\/Encryption>/, 'STARTTLS is never told as an open connection')
  assert.equal(askedAddress('<EMailAddress><x>@cn.example</EMailAddress>'), null)
})
test('iOS gets a profile with both servers and no password', () => {
  const profile = appleProfile({ name: '林<晓>雯', address: 'lin@cn.example' }, servers, ['A', 'B'])
  assert.match(profile, /<key>IncomingMailServerPortNumber<\/key><integer>993<\/integer>/)
  assert.match(profile, /<key>OutgoingMailServerHostName<\/key><string>mail\.cn\.example<\/string>/)
  assert.match(profile, /林&lt;晓&gt;雯/)
  assert.doesNotMatch(profile, /<key>(?:Incoming|Outgoing)Password<\/key>/)
})
