import { lenientResultOf, resultOf, systemCodeOf, systemErrorIn } from './answer.js';
import { INIT } from './api.js';
import { Attempt } from './attempt.js';
import { callOf, type Call } from './call.js';
import { deadlineOf, patienceFor } from './deadline.js';
import { CloudError, tooManyRedirects } from './errors.js';
import { failureOf } from './failure.js';
import { functionResultOf } from './function-answer.js';
import { functionCallOf } from './function-call.js';
import type { Headers } from './headers.js';
import type { CallContainerOptions, CallContainerResult, CallFunctionOptions, CallFunctionResult } from './options.js';
import { wirePath } from './path.js';
import { headersForStrangers, locationOf, MOST_REPETITIONS, pathAt } from './redirect.js';
import type { Session } from './session.js';
import type { Transport, WireAnswer, WireRequest } from './transport.js';
import { unveil } from './unveil.js';
import { CLIENT } from './version.js';

/** Where the calls of an instance go, and in whose name. */
export interface Target {
    readonly env?: string;
    /** only for an env of another app */
    readonly resourceAppid?: string;
    /** none: the calls are anonymous */
    readonly session?: Session;
}

interface Exchange {
    readonly answer: WireAnswer;
    readonly attempt: Attempt;
}

/** The native channel of one gateway. CH-113, CH-114 */
export class Channel {
    constructor(
        private readonly endpoint: string,
        private readonly transport: Transport,
    ) {}

    async call(options: CallContainerOptions, target: Target): Promise<CallContainerResult> {
        let call = callOf(options);
        for (let repetitions = 0; ; repetitions++) {
            const { answer, attempt } = await this.exchangeSignedIn(call, target);
            const location = call.followsRedirects ? locationOf(answer) : undefined;
            if (location === undefined) {
                return resultOf(answer, call, attempt);
            }
            if (repetitions === MOST_REPETITIONS) {
                throw tooManyRedirects(attempt);
            }
            const path = pathAt(location, call.path, this.endpoint);
            if (path === undefined) {
                return this.fetchElsewhere(location, call, attempt);
            }
            call = { ...call, path: wirePath(path) };
        }
    }

    // CH-142
    async invoke(options: CallFunctionOptions, target: Target): Promise<CallFunctionResult> {
        const { answer, attempt } = await this.exchangeSignedIn(functionCallOf(options), target);
        return functionResultOf(answer, attempt);
    }

    /** Asks the owner of a shared env for leave. What else is in the way, the calls will tell. CH-143 */
    async enter(target: Target): Promise<void> {
        try {
            await this.exchangeSignedIn(ENTRANCE, target);
        } catch (error) {
            if (saysOwnerRefused(error)) {
                throw error;
            }
        }
    }

    private async exchangeSignedIn(call: Call, target: Target): Promise<Exchange> {
        const token = await this.tokenOf(target, call);
        const first = await this.exchange(call, target, token);
        if (token === undefined || !saysSessionEnded(first.answer)) {
            return successful(first);
        }
        target.session!.discard(token);
        return successful(await this.exchange(call, target, await this.tokenOf(target, call)));
    }

    private async tokenOf(target: Target, call: Call): Promise<string | undefined> {
        const attempt = new Attempt(call.api);
        try {
            return await target.session?.current();
        } catch (cause) {
            throw failureOf(cause, call, this.endpoint, attempt);
        }
    }

    private async exchange(call: Call, target: Target, token: string | undefined): Promise<Exchange> {
        const attempt = new Attempt(call.api);
        const header = channelHeaders(call, target, token, attempt);
        const answer = await this.send(call, { url: this.endpoint + call.path, header, redirect: 'manual' }, attempt);
        return { answer: unveil(answer), attempt };
    }

    // CH-31
    private async fetchElsewhere(url: string, call: Call, attempt: Attempt): Promise<CallContainerResult> {
        const header = headersForStrangers(call.header);
        return lenientResultOf(await this.send(call, { url, header, redirect: 'follow' }, attempt), call, attempt);
    }

    private async send(
        call: Call,
        where: Pick<WireRequest, 'url' | 'header' | 'redirect'>,
        attempt: Attempt,
    ): Promise<WireAnswer> {
        try {
            const { method, body, deadline } = call;
            return await this.transport({ method, body, timeout: patienceFor(deadline), ...where });
        } catch (cause) {
            throw failureOf(cause, call, where.url, attempt);
        }
    }
}

// CH-113
function channelHeaders(call: Call, target: Target, token: string | undefined, attempt: Attempt): Headers {
    return {
        ...call.header,
        ...(target.env ? { 'X-WX-ENV': target.env } : {}),
        ...(target.resourceAppid ? { 'X-WX-RESOURCE-APPID': target.resourceAppid } : {}),
        ...(token === undefined ? {} : { 'X-Berth-Session': token }),
        'X-WX-CALL-ID': attempt.callID,
        'X-Berth-Client': CLIENT,
    };
}

const ENTRANCE: Call = {
    api: INIT,
    method: 'POST',
    path: '/__berth__/init',
    header: {},
    deadline: deadlineOf(undefined),
    parsesJson: false,
    wantsBytes: false,
    followsRedirects: false,
};

function successful(exchange: Exchange): Exchange {
    const error = systemErrorIn(exchange.answer, exchange.attempt);
    if (error !== undefined) {
        throw error;
    }
    return exchange;
}

// CH-83
function saysSessionEnded(answer: WireAnswer): boolean {
    const code = systemCodeOf(answer);
    return code === 40001 || code === 42001;
}

// CH-85
function saysOwnerRefused(error: unknown): boolean {
    return error instanceof CloudError && error.errCode <= -601015 && error.errCode >= -601017;
}
