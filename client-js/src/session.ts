import type { Explanation } from './errors.js';
import { patienceFor } from './deadline.js';
import { decodeUtf8 } from './utf8.js';
import type { Transport, WireAnswer } from './transport.js';
import { CLIENT } from './version.js';

/** Gives a fresh `wx.login` code of the app. */
export type Login = (appid: string) => Promise<string>;

export class SignInRefused extends Error {
    constructor(
        readonly code: number,
        message: string,
        readonly explanation: Explanation = {},
    ) {
        super(message);
    }
}

/**
 * The signed-in user of one app at one gateway, in memory only. However many calls ask at once, one sign-in is under way
 * (CH-139). When a session ends is for the gateway to say; the client keeps it until a call is refused.
 */
export class Session {
    private signingIn?: Promise<string>;
    private token?: string;

    constructor(
        private readonly endpoint: string,
        private readonly appid: string,
        private readonly login: Login,
        private readonly transport: Transport,
    ) {}

    current(): Promise<string> {
        if (this.signingIn === undefined) {
            this.signingIn = this.signIn();
            this.signingIn.then(
                (token) => (this.token = token),
                () => (this.signingIn = undefined),
            );
        }
        return this.signingIn;
    }

    /** Does nothing when another call has renewed the session already. */
    discard(refused: string): void {
        if (this.token === refused) {
            this.token = undefined;
            this.signingIn = undefined;
        }
    }

    async end(): Promise<void> {
        const token = await this.signingIn?.catch(() => undefined);
        if (token !== undefined) {
            this.discard(token);
            await this.request('DELETE', '/current', { 'X-Berth-Session': token });
        }
    }

    private async signIn(): Promise<string> {
        const body = JSON.stringify({ appid: this.appid, code: await this.code() });
        const answer = await this.request('POST', '', { 'content-type': 'application/json' }, body);
        const content = contentOf(answer);
        if (answer.status !== 200) {
            throw refusal(answer.status, content);
        }
        if (typeof content.session !== 'string') {
            throw new SignInRefused(-1, `sign-in at ${this.endpoint} gave no session (expected: {"session","expiresIn"})`);
        }
        return content.session;
    }

    private async code(): Promise<string> {
        try {
            return await this.login(this.appid);
        } catch (error) {
            throw new SignInRefused(-1, `login gave no code: ${(error as { errMsg?: string })?.errMsg ?? error}`);
        }
    }

    private request(method: string, path: string, header: Record<string, string>, body?: string): Promise<WireAnswer> {
        return this.transport({
            method,
            url: `${this.endpoint}/__berth__/sessions${path}`,
            header: { ...header, 'X-Berth-Client': CLIENT },
            body,
            timeout: patienceFor(15_000),
            redirect: 'manual',
        });
    }
}

function contentOf(answer: WireAnswer): Record<string, unknown> {
    try {
        return Object(JSON.parse(decodeUtf8(answer.body)));
    } catch {
        return {};
    }
}

function refusal(status: number, content: Record<string, unknown>): SignInRefused {
    const { errcode, errmsg, component, reason, hint } = content;
    const code = typeof errcode === 'number' ? errcode : -1;
    return new SignInRefused(code, typeof errmsg === 'string' ? errmsg : `sign-in was answered with status ${status}`, {
        ...(reason === undefined ? {} : { reason: `${component}; ${reason}` }),
        ...(hint === undefined ? {} : { hint: String(hint) }),
    });
}
