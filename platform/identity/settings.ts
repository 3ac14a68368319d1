/** Rules for passwords; two presets, either may be varied by the installation. */
export interface PasswordRules {
  readonly minLength: number
  /** Of upper case, lower case, digits and signs, how many kinds at least. */
  readonly kinds: number
  /** Earlier passwords that may not come again. */
  readonly history: number
  /** Null: a password holds until it is changed. */
  readonly maxAgeDays: number | null
}

export const PASSWORD_PRESETS = {
  /** 等保三级 (GB/T 22239 8.1.4.1 身份鉴别: complexity and regular change). */
  等保三级: { minLength: 8, kinds: 3, history: 5, maxAgeDays: 90 },
  /** OWASP ASVS 2.1 and NIST SP 800-63B: length instead of composition, no forced change. */
  长口令: { minLength: 12, kinds: 1, history: 1, maxAgeDays: null },
} as const satisfies Readonly<Record<string, PasswordRules>>

/** Attempts that are free within the window, then waits that double from `firstWait` to `longestWait` seconds. */
export interface ThrottleRule {
  readonly free: number
  readonly firstWait: number
  readonly longestWait: number
  readonly windowSeconds: number
}

export interface IdentitySettings {
  readonly password: PasswordRules
  /** A session ends after so many minutes without a request. */
  readonly idleMinutes: number
  /** And in any case after so many hours. */
  readonly lifetimeHours: number
  readonly throttle: {
    /** One account from one network. */
    readonly account: ThrottleRule
    /** One account from all networks where it was never signed in. */
    readonly strange: ThrottleRule
    /** All accounts from one network: wide, because a whole building may share an address. */
    readonly network: ThrottleRule
  }
}

export const IDENTITY_DEFAULTS: IdentitySettings = {
  password: PASSWORD_PRESETS.等保三级,
  idleMinutes: 60,
  lifetimeHours: 12,
  throttle: {
    account: { free: 5, firstWait: 15, longestWait: 900, windowSeconds: 1_800 },
    strange: { free: 50, firstWait: 30, longestWait: 900, windowSeconds: 3_600 },
    network: { free: 500, firstWait: 10, longestWait: 120, windowSeconds: 600 },
  },
}
