import { patienceFor } from './deadline.js';
import type { Explanation } from './errors.js';
import { decodeUtf8 } from './utf8.js';
import type { Transport, WireAnswer } from './transport.js';
import { CLIENT } from './version.js';

/** What was wanted beside calls, and not had: why, and what to do. */
export class Refused extends Error {
    constructor(
        readonly code: number,
        message: string,
        readonly explanation: Explanation = {},
    ) {
        super(message);
    }
}

/** Berth's own routes at one gateway. */
export class Routes {
    constructor(
        readonly endpoint: string,
        private readonly transport: Transport,
    ) {}

    /** @param what is asked for, for people; a refusal is thrown as {@link Refused} */
    async post(
        what: string,
        path: string,
        content: object,
        header: Record<string, string> = {},
    ): Promise<Record<string, unknown>> {
        const type = { 'content-type': 'application/json' };
        const answer = await this.request('POST', path, { ...header, ...type }, JSON.stringify(content));
        const answered = contentOf(answer);
        if (answer.status !== 200) {
            throw refusal(what, answer.status, answered);
        }
        return answered;
    }

    async delete(path: string, header: Record<string, string>): Promise<void> {
        await this.request('DELETE', path, header);
    }

    private request(method: string, path: string, header: Record<string, string>, body?: string): Promise<WireAnswer> {
        return this.transport({
            method,
            url: `${this.endpoint}/__berth__/${path}`,
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

function refusal(what: string, status: number, content: Record<string, unknown>): Refused {
    const { errcode, errmsg, component, reason, hint } = content;
    const code = typeof errcode === 'number' ? errcode : -1;
    return new Refused(code, typeof errmsg === 'string' ? errmsg : `${what} was answered with status ${status}`, {
        ...(reason === undefined ? {} : { reason: `${component}; ${reason}` }),
        ...(hint === undefined ? {} : { hint: String(hint) }),
    });
}
