/** What must not be in the repository: paths of a developer's machine and addresses of a package registry. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.$}~-])\/(?:work|root|home\/\w+|Users\/\w+)\//, 'path of one machine'],
  [/registry\.(?:npmjs|npmmirror|yarnpkg)\.\w+|\/artifactory\//, 'address of a package registry'],
]

const exempt = /^tools\/check-words(\.test)?\.ts$/

/** Every line with something that must not be there, as `path:line: reason`. */
export function checkWords(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    exempt.test(path)
      ? []
      : text.split('\n').flatMap((line, index) => forbidden.filter(([pattern]) => pattern.test(line)).map(([, reason]) => `${path}:${index + 1}: ${reason}`)),
  )
}
