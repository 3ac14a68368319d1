/** What threading needs of a message: ids as octets with their brackets, the base subject (RFC 5256 2.1) in upper case, the moment it was sent or, without one, arrived. */
export type ThreadMember = { readonly uid: number; readonly id: string | null; readonly references: readonly string[]; readonly subject: string; readonly isReply: boolean; readonly at: number }

/** A message with those that answer it; `uid` null stands for one that is not there. */
export type Thread = { readonly uid: number | null; readonly children: readonly Thread[] }

/** `below` counts children while they are linked; the list is made when all are. */
type Node = { member: ThreadMember | null; parent: Node | null; below: number; children: Node[] }

const node = (member: ThreadMember | null): Node => ({ member, parent: null, below: 0, children: [] })

/** Levels that are looked up: no conversation is deeper, only what is made to be. */
const DEEPEST = 1_000

const before = (a: ThreadMember, b: ThreadMember): number => a.at - b.at || a.uid - b.uid

/** Messages of one subject follow the earliest of them (RFC 5256 3, ORDEREDSUBJECT). */
export function orderedSubject(members: readonly ThreadMember[]): readonly Thread[] {
  const groups = [...Map.groupBy(members, ({ subject }) => subject).values()].map((group) => group.toSorted(before))
  const ordered = groups.toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : before(a, b)))
  return ordered.flatMap(([first, ...rest]) => (first === undefined ? [] : [{ uid: first.uid, children: rest.map(({ uid }) => ({ uid, children: [] })) }]))
}

/** Whether a chain of parents leads from one node to another, or does not end; a node without children is above none but itself. */
function isBelow(one: Node, above: Node): boolean {
  if (above.below === 0) return one === above
  let at: Node | null = one
  for (let level = 0; level < DEEPEST && at !== null; level++) {
    if (at === above) return true
    at = at.parent
  }
  return at !== null
}

function link(parent: Node, child: Node): void {
  if (isBelow(parent, child)) return
  if (child.parent !== null) child.parent.below--
  child.parent = parent
  parent.below++
}

/** Steps 1 and 2 of REFERENCES: every message under the last that it refers to; messages of a double id keep an own place. Answers the roots. */
function linked(members: readonly ThreadMember[]): readonly Node[] {
  const byId = new Map<string, Node>()
  const all: Node[] = []
  const nodeOf = (id: string): Node => {
    const found = byId.get(id) ?? node(null)
    if (!byId.has(id)) all.push(found)
    byId.set(id, found)
    return found
  }
  for (const member of members) {
    const taken = member.id !== null && (byId.get(member.id)?.member ?? null) !== null
    const own = member.id === null || taken ? node(null) : nodeOf(member.id)
    if (member.id === null || taken) all.push(own)
    own.member = member
    const chain = member.references.map(nodeOf)
    for (const [place, one] of chain.entries()) {
      const above = chain[place - 1]
      if (above !== undefined && one.parent === null) link(above, one)
    }
    const last = chain.at(-1)
    if (last !== undefined) link(last, own)
  }
  for (const one of all) one.parent?.children.push(one)
  return all.filter(({ parent }) => parent === null)
}

/** Every node below the roots and the roots themselves, children before parents, without recursion: chains may be long. */
function upwards(roots: readonly Node[]): readonly Node[] {
  const order: Node[] = []
  const waiting = [...roots]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    order.push(one)
    for (const child of one.children) waiting.push(child)
  }
  return order.toReversed()
}

/** Step 3: what is not there gives its place to its children, except as a root of several. */
function pruned(roots: readonly Node[]): readonly Node[] {
  const waiting = roots.map((one): readonly [one: Node, holder: Node] => [one, one])
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [one, holder] = next
    const children = one.children
    one.children = []
    for (const child of children) {
      if (child.member !== null) holder.children.push(child)
      waiting.push([child, child.member === null ? holder : child])
    }
  }
  return roots.flatMap((one) => (one.member !== null || one.children.length > 1 ? [one] : one.children))
}

const memberOf = (one: Node): ThreadMember | null => one.member ?? one.children[0]?.member ?? null

function sortNodes(nodes: Node[]): void {
  nodes.sort((a, b) => {
    const [first, second] = [memberOf(a), memberOf(b)]
    return first === null || second === null ? 0 : before(first, second)
  })
}

/** Step 5: roots of one subject become one thread. */
function gathered(roots: readonly Node[]): readonly Node[] {
  const bySubject = new Map<string, Node>()
  for (const one of roots) {
    const subject = memberOf(one)?.subject ?? ''
    const kept = bySubject.get(subject)
    const better = kept === undefined || (kept.member !== null && one.member === null) || (kept.member?.isReply === true && one.member?.isReply === false)
    if (subject !== '' && better) bySubject.set(subject, one)
  }
  const result: Node[] = []
  const place = new Map<Node, Node>()
  for (const one of roots) {
    const main = bySubject.get(memberOf(one)?.subject ?? '')
    if (main === undefined || main === one) result.push(one)
    else merge(main, one, place)
  }
  return result.map((one) => place.get(one) ?? one)
}

function merge(main: Node, one: Node, place: Map<Node, Node>): void {
  const target = place.get(main) ?? main
  if (target.member === null) {
    for (const child of one.member === null ? one.children : [one]) target.children.push(child)
    return
  }
  if (one.member !== null && one.member.isReply && !target.member.isReply) {
    target.children.push(one)
    return
  }
  const pair = node(null)
  pair.children = [target, one]
  place.set(main, pair)
}

/** Threads by what messages refer to, then by subject (RFC 5256 3, REFERENCES). */
export function references(members: readonly ThreadMember[]): readonly Thread[] {
  const roots = pruned(linked(members.toSorted((a, b) => a.uid - b.uid)))
  for (const one of upwards(roots)) sortNodes(one.children)
  const sorted = [...roots]
  sortNodes(sorted)
  const merged = [...gathered(sorted)]
  const done = new Map<Node, Thread>()
  for (const one of upwards(merged)) {
    sortNodes(one.children)
    done.set(one, { uid: one.member?.uid ?? null, children: one.children.flatMap((child) => done.get(child) ?? []) })
  }
  sortNodes(merged)
  return merged.flatMap((one) => done.get(one) ?? [])
}

/** Threads as IMAP writes them: a run of only children in a row, several in brackets each. Without recursion. */
export function threadsText(threads: readonly Thread[], told: (uid: number) => number): string {
  const parts: string[] = []
  type Step = { readonly thread: Thread; readonly close: boolean; readonly first: boolean }
  const waiting: (Step | ')')[] = threads.toReversed().map((thread) => ({ thread, close: true, first: true }))
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    if (step === ')') {
      parts.push(')')
      continue
    }
    const { thread, close, first } = step
    const number = thread.uid === null ? '' : String(told(thread.uid))
    parts.push(close ? `(${number}` : `${first ? '' : ' '}${number}`)
    if (close) waiting.push(')')
    const [only, ...more] = thread.children
    if (only === undefined) continue
    if (more.length === 0) waiting.push({ thread: only, close: false, first: number === '' })
    else {
      if (number !== '') parts.push(' ')
      for (const child of thread.children.toReversed()) waiting.push({ thread: child, close: true, first: true })
    }
  }
  return parts.join('')
}
