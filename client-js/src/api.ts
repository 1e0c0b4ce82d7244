/** One function of `wx.cloud`, and how it words the system errors of the gateway. */
export interface Api {
    readonly name: string;
    errCodeOf(code: number): number;
    /** what stands behind the code in the text */
    textOf(code: number): string;
}

const plainly = { errCodeOf: (code: number) => code, textOf: () => '' };

// CH-93
export const CALL_CONTAINER: Api = { name: 'cloud.callContainer', ...plainly };

// WT-68
export const CALL_FUNCTION: Api = {
    name: 'cloud.callFunction',
    errCodeOf: () => -1,
    textOf: (code) => ` ${TEXTS[code] ?? ''}`,
};

export const INIT: Api = { name: 'cloud.init', ...plainly };

// AD-112, and section 10 of web-tunnel.md; of the codes that the gateway answers.
const TEXTS: Record<number, string> = {
    [-501001]: 'resource system error',
    [-501003]: 'exceed request limit',
    [-501004]: 'exceed concurrent request limit',
    [-501007]: 'invalid parameters',
    [-501013]: 'request data size exceeds limit (5M)',
    [-601001]: 'system error',
    [-601015]: 'access denied (cloudfunction cloudbase_auth returns empty errCode)',
    [-601016]: 'missing env auth info',
    [-601017]: 'access denied (cloudbase_auth returns non-zero errCode)',
};
