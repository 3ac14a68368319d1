/** Name of the cookie that carries the session's token. */
export const SESSION_COOKIE = 'cm_session'
