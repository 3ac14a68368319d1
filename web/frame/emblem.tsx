/** The mark of the platform. */
export const Emblem = ({ size = 26 }: { readonly size?: number }) => <img src="/emblem.svg" width={size} height={size} alt="" />
