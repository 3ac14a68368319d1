/** A person as the surname on a disc, so that lists of people can be scanned. */
export const Face = ({ name, size = 28 }: { readonly name: string; readonly size?: number }) => (
  <span
    aria-hidden
    style={{
      display: 'inline-grid', placeItems: 'center', flex: 'none', width: size, height: size, borderRadius: '50%', background: 'var(--primary)', color: '#fff',
      fontSize: Math.round(size * 0.46), lineHeight: 1,
    }}
  >
    {[...name][0] ?? ''}
  </span>
)
