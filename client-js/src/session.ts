import { Refused, type Routes } from './routes.js';

/** Gives a fresh `wx.login` code of the app. */
export type Login = (appid: string) => Promise<string>;

/**
 * The signed-in user of one app at one gateway, in memory only. However many calls ask at once, one sign-in is under way
 * (CH-139). When a session ends is for the gateway to say; the client keeps it until a call is refused.
 */
export class Session {
    private signingIn?: Promise<string>;
    private token?: string;

    constructor(
        private readonly routes: Routes,
        private readonly appid: string,
        private readonly login: Login,
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
            await this.routes.delete('sessions/current', { 'X-Berth-Session': token });
        }
    }

    private async signIn(): Promise<string> {
        const content = { appid: this.appid, code: await this.code() };
        const { session } = await this.routes.post('sign-in', 'sessions', content);
        if (typeof session !== 'string') {
            throw new Refused(
                -1,
                `sign-in at ${this.routes.endpoint} gave no session (expected: {"session","expiresIn"})`,
            );
        }
        return session;
    }

    private async code(): Promise<string> {
        try {
            return await this.login(this.appid);
        } catch (error) {
            throw new Refused(-1, `login gave no code: ${(error as { errMsg?: string })?.errMsg ?? error}`);
        }
    }
}
